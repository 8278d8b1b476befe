//! Initialize an event. <https://dom.spec.whatwg.org/#concept-event-initialize>

use crate::atom::Atom;
use crate::machine::Machine;
use crate::step::Algorithm;
use crate::value::EventId;
use crate::watch::step;

const ALGORITHM: Algorithm = Algorithm::of("dom/Event.initialize");

/// The variables of initialize.
pub(crate) struct Initialize {
    pub(crate) event: EventId,
}

/// Initializes an event anew, with the arguments of a legacy method.
pub fn initialize(m: &mut Machine, event: EventId, event_type: Atom, bubbles: bool, cancelable: bool) {
    let mut v = Initialize { event };
    step!(m, v, "1", m.event_mut(event).initialized = true);
    step!(m, v, "2", {
        let event = m.event_mut(event);
        (event.stop_propagation, event.stop_immediate_propagation, event.canceled) = (false, false, false);
    });
    step!(m, v, "3", m.event_mut(event).is_trusted = false);
    step!(m, v, "4", m.event_mut(event).target = None);
    step!(m, v, "5", m.event_mut(event).event_type = event_type);
    step!(m, v, "6", m.event_mut(event).bubbles = bubbles);
    step!(m, v, "7", m.event_mut(event).cancelable = cancelable);
}
