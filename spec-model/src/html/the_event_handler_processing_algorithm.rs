//! The event handler processing algorithm.
//! <https://html.spec.whatwg.org/multipage/webappapis.html#the-event-handler-processing-algorithm>

use crate::atom::{self, Atom};
use crate::dom::event::{Payload, set_the_canceled_flag};
use crate::html::get_the_current_value_of_the_event_handler::get_the_current_value_of_the_event_handler;
use crate::latitude::Latitude;
use crate::machine::{Host, Machine};
use crate::step::Algorithm;
use crate::value::{Completion, EventId, Kind, ObjectId, Value};
use crate::watch::{branch, set, step};
use crate::web_idl::callback::invoke_a_callback_function;
use crate::web_idl::interfaces::Interface;

const ALGORITHM: Algorithm = Algorithm::of("html/The event handler processing algorithm");

/// The variables of the event handler processing algorithm.
pub(crate) struct EventHandlerProcessing {
    pub(crate) event_target: ObjectId,
    pub(crate) event: EventId,
    pub(crate) callback: Option<ObjectId>,
    pub(crate) special_error_event_handling: bool,
    /// The callback this value.
    pub(crate) this: Value,
    pub(crate) return_value: Completion,
}

/// Calls an event handler with an event.
///
/// # Errors
/// What the handler threw.
pub(crate) fn the_event_handler_processing_algorithm(
    m: &mut Machine,
    h: &mut impl Host,
    event_target: ObjectId,
    name: Atom,
    event: EventId,
) -> Completion {
    let mut v = EventHandlerProcessing::new(event_target, event);
    // 1. Out of scope: scripting is never disabled.
    set!(m, h, v, "2", v.callback = get_the_current_value_of_the_event_handler(m, event_target, name));
    if branch!(m, v, "3", v.callback.is_none()) {
        return Ok(Value::Undefined);
    }
    let Some(callback) = v.callback else { return Ok(Value::Undefined) };
    set!(m, h, v, "4", v.special_error_event_handling = is_error_at_global(m, event, event_target));
    // 5. Abstracted: it only holds the cases below it together, which have code.
    if branch!(m, v, "5.*1", v.special_error_event_handling) {
        let arguments = error_arguments(m, event);
        step!(m, h, v, "5.*1", v.return_value = invoke_a_callback_function(m, h, callback, v.this, &arguments));
    } else {
        let arguments = [Value::Object(m.event(event).object)];
        step!(m, h, v, "5.*2", v.return_value = invoke_a_callback_function(m, h, callback, v.this, &arguments));
    }
    let return_value = v.return_value?;
    // 6. Abstracted: it only holds the cases below it together, which have code.
    // 6.*1, 6.*1.1, 6.*1.2. Out of scope: no event in scope is a BeforeUnloadEvent.
    if branch!(m, v, "6.*2", v.special_error_event_handling && return_value == Value::Bool(true)) {
        step!(m, h, v, "6.*2", cancel(m, event));
    } else if branch!(m, v, "6.*3", !v.special_error_event_handling && return_value == Value::Bool(false)) {
        step!(m, h, v, "6.*3", cancel(m, event));
    }
    Ok(Value::Undefined)
}

/// Cancels an event, as a handler's return value asks. Read literally the text sets the event's canceled flag without asking
/// whether the event can be canceled; most engines ask, as `preventDefault()` does (erratum `handler-cancels-always`).
fn cancel(m: &mut Machine, event: EventId) {
    set_the_canceled_flag(m, event);
    if !m.event(event).canceled {
        m.event_mut(event).canceled = m.choose(Latitude::HandlerCancels, 2) == 1;
    }
}

/// Returns whether an event is an `ErrorEvent` of type `error` at a global object.
fn is_error_at_global(m: &Machine, event: EventId, current_target: ObjectId) -> bool {
    let event = m.event(event);
    event.interface == Interface::ErrorEvent
        && event.event_type == atom::ERROR
        && matches!(m.object(current_target).kind, Kind::Global)
}

/// Returns the message, filename, lineno, colno and error of an event.
fn error_arguments(m: &Machine, event: EventId) -> [Value; 5] {
    let Payload::Error(error) = m.event(event).payload else { return [Value::Undefined; 5] };
    [
        Value::String(error.message),
        Value::String(error.filename),
        Value::Number(error.lineno),
        Value::Number(error.colno),
        error.error,
    ]
}

impl EventHandlerProcessing {
    /// The event's current target is `eventTarget`, the object that the handler's listener belongs to.
    fn new(event_target: ObjectId, event: EventId) -> Self {
        EventHandlerProcessing {
            event_target,
            event,
            callback: None,
            special_error_event_handling: false,
            this: Value::Object(event_target),
            return_value: Ok(Value::Undefined),
        }
    }
}
