//! Invoke a callback function. <https://webidl.spec.whatwg.org/#invoke-a-callback-function>

use crate::html::event_loop::run_script;
use crate::machine::{Host, Machine};
use crate::step::Algorithm;
use crate::value::{Completion, ObjectId, RealmId, Value};
use crate::watch::{branch, returns, set, step};
use crate::web_idl::callback::call;

const ALGORITHM: Algorithm = Algorithm::of("webidl/invoke a callback function");

/// The variables of invoke a callback function.
pub(crate) struct InvokeACallbackFunction<'a> {
    /// F.
    pub(crate) function: ObjectId,
    pub(crate) args: &'a [Value],
    pub(crate) this_arg: Value,
    pub(crate) realm: RealmId,
    /// The realm whose settings object it is.
    pub(crate) relevant_settings: RealmId,
    pub(crate) call_result: Completion,
    pub(crate) completion: Completion,
}

/// Invokes the function of an event handler; an object that can't be called counts as one that returned `undefined`.
///
/// # Errors
/// What the function threw.
pub fn invoke_a_callback_function(
    m: &mut Machine,
    h: &mut impl Host,
    function: ObjectId,
    this: Value,
    arguments: &[Value],
) -> Completion {
    // 1, 2, 3. Holds by type: the function and its `this` are arguments.
    let mut v = InvokeACallbackFunction {
        function,
        args: arguments,
        this_arg: this,
        realm: m.current,
        relevant_settings: m.current,
        call_result: Ok(Value::Undefined),
        completion: Ok(Value::Undefined),
    };
    if branch!(m, v, "4", !m.is_callable(function)) {
        // 4.1. Unobservable: a remark.
        return returns!(m, h, v, "4.2", Ok(Value::Undefined));
    }
    set!(m, h, v, "5", v.realm = m.object(function).realm);
    set!(m, h, v, "6", v.relevant_settings = v.realm);
    // 7. Unobservable: only a document that is not fully active tells the callback context.
    // 8, 9. Abstracted: `run_script` prepares for the script, and cleans up after it.
    v.completion = run_script(m, h, v.relevant_settings, |m, h| {
        // 10. Holds by type: the arguments are JavaScript values.
        step!(m, h, v, "11", v.call_result = call(m, h, function, v.this_arg, v.args));
        // 12, 13. Holds by type: event handlers return any, so the result is the completion.
        v.call_result
    });
    // 14, 14.1, 14.2. Abstracted: `run_script` has cleaned up.
    returns!(m, h, v, "14.3", v.completion)
    // 14.4, 14.5. Holds by type: a completion says whether it is abrupt, and event handlers rethrow.
    // 14.6, 14.6.1, 14.6.2, 14.6.3, 14.7, 14.8, 14.9. Out of scope: event handlers rethrow, and return no promise.
}
