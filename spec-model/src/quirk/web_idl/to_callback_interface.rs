//! Quirks of the conversion to a callback interface. <https://webidl.spec.whatwg.org/#js-to-callback-interface>

use crate::atom;
use crate::machine::Machine;
use crate::quirk::aside::has_own_method;
use crate::quirk::hook::quirks;
use crate::value::{Completion, Kind, ObjectId, Property, Value};
use crate::web_idl::get::get;
use crate::web_idl::to_nullable::ToCallbackInterface;

quirks! {
    ToCallbackInterface, "webidl/convert a JavaScript value to callback interface" => Completion, |v, m, h, holds|;

    written {
        "callback-objects-refused" "ADD REM CB" at "1" []:
            "A listener that is an object but no function throws a TypeError.",
            "Any object is accepted as a listener, callable or not." {
                always "1" if !v.value.object().is_some_and(|value| m.is_callable(value));
            }
        "primitive-callbacks" "ADD REM" at "1" []:
            "A primitive given as a listener is kept instead of throwing a TypeError, which is reported when it is called." {
                never "1" if v.value.object().is_none();
                ends "2" if v.value.object().is_none() => Ok(Value::Object(stand_in(m, v.value)));
            }
        "handle-event-probed" "CB" at "2" []:
            "addEventListener() and removeEventListener() read handleEvent of a callback object." {
                ends "2" if !v.value.object().is_some_and(|value| m.is_callable(value)) => match v.value.object() {
                    Some(object) => get(m, h, object, atom::HANDLE_EVENT).map(|_| v.value),
                    None => Ok(v.value),
                };
            }
        "handle-event-taken" "ADD CB" at "2" []:
            "addEventListener() and removeEventListener() take the handleEvent of a callback object in its place." {
                ends "2" if has_own_method(m, v.value, atom::HANDLE_EVENT) => Ok(own_operation(m, v.value));
            }
    }
}

/// The object that stands for a primitive: it can't be called, and has no `handleEvent`.
fn stand_in(m: &mut Machine, primitive: Value) -> ObjectId {
    if let Some((_, object)) = m.watch.aside.primitives.iter().find(|(of, _)| *of == primitive) {
        return *object;
    }
    let object = m.create_object(Kind::Plain);
    m.watch.aside.primitives.push((primitive, object));
    object
}

/// The `handleEvent` that script gave an object.
fn own_operation(m: &Machine, object: Value) -> Value {
    match object.object().and_then(|object| m.own_property(object, atom::HANDLE_EVENT)) {
        Some(Property::Data(operation)) => operation,
        _ => Value::Undefined,
    }
}
