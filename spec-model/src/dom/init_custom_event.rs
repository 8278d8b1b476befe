//! `initCustomEvent()`. <https://dom.spec.whatwg.org/#dom-customevent-initcustomevent>

use crate::atom::Atom;
use crate::dom::event::Payload;
use crate::dom::initialize::initialize;
use crate::machine::Machine;
use crate::step::Algorithm;
use crate::value::{EventId, Value};
use crate::watch::{branch, step};

const ALGORITHM: Algorithm = Algorithm::of("dom/CustomEvent.initCustomEvent(type, bubbles, cancelable, detail)");

/// The variables of `initCustomEvent()`.
pub(crate) struct InitCustomEvent {
    pub(crate) event: EventId,
    pub(crate) event_type: Atom,
    pub(crate) bubbles: bool,
    pub(crate) cancelable: bool,
}

/// Initializes an event and its detail, unless it is being dispatched.
pub fn init_custom_event(
    m: &mut Machine,
    event: EventId,
    event_type: Atom,
    bubbles: bool,
    cancelable: bool,
    detail: Value,
) {
    let mut v = InitCustomEvent { event, event_type, bubbles, cancelable };
    if branch!(m, v, "1", m.event(event).dispatch) {
        return;
    }
    step!(m, v, "2", initialize(m, event, event_type, bubbles, cancelable));
    step!(m, v, "3", m.event_mut(event).payload = Payload::Detail(detail));
}
