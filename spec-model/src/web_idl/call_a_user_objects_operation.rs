//! Call a user object's operation. <https://webidl.spec.whatwg.org/#call-a-user-objects-operation>

use crate::atom::{self, Atom};
use crate::html::event_loop::run_script;
use crate::machine::{Host, Machine};
use crate::step::Algorithm;
use crate::value::{Completion, ObjectId, RealmId, Value};
use crate::watch::{branch, returns, set, step};
use crate::web_idl::callback::call;
use crate::web_idl::get::get;

const ALGORITHM: Algorithm = Algorithm::of("webidl/call a user object's operation");

/// The variables of call a user object's operation.
pub(crate) struct CallAUserObjectsOperation<'a> {
    /// O.
    pub(crate) object: ObjectId,
    pub(crate) op_name: Atom,
    pub(crate) args: &'a [Value],
    pub(crate) this_arg: Value,
    pub(crate) realm: RealmId,
    /// The realm whose settings object it is.
    pub(crate) relevant_settings: RealmId,
    /// X.
    pub(crate) x: Value,
    pub(crate) get_result: Completion,
    pub(crate) call_result: Completion,
    pub(crate) completion: Completion,
}

/// Calls an event listener: a function with the current target as `this`, any other object by its `handleEvent`.
///
/// # Errors
/// What the callback threw, or a `TypeError` where there is nothing to call.
pub fn call_a_user_objects_operation(
    m: &mut Machine,
    h: &mut impl Host,
    object: ObjectId,
    arguments: &[Value],
    this: Value,
) -> Completion {
    // 1, 2, 3. Holds by type: the object and its `this` are arguments.
    let mut v = CallAUserObjectsOperation::new(m, object, arguments, this);
    set!(m, h, v, "4", v.realm = m.object(object).realm);
    set!(m, h, v, "5", v.relevant_settings = v.realm);
    // 6. Unobservable: only a document that is not fully active tells the callback context.
    // 7, 8. Abstracted: `run_script` prepares for the script, and cleans up after it.
    v.completion = run_script(m, h, v.relevant_settings, |m, h| {
        set!(m, h, v, "9", v.x = Value::Object(object));
        if branch!(m, v, "10", !m.is_callable(object)) {
            set!(m, h, v, "10.1", v.get_result = get(m, h, object, v.op_name));
            if branch!(m, v, "10.2", v.get_result.is_err()) {
                return v.get_result;
            }
            set!(m, h, v, "10.3", v.x = v.get_result.unwrap_or(Value::Undefined));
            if branch!(m, v, "10.4", !v.x.object().is_some_and(|x| m.is_callable(x))) {
                step!(m, h, v, "10.4", v.completion = Err(m.type_error()));
                return v.completion;
            }
            set!(m, h, v, "10.5", v.this_arg = Value::Object(object));
        }
        // 11. Holds by type: the arguments are JavaScript values.
        step!(m, h, v, "12", v.call_result = call_value(m, h, v.x, v.this_arg, v.args));
        // 13, 14. Holds by type: the operation returns undefined, so the result is the completion.
        v.call_result
    });
    // 15, 15.1, 15.2. Abstracted: `run_script` has cleaned up.
    returns!(m, h, v, "15.3", v.completion)
    // 15.4. Holds by type: a completion says whether it is abrupt.
    // 15.5, 15.6. Out of scope: no operation of a callback interface in scope returns a promise.
}

/// Calls a value, which may not be callable after all.
fn call_value(m: &mut Machine, h: &mut impl Host, function: Value, this: Value, arguments: &[Value]) -> Completion {
    match function.object() {
        Some(function) => call(m, h, function, this, arguments),
        None => Err(m.type_error()),
    }
}

impl<'a> CallAUserObjectsOperation<'a> {
    fn new(m: &Machine, object: ObjectId, args: &'a [Value], this_arg: Value) -> Self {
        CallAUserObjectsOperation {
            object,
            op_name: atom::HANDLE_EVENT,
            args,
            this_arg,
            realm: m.current,
            relevant_settings: m.current,
            x: Value::Undefined,
            get_result: Ok(Value::Undefined),
            call_result: Ok(Value::Undefined),
            completion: Ok(Value::Undefined),
        }
    }
}
