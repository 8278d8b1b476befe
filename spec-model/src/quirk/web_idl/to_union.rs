//! Quirks of the conversion to a union. <https://webidl.spec.whatwg.org/#js-to-union>

use crate::ecmascript::conversions::to_boolean;
use crate::machine::Machine;
use crate::quirk::hook::quirks;
use crate::value::Value;
use crate::web_idl::dictionary_types::{ADD_EVENT_LISTENER_OPTIONS, EVENT_LISTENER_OPTIONS};
use crate::web_idl::to_union::{Converted, ToUnion};

quirks! {
    ToUnion, "webidl/convert a JavaScript value to union" => Result<Converted, Value>, |v, m, h, holds|;

    written {
        "removal-options-unread" "REM ADD" at "1" of "dom/EventTarget.removeEventListener(type, callback, options)" ["webidl/convert a JavaScript value to union"]:
            "removeEventListener() reads no options, and does not compare capture.",
            "removeEventListener() reads the option capture, and removes only a listener with the same capture." {
                ends "3" if is_removal(v) => capture(false);
            }
        "removal-primitives-unread" "REM" at "18" []:
            "A primitive third argument of removeEventListener() other than true counts as false." {
                ends "3" if is_removal(v) && is_primitive(v.value) => capture(v.value == Value::Bool(true));
            }
        "primitive-options-refused" "ADD" at "18" []:
            "addEventListener() throws a TypeError for options that are a number, string, symbol or BigInt." {
                ends "3" if is_addition(v) && is_primitive(v.value) && !matches!(v.value, Value::Bool(_)) =>
                    Err(m.type_error());
            }
        "function-options-true" "ADD" at "11.4" []:
            "A function given for options counts as true." {
                ends "11.4" if is_callable(m, v.value) => capture(true);
            }
        "primitive-options-unread" "ADD REM" at "18" []:
            "A primitive third argument other than true counts as false, and makes no capture listener." {
                ends "18" => capture(false);
            }
        "capture-refused" "ADD REM DSP" at "1" of "dom/Event.flatten" ["webidl/convert a JavaScript value to union", "webidl/convert a JavaScript value to dictionary"]:
            "There are no capture listeners: a capture that is true throws a TypeError." {
                ends "12.1" if to_boolean(v.value) => Err(m.type_error());
                ends "18" if to_boolean(v.value) => Err(m.type_error());
            }
    }

    also {
        "capture-unread" {
            ends "12.1" if is_addition(v) => capture(false);
            ends "18" if is_addition(v) => capture(false);
        }
    }
}

fn is_addition(v: &ToUnion) -> bool {
    v.union.dictionary.is_some_and(|dictionary| std::ptr::eq(dictionary, &ADD_EVENT_LISTENER_OPTIONS))
}

fn is_removal(v: &ToUnion) -> bool {
    v.union.dictionary.is_some_and(|dictionary| std::ptr::eq(dictionary, &EVENT_LISTENER_OPTIONS))
}

fn is_primitive(value: Value) -> bool {
    !matches!(value, Value::Undefined | Value::Null | Value::Object(_))
}

fn is_callable(m: &Machine, value: Value) -> bool {
    value.object().is_some_and(|value| m.is_callable(value))
}

/// What the union stands for: a capture listener or another.
#[expect(clippy::unnecessary_wraps, reason = "it is what the conversion returns")]
fn capture(capture: bool) -> Result<Converted, Value> {
    Ok(Converted::Value(Value::Bool(capture)))
}
