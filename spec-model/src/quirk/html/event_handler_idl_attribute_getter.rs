//! Quirks of the getter of an event handler IDL attribute.
//! <https://html.spec.whatwg.org/multipage/webappapis.html#event-handler-idl-attributes>

use crate::dom::event_target::Listener;
use crate::html::event_handler_idl_attribute_getter::Getter;
use crate::html::event_handlers::{event_handler, event_type};
use crate::machine::Machine;
use crate::quirk::hook::quirks;
use crate::value::Value;

quirks! {
    Getter, "html/event handler IDL attribute getter" => Value, |v, m, h, holds|;

    written {
        "handler-unreadable" "EH" at "3" []:
            "The getter of an event handler always returns null." {
                ends "3" => Value::Null;
            }
        "handler-undefined" "EH" at "3" []:
            "The getter of an event handler that is null returns undefined." {
                ends "3" if event_handler(m, v.event_target, v.name).value.is_none() => Value::Undefined;
            }
    }

    also {
        "handlers-pile-up" {
            ends "3" => first_function(m, v);
        }
    }
}

/// Returns the first function that listens for the handler's type.
fn first_function(m: &Machine, v: &Getter) -> Value {
    let event_type = event_type(v.name);
    let listeners = m.target(v.event_target).listeners.iter().map(|id| m.listener(*id));
    let mut functions = listeners.filter(|of| Some(of.event_type) == event_type).filter_map(Listener::subject);
    functions.next().map_or(Value::Undefined, Value::Object)
}
