//! Calling back into script. <https://webidl.spec.whatwg.org/#js-user-objects>

use crate::ecmascript::promise;
use crate::machine::{Host, Machine};
use crate::value::{Completion, Kind, ObjectId, Value};
use crate::web_idl::construct;

pub use crate::web_idl::call_a_user_objects_operation::call_a_user_objects_operation;
pub use crate::web_idl::invoke_a_callback_function::invoke_a_callback_function;

/// Calls a function. <https://tc39.es/ecma262/#sec-call>
///
/// # Errors
/// What it threw, or a `TypeError` for one that can only be constructed.
pub fn call(m: &mut Machine, h: &mut impl Host, function: ObjectId, this: Value, arguments: &[Value]) -> Completion {
    match m.object(function).kind {
        Kind::Function { class: false, script } => h.run(m, script, this, arguments),
        Kind::ResolvingFunction { promise, rejects } => {
            let value = arguments.first().copied().unwrap_or(Value::Undefined);
            if rejects {
                promise::reject(m, promise, value);
            } else {
                promise::resolve(m, h, promise, value);
            }
            Ok(Value::Undefined)
        }
        Kind::InterfaceObject(interface) => construct::call_without_new(m, h, interface, arguments),
        // A class, or nothing that can be called.
        _ => Err(m.type_error()),
    }
}
