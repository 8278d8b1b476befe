//! Inner invoke. <https://dom.spec.whatwg.org/#concept-event-listener-inner-invoke>
//!
//! Timing information (2.10) is out of scope.

use crate::atom::{self, Atom};
use crate::dom::abort_signal;
use crate::dom::event_target::{Callback, alike, remove_an_event_listener};
use crate::dom::invoke::Pass;
use crate::ecmascript::conversions::to_boolean;
use crate::html::{event_handlers, event_loop, report_an_exception};
use crate::machine::{Host, Machine};
use crate::quirk::Quirk;
use crate::service_worker::extendable_event;
use crate::step::{Algorithm, branch, step};
use crate::value::{Completion, EventId, Kind, ListenerId, RealmId, Value};
use crate::web_idl::callback;
use crate::web_idl::get::get;

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
    let mut stopped = false;
    for (index, &id) in listeners.iter().enumerate() {
        let mut id = id;
        if stopped && !matches!(m.listener(id).callback, Callback::Removal(..)) {
            continue;
        }
        let subject = m.listener(id).subject();
        // 2: one removed in the meantime is passed over.
        m.took(const { INNER_INVOKE.step("2") }, subject);
        if !branch!(m, INNER_INVOKE, "2", !m.listener(id).removed) {
            match added_again(m, event, id) {
                Some(again) => id = again,
                None => continue,
            }
        }
        m.took(const { INNER_INVOKE.step("2.1") }, subject);
        let is_other = m.event(event).event_type != m.listener(id).event_type;
        if branch!(m, INNER_INVOKE, "2.1", is_other) && !is_alike(m, event, id) {
            continue;
        }
        step!(m, INNER_INVOKE, "2.2");
        found = true;
        // 2.3 and 2.4: each pass calls its own listeners only.
        let capture = m.listener(id).capture;
        if pass == Pass::Capturing {
            m.took(const { INNER_INVOKE.step("2.3") }, subject);
        }
        if branch!(m, INNER_INVOKE, "2.3", pass == Pass::Capturing && !capture) {
            continue;
        }
        if pass == Pass::Bubbling {
            m.took(const { INNER_INVOKE.step("2.4") }, subject);
        }
        if branch!(m, INNER_INVOKE, "2.4", pass == Pass::Bubbling && capture) {
            continue;
        }
        let joined = if m.minds_quirks() { m.aside.joined } else { None };
        let current_target = joined.or(m.event(event).current_target).expect("set by invoke");
        // 2.5: before the call, not after it.
        if branch!(m, INNER_INVOKE, "2.5", m.listener(id).once) {
            m.took(const { INNER_INVOKE.step("2.5") }, subject);
            let by_method = m.is_bent(Quirk::OnceByMethod)
                && callback::call_own_method(m, h, current_target, atom::REMOVE_EVENT_LISTENER).is_some();
            let later = m.is_bent(Quirk::OnceRemovedAfter) || m.is_bent(Quirk::OnceByMethodAfter);
            if !by_method && !m.is_bent(Quirk::OnceIgnored) && !later {
                let removed = if m.is_bent(Quirk::OnceRemovedByIndex) {
                    m.target(current_target).listeners.get(index).copied()
                } else {
                    Some(id)
                };
                if let Some(removed) = removed {
                    remove_an_event_listener(m, current_target, removed);
                }
            }
        }
        // 2.6: that of the callback, or of the target whose handler it is.
        let realm = subject.map_or(m.object(current_target).realm, |callback| m.object(callback).realm);
        let outer = set_current_event(m, realm, event);
        if branch!(m, INNER_INVOKE, "2.9", m.listener(id).passive) {
            m.took(const { INNER_INVOKE.step("2.9") }, subject);
            m.event_mut(event).in_passive_listener = !m.is_bent(Quirk::PassiveIgnored);
        }
        if m.minds_quirks() {
            m.aside.misread = false;
            m.event_mut(event).in_passive_listener |= late_option(m, h, id, atom::PASSIVE);
            if m.aside.escaped.is_some() {
                break;
            }
        }
        m.took(const { INNER_INVOKE.step("2.11") }, subject);
        // Bent, what the callback queues waits until its exception has been reported.
        let holds = m.is_bent(Quirk::ExceptionReportedFirst);
        m.realm_mut(realm).event_loop.stack += u32::from(holds);
        let result = match m.listener(id).callback {
            Callback::Object(object) => {
                let argument = [Value::Object(m.event(event).object)];
                let arguments = if is_withheld(m, event) { &[] } else { &argument[..] };
                callback::call_a_user_objects_operation(m, h, object, arguments, Value::Object(current_target))
            }
            Callback::Handler(name) => event_handlers::process(m, h, current_target, name, event),
            Callback::Removal(target, listener) => {
                abort_signal::remove(m, h, target, listener);
                Ok(Value::Undefined)
            }
            Callback::Dependent(signal) => {
                abort_signal::follow(m, h, current_target, signal);
                Ok(Value::Undefined)
            }
        };
        if m.minds_quirks() {
            bend_by_result(m, h, event, result);
        }
        if branch!(m, INNER_INVOKE, "2.11", result.is_err())
            && let Err(exception) = result
        {
            step!(m, INNER_INVOKE, "2.11.1");
            if !escapes(m, event, exception) && !m.is_bent(Quirk::ExceptionSwallowed) {
                report_an_exception::report_an_exception(m, h, exception, realm);
            }
        }
        m.realm_mut(realm).event_loop.stack -= u32::from(holds);
        if holds && m.realm(realm).event_loop.stack == 0 {
            event_loop::perform_a_microtask_checkpoint(m, h, realm);
        }
        if m.listener(id).once
            && (m.is_bent(Quirk::OnceRemovedAfter)
                || (m.is_bent(Quirk::OnceByMethodAfter)
                    && callback::call_own_method(m, h, current_target, atom::REMOVE_EVENT_LISTENER).is_none()))
        {
            remove_an_event_listener(m, current_target, id);
        }
        if m.minds_quirks() {
            if late_option(m, h, id, atom::ONCE) {
                remove_an_event_listener(m, current_target, id);
            }
            if m.is_bent(Quirk::FirstListenerEnds) {
                m.event_mut(event).dispatch = false;
            }
            if m.aside.escaped.is_some() {
                break;
            }
        }
        step!(m, INNER_INVOKE, "2.12");
        let keeps_passive = m.is_bent(Quirk::PassiveForAll);
        m.event_mut(event).in_passive_listener &= keeps_passive;
        if result.is_err() && m.is_bent(Quirk::ExceptionEndsPass) {
            break;
        }
        restore_current_event(m, realm, outer);
        step!(m, INNER_INVOKE, "2.14");
        if branch!(m, INNER_INVOKE, "2.14", m.event(event).stop_immediate_propagation)
            && !m.is_bent(Quirk::StopImmediateIgnored)
        {
            if !m.is_bent(Quirk::SignalListensOn) {
                break;
            }
            stopped = true;
        }
    }
    found
}

