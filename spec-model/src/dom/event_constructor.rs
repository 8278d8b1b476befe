//! The constructor of an event. <https://dom.spec.whatwg.org/#concept-event-constructor>

use crate::atom::Atom;
use crate::dom::event::Payload;
use crate::dom::inner_event_creation_steps::inner_event_creation_steps;
use crate::machine::Machine;
use crate::step::Algorithm;
use crate::value::EventId;
use crate::watch::{returns, set, step};
use crate::web_idl::interfaces::Interface;

const ALGORITHM: Algorithm = Algorithm::of("dom/Event.constructor");

/// The members of the dictionary that a constructor of an event takes.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct EventInit {
    /// `bubbles`.
    pub bubbles: bool,
    /// `cancelable`.
    pub cancelable: bool,
    /// `composed`.
    pub composed: bool,
    /// What the interface adds.
    pub payload: Payload,
}

impl Default for EventInit {
    fn default() -> Self {
        EventInit { bubbles: false, cancelable: false, composed: false, payload: Payload::None }
    }
}

/// The variables of the constructor.
pub(crate) struct EventConstructor {
    pub(crate) event: EventId,
}

/// Constructs an event from arguments that are converted already.
pub fn construct(m: &mut Machine, interface: Interface, event_type: Atom, event_init_dict: EventInit) -> EventId {
    let mut v = EventConstructor { event: EventId(0) };
    set!(m, v, "1", v.event = inner_event_creation_steps(m, interface, m.current, event_init_dict));
    step!(m, v, "2", m.event_mut(v.event).event_type = event_type);
    returns!(m, v, "3", v.event)
}
