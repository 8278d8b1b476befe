//! Quirks of the getters of events. <https://webidl.spec.whatwg.org/#dfn-attribute-getter>

use crate::atom;
use crate::dom::event::Payload;
use crate::machine::Machine;
use crate::quirk::hook::quirks;
use crate::value::Value;
use crate::web_idl::get::EventAttribute;
use crate::web_idl::interfaces;

quirks! {
    EventAttribute, "webidl/attribute getter" => (), |v, m, h, holds|;

    written {
        "src-element-null" "DSP" at "1.1.3" []:
            "srcElement is always null." {
                amend "1.1.3" if v.name == atom::SRC_ELEMENT => v.value = Value::Null;
            }
        "targets-undefined" "EVC DSP" at "1.1.3" []:
            "target, srcElement and currentTarget are undefined where they should be null." {
                amend "1.1.3" if matches!(v.name, atom::TARGET | atom::SRC_ELEMENT | atom::CURRENT_TARGET)
                    && v.value == Value::Null => v.value = Value::Undefined;
            }
        "cancel-bubble-partial" "FLG" at "1.1.3" ["dom/Event.stopImmediatePropagation()", "dom/Event.stopPropagation()"]:
            "cancelBubble stays false after stopImmediatePropagation()." {
                amend "1.1.3" if v.name == atom::CANCEL_BUBBLE && m.watch.aside.stopped_unseen.contains(&v.event) =>
                    v.value = Value::Bool(false);
            }
    }

    also {
        "first-listener-ends" {
            amend "1.1.3" if v.name == atom::CURRENT_TARGET && !m.event(v.event).dispatch => v.value = Value::Null;
            amend "1.1.3" if v.name == atom::EVENT_PHASE && !m.event(v.event).dispatch => v.value = Value::Number(0.0);
        }
        "error-event-without-file" {
            amend "1.1.3" if v.name == atom::FILENAME && is_report_without_file(m, v) => v.value = Value::Null;
        }
    }

    shared {
        amend "1.1.3" if is_missing(m, v) => v.value = Value::Undefined;
        amend "1.1.3" if m.watch.aside.attribute(v.event, v.name).is_some() =>
            v.value = m.watch.aside.attribute(v.event, v.name).unwrap_or(v.value);
    }
}

fn is_report_without_file(m: &Machine, v: &EventAttribute) -> bool {
    let event = m.event(v.event);
    event.is_trusted && matches!(event.payload, Payload::Error(error) if error.filename == atom::EMPTY)
}

/// Whether the interface lacks the member that it should have.
fn is_missing(m: &Machine, v: &EventAttribute) -> bool {
    let interface = m.event(v.event).interface;
    interface.member(v.name).is_some() && interfaces::member(m, interface, v.name).is_none()
}