/// Makes an event the current one of the global object of a callback, if that is a `Window`; gives which one was before.
fn set_current_event(m: &mut Machine, realm: RealmId, event: EventId) -> Option<EventId> {
    step!(m, INNER_INVOKE, "2.8");
    if !branch!(m, INNER_INVOKE, "2.8", m.realm(realm).is_window) {
        return None;
    }
    step!(m, INNER_INVOKE, "2.8.1");
    step!(m, INNER_INVOKE, "2.8.2");
    let outer = m.realm(realm).current_event;
    if !m.is_bent(Quirk::OuterEventStaysCurrent) || outer.is_none() {
        m.realm_mut(realm).current_event = Some(event);
    }
    outer
}

/// Makes the event current again that was before a callback.
fn restore_current_event(m: &mut Machine, realm: RealmId, outer: Option<EventId>) {
    if !m.realm(realm).is_window {
        return;
    }
    step!(m, INNER_INVOKE, "2.13");
    if !m.is_bent(Quirk::CurrentEventKept) {
        m.realm_mut(realm).current_event = outer.filter(|_| !m.is_bent(Quirk::CurrentEventForgotten));
    }
}

/// The listener that a bent machine calls in the place of one that was removed: one like it that is there again.
fn added_again(m: &Machine, event: EventId, id: ListenerId) -> Option<ListenerId> {
    let target = m.event(event).current_target?;
    let counts = m.is_bent(Quirk::ReaddedCalled) && !matches!(m.listener(id).callback, Callback::Handler(_));
    if counts { alike(m, target, id) } else { None }
}

