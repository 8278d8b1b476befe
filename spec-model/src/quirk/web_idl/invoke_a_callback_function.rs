//! Quirks of invoke a callback function. <https://webidl.spec.whatwg.org/#invoke-a-callback-function>

use crate::atom;
use crate::machine::{Host, Machine};
use crate::quirk::hook::quirks;
use crate::value::{Completion, ObjectId, Value};
use crate::web_idl::callback;
use crate::web_idl::get::get;
use crate::web_idl::invoke_a_callback_function::InvokeACallbackFunction;

quirks! {
    InvokeACallbackFunction<'_>, "webidl/invoke a callback function" => Completion, |v, m, h, holds|;

    subject { Some(v.function) }

    written {
        "uncallable-handler-throws" "EH" at "4.2" []:
            "An event handler that can not be called throws a TypeError when its event comes." {
                ends "4.2" => Err(m.type_error());
            }
        "handler-handle-event" "EH" at "4.2" []:
            "Of an event handler that can not be called, the handleEvent is called." {
                ends "4.2" => call_handle_event(m, h, v.function, v.args);
            }
    }

    also {
        "no-checkpoint-between-listeners" {
            after "6" => m.watch.aside.callbacks.push(m.realm(v.realm).event_loop.stack);
            before "14.3" => { m.watch.aside.callbacks.pop(); };
        }
    }
}

fn call_handle_event(m: &mut Machine, h: &mut impl Host, object: ObjectId, arguments: &[Value]) -> Completion {
    match get(m, h, object, atom::HANDLE_EVENT)?.object().filter(|operation| m.is_callable(*operation)) {
        Some(operation) => callback::call(m, h, operation, Value::Object(object), arguments),
        None => Ok(Value::Undefined),
    }
}
