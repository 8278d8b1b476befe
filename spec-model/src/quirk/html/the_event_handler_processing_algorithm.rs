//! Quirks of the event handler processing algorithm.
//! <https://html.spec.whatwg.org/multipage/webappapis.html#the-event-handler-processing-algorithm>

use crate::ecmascript::conversions::to_boolean;
use crate::html::the_event_handler_processing_algorithm::EventHandlerProcessing;
use crate::machine::{Host, Machine};
use crate::quirk::hook::quirks;
use crate::value::{Completion, Value};
use crate::web_idl::callback::invoke_a_callback_function;
use crate::web_idl::interfaces::Interface;

quirks! {
    EventHandlerProcessing, "html/The event handler processing algorithm" => Completion, |v, m, h, holds|;

    subject { v.callback }

    written {
        "handlers-need-trust" "EH" at "3" []:
            "Event handlers are called only for trusted events." {
                always "3" if !m.event(v.event).is_trusted;
            }
        "handlers-need-interface" "EH" at "3" []:
            "Event handlers are not called for a CustomEvent." {
                always "3" if m.event(v.event).interface == Interface::CustomEvent;
            }
        "onerror-one-argument" "EH" at "4" []:
            "The onerror handler of a global object gets only the event.",
            "self.onerror called for an ErrorEvent of type error at the global gets five arguments message, filename, lineno, colno, error." {
                after "4" => v.special_error_event_handling = false;
            }
        "error-events-spread" "EH" at "4" []:
            "Every event handler gets the members of an ErrorEvent as five arguments." {
                after "4" => v.special_error_event_handling = m.event(v.event).interface == Interface::ErrorEvent;
            }
        "onerror-this-undefined" "EH" at "5.*1" []:
            "The onerror handler of a global object is called for an ErrorEvent with undefined as this.",
            "An onerror handler is called with this equal to the current target, for an ErrorEvent at a global object too." {
                before "5.*1" => v.this = Value::Undefined;
            }
        "handler-this-undefined" "EH" at "5.*2" []:
            "Event handlers are called with undefined as this.",
            "An event handler is called with this equal to the current target of its event." {
                before "5.*1" => v.this = Value::Undefined;
                before "5.*2" => v.this = Value::Undefined;
            }
        "handler-this-global" "EH" at "5.*2" []:
            "Event handlers are called with the global object as this.",
            "An event handler is called with this equal to the current target of its event." {
                before "5.*1" => v.this = global(m, v);
                before "5.*2" => v.this = global(m, v);
            }
        "handler-gets-two" "EH" at "5.*2" []:
            "Event handlers get the current target as a second argument." {
                instead "5.*2" => v.return_value = invoke_with_two(m, h, v);
            }
        "return-true-cancels" "EH" at "6.*3" []:
            "An event handler cancels the event by returning true.",
            "A handler returning true does not cancel." {
                always "6.*3" if v.return_value == Ok(Value::Bool(true));
            }
        "falsy-cancels" "EH" at "6.*3" []:
            "An event handler cancels the event by returning any falsy value, also undefined." {
                always "6.*3" if v.return_value.is_ok_and(|value| !to_boolean(value));
            }
        "object-cancels" "EH" at "6.*3" []:
            "An event handler cancels the event by returning an object." {
                always "6.*3" if matches!(v.return_value, Ok(Value::Object(_)));
            }
        "return-false-ignored" "EH" at "6.*3" []:
            "An event handler does not cancel the event by returning false.",
            "A handler returning false cancels a cancelable event." {
                never "6.*3" if v.return_value == Ok(Value::Bool(false));
            }
    }
}

/// Returns the global object of the handler's target.
fn global(m: &Machine, v: &EventHandlerProcessing) -> Value {
    Value::Object(m.realm(m.object(v.event_target).realm).global)
}

/// Calls the handler with the event and the current target; returns how that ended.
fn invoke_with_two(m: &mut Machine, h: &mut impl Host, v: &EventHandlerProcessing) -> Completion {
    let Some(callback) = v.callback else { return Ok(Value::Undefined) };
    let arguments = [Value::Object(m.event(v.event).object), Value::Object(v.event_target)];
    invoke_a_callback_function(m, h, callback, v.this, &arguments)
}