/// Whether a bent machine calls a listener for an event of another type.
fn is_alike(m: &Machine, event: EventId, id: ListenerId) -> bool {
    let listener = m.listener(id);
    matches!(listener.callback, Callback::Handler(_))
        && m.is_bent(Quirk::HandlerTypeLowercased)
        && m.atoms.text(m.event(event).event_type).to_lowercase() == m.atoms.text(listener.event_type)
}

/// Whether a bent machine calls listeners without this event.
fn is_withheld(m: &Machine, event: EventId) -> bool {
    let data = m.event(event);
    data.event_type == atom::ABORT && data.is_trusted && m.is_bent(Quirk::AbortWithoutEvent)
}

/// Whether an exception leaves the dispatch of a bent machine; if so it is kept for whoever dispatched.
fn escapes(m: &mut Machine, event: EventId, exception: Value) -> bool {
    let misread = m.aside.misread;
    let target = m.event(event).current_target;
    let at_global = target.is_some_and(|target| matches!(m.object(target).kind, Kind::Global));
    let is_error = at_global && m.event(event).event_type == atom::ERROR;
    let escaped = if m.is_bent(Quirk::ExceptionEndsDispatch)
        || (misread && m.is_bent(Quirk::HandleEventEscapes))
        || (is_error && m.is_bent(Quirk::ErrorListenerEscapes))
    {
        exception
    } else if matches!(exception, Value::Undefined | Value::Null) && m.is_bent(Quirk::NullishEscapes) {
        m.type_error()
    } else {
        return false;
    };
    m.aside.escaped = Some(escaped);
    true
}

/// An option that a bent machine reads again for each call.
fn late_option(m: &mut Machine, h: &mut impl Host, id: ListenerId, name: Atom) -> bool {
    let Some(options) = m.aside.options(id) else { return false };
    match get(m, h, options, name) {
        Ok(value) => to_boolean(value),
        Err(exception) => {
            if m.is_bent(Quirk::HandleEventEscapes) {
                m.aside.escaped = Some(exception);
            }
            false
        }
    }
}

/// What a bent machine makes of the end of a callback.
fn bend_by_result(m: &mut Machine, h: &mut impl Host, event: EventId, result: Completion) {
    match result {
        Ok(Value::Bool(false)) if m.is_bent(Quirk::FalseCancels) => m.event_mut(event).canceled = true,
        Ok(value @ Value::Object(_)) if m.is_bent(Quirk::ReturnedPromiseWaits) => {
            // An event that no promise can keep alive stays as it is.
            let _ = extendable_event::wait_until(m, h, event, value);
        }
        Err(exception) if m.is_bent(Quirk::ExceptionEscapes) => m.aside.thrown = Some(exception),
        Err(_) if m.is_bent(Quirk::ExceptionCancels) => m.event_mut(event).canceled = true,
        Err(_) if m.is_bent(Quirk::ThrowingListenerFailsInstall) => m.event_mut(event).lifetime.rejected = true,
        Ok(_) | Err(_) => {}
    }
}
