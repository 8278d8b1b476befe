//! Inner invoke. <https://dom.spec.whatwg.org/#concept-event-listener-inner-invoke>
//!
//! A `Window`'s current event (2.7, 2.8, 2.13) and timing information (2.10) are out of scope.

use crate::dom::event_target::{Callback, remove_an_event_listener};
use crate::dom::invoke::Pass;
use crate::html::{event_handlers, event_loop, report_an_exception};
use crate::machine::{Host, Machine};
use crate::quirk::Quirk;
use crate::service_worker::extendable_event;
use crate::step::{Algorithm, step};
use crate::value::{Completion, EventId, ListenerId, Value};
use crate::web_idl::callback;

const INNER_INVOKE: Algorithm = Algorithm::of("dom/inner invoke");

/// Calls the listeners of a list that are meant, and tells whether any had the event's type.
pub(super) fn inner_invoke(
    m: &mut Machine,
    h: &mut impl Host,
    event: EventId,
    listeners: &[ListenerId],
    pass: Pass,
) -> bool {
    let mut found = false;
    for &id in listeners {
        let subject = m.listener(id).subject();
        // 2: one removed in the meantime is passed over.
        m.took(const { INNER_INVOKE.step("2") }, subject);
        if m.listener(id).removed {
            continue;
        }
        m.took(const { INNER_INVOKE.step("2.1") }, subject);
        if m.event(event).event_type != m.listener(id).event_type {
            continue;
        }
        step!(m, INNER_INVOKE, "2.2");
        found = true;
        // 2.3 and 2.4: each pass calls its own listeners only.
        let capture = m.listener(id).capture;
        if pass == Pass::Capturing {
            m.took(const { INNER_INVOKE.step("2.3") }, subject);
            if !capture {
                continue;
            }
        }
        if pass == Pass::Bubbling {
            m.took(const { INNER_INVOKE.step("2.4") }, subject);
            if capture {
                continue;
            }
        }
        let current_target = m.event(event).current_target.expect("set by invoke");
        // 2.5: before the call, not after it.
        if m.listener(id).once {
            m.took(const { INNER_INVOKE.step("2.5") }, subject);
            if !m.is_bent(Quirk::OnceIgnored) && !m.is_bent(Quirk::OnceRemovedAfter) {
                remove_an_event_listener(m, current_target, id);
            }
        }
        if m.listener(id).passive {
            m.took(const { INNER_INVOKE.step("2.9") }, subject);
            m.event_mut(event).in_passive_listener = !m.is_bent(Quirk::PassiveIgnored);
        }
        m.took(const { INNER_INVOKE.step("2.11") }, subject);
        // Bent, what the callback queues waits until its exception has been reported.
        let realm = subject.map_or(m.object(current_target).realm, |callback| m.object(callback).realm);
        let holds = m.is_bent(Quirk::ExceptionReportedFirst);
        m.realm_mut(realm).event_loop.stack += u32::from(holds);
        let result = match m.listener(id).callback {
            Callback::Object(object) => {
                let argument = Value::Object(m.event(event).object);
                callback::call_a_user_objects_operation(m, h, object, argument, Value::Object(current_target))
            }
            Callback::Handler(name) => event_handlers::process(m, h, current_target, name, event),
            Callback::Removal(target, listener) => {
                remove_an_event_listener(m, target, listener);
                Ok(Value::Undefined)
            }
        };
        if m.has_quirks() {
            bend_by_result(m, h, event, result);
        }
        if let Err(exception) = result {
            step!(m, INNER_INVOKE, "2.11.1");
            if !m.is_bent(Quirk::ExceptionSwallowed) {
                report_an_exception::report_an_exception(m, h, exception, realm);
            }
        }
        m.realm_mut(realm).event_loop.stack -= u32::from(holds);
        if holds && m.realm(realm).event_loop.stack == 0 {
            event_loop::perform_a_microtask_checkpoint(m, h, realm);
        }
        if m.listener(id).once && m.is_bent(Quirk::OnceRemovedAfter) {
            remove_an_event_listener(m, current_target, id);
        }
        step!(m, INNER_INVOKE, "2.12");
        let keeps_passive = m.is_bent(Quirk::PassiveForAll);
        m.event_mut(event).in_passive_listener &= keeps_passive;
        if result.is_err() && m.is_bent(Quirk::ExceptionEndsPass) {
            break;
        }
        step!(m, INNER_INVOKE, "2.14");
        if m.event(event).stop_immediate_propagation && !m.is_bent(Quirk::StopImmediateIgnored) {
            break;
        }
    }
    found
}

/// What a bent machine makes of the end of a callback.
fn bend_by_result(m: &mut Machine, h: &mut impl Host, event: EventId, result: Completion) {
    match result {
        Ok(Value::Bool(false)) if m.is_bent(Quirk::FalseCancels) => m.event_mut(event).canceled = true,
        Ok(value @ Value::Object(_)) if m.is_bent(Quirk::ReturnedPromiseWaits) => {
            // An event that no promise can keep alive stays as it is.
            let _ = extendable_event::wait_until(m, h, event, value);
        }
        Err(exception) if m.is_bent(Quirk::ExceptionEscapes) => m.escaped = Some(exception),
        Err(_) if m.is_bent(Quirk::ExceptionCancels) => m.event_mut(event).canceled = true,
        Ok(_) | Err(_) => {}
    }
}
