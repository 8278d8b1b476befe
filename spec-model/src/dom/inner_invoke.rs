//! Inner invoke. <https://dom.spec.whatwg.org/#concept-event-listener-inner-invoke>

use crate::dom::event_target::{self, remove_an_event_listener};
use crate::dom::invoke::Phase;
use crate::html::report_an_exception::report_an_exception;
use crate::machine::{Host, Machine};
use crate::step::Algorithm;
use crate::value::{Completion, EventId, ListenerId, ObjectId, RealmId, Value};
use crate::watch::{branch, returns, set, step};

const ALGORITHM: Algorithm = Algorithm::of("dom/inner invoke");

/// The variables of inner invoke.
pub(crate) struct InnerInvoke<'a> {
    pub(crate) event: EventId,
    pub(crate) listeners: &'a [ListenerId],
    pub(crate) phase: Phase,
    /// The event's `currentTarget`.
    pub(crate) current_target: ObjectId,
    pub(crate) found: bool,
    /// The place of the listener among the listeners.
    pub(crate) index: usize,
    pub(crate) listener: ListenerId,
    /// The realm of the global object.
    pub(crate) global: RealmId,
    pub(crate) current_event: Option<EventId>,
    /// How the listener's callback ended.
    pub(crate) result: Completion,
}

/// Calls the listeners of one phase; returns whether any has the event's type.
pub(crate) fn inner_invoke(
    m: &mut Machine,
    h: &mut impl Host,
    event: EventId,
    listeners: &[ListenerId],
    phase: Phase,
) -> bool {
    let mut v = InnerInvoke::new(m, event, listeners, phase);
    set!(m, h, v, "1", v.found = false);
    for index in 0..v.listeners.len() {
        set!(m, h, v, "2", (v.index, v.listener, v.result) = (index, v.listeners[index], Ok(Value::Undefined)));
        if !branch!(m, v, "2", !m.listener(v.listener).removed) {
            continue;
        }
        if branch!(m, v, "2.1", m.event(event).event_type != m.listener(v.listener).event_type) {
            continue;
        }
        step!(m, h, v, "2.2", v.found = true);
        if branch!(m, v, "2.3", v.phase == Phase::Capturing && !m.listener(v.listener).capture) {
            continue;
        }
        if branch!(m, v, "2.4", v.phase == Phase::Bubbling && m.listener(v.listener).capture) {
            continue;
        }
        if branch!(m, v, "2.5", m.listener(v.listener).once) {
            step!(m, h, v, "2.5", remove_an_event_listener(m, v.current_target, v.listener));
        }
        set!(m, h, v, "2.6", v.global = event_target::realm_of_callback(m, v.current_target, v.listener));
        set!(m, h, v, "2.7", v.current_event = None);
        if branch!(m, v, "2.8", m.realm(v.global).is_window) {
            set!(m, h, v, "2.8.1", v.current_event = m.realm(v.global).current_event);
            // No node is in a shadow tree.
            step!(m, h, v, "2.8.2", m.realm_mut(v.global).current_event = Some(event));
        }
        if branch!(m, v, "2.9", m.listener(v.listener).passive) {
            step!(m, h, v, "2.9", m.event_mut(event).in_passive_listener = true);
        }
        // 2.10. Out of scope: timing is recorded for windows alone.
        step!(m, h, v, "2.11", v.result = event_target::call(m, h, v.listener, event, v.current_target));
        if branch!(m, v, "2.11", v.result.is_err())
            && let Err(exception) = v.result
        {
            step!(m, h, v, "2.11.1", report_an_exception(m, h, exception, v.global));
            // 2.11.2. Out of scope: only databases ask whether a listener threw.
        }
        step!(m, h, v, "2.12", m.event_mut(event).in_passive_listener = false);
        if branch!(m, v, "2.13", m.realm(v.global).is_window) {
            step!(m, h, v, "2.13", m.realm_mut(v.global).current_event = v.current_event);
        }
        if branch!(m, v, "2.14", m.event(event).stop_immediate_propagation) {
            break;
        }
    }
    returns!(m, h, v, "3", v.found)
}

impl<'a> InnerInvoke<'a> {
    fn new(m: &Machine, event: EventId, listeners: &'a [ListenerId], phase: Phase) -> Self {
        let current_target = m.event(event).current_target.expect("invoke has set it");
        InnerInvoke {
            event,
            listeners,
            phase,
            current_target,
            found: false,
            index: 0,
            listener: ListenerId(0),
            global: m.current,
            current_event: None,
            result: Ok(Value::Undefined),
        }
    }
}
