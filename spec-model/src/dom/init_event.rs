//! `initEvent()`. <https://dom.spec.whatwg.org/#dom-event-initevent>

use crate::atom::Atom;
use crate::dom::initialize::initialize;
use crate::machine::Machine;
use crate::step::Algorithm;
use crate::value::EventId;
use crate::watch::{branch, step};

const ALGORITHM: Algorithm = Algorithm::of("dom/Event.initEvent(type, bubbles, cancelable)");

/// The variables of `initEvent()`.
pub(crate) struct InitEvent;

/// Initializes an event, unless it is being dispatched.
pub fn init_event(m: &mut Machine, event: EventId, event_type: Atom, bubbles: bool, cancelable: bool) {
    let mut v = InitEvent;
    if branch!(m, v, "1", m.event(event).dispatch) {
        return;
    }
    step!(m, v, "2", initialize(m, event, event_type, bubbles, cancelable));
}
