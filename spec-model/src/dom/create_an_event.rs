//! Create an event. <https://dom.spec.whatwg.org/#concept-event-create>

use crate::dom::inner_event_creation_steps::inner_event_creation_steps;
use crate::machine::Machine;
use crate::step::Algorithm;
use crate::value::{EventId, RealmId};
use crate::watch::{returns, set, step};
use crate::web_idl::interfaces::Interface;

pub use crate::dom::event_constructor::{EventInit, construct};

const ALGORITHM: Algorithm = Algorithm::of("dom/create an event");

/// The variables of create an event.
pub(crate) struct CreateAnEvent {
    pub(crate) dictionary: EventInit,
    pub(crate) event: EventId,
}

/// Creates an event, on the part of the user agent.
///
/// Step 2 converts `undefined` to the interface's dictionary, which can't work where a member is required
/// ([erratum](crate::errata)): the model leaves that member to whoever fires the event.
pub fn create_an_event(m: &mut Machine, interface: Interface, realm: RealmId) -> EventId {
    let mut v = CreateAnEvent { dictionary: EventInit::default(), event: EventId(0) };
    // 1. Holds by type: the realm is an argument that can't be left out.
    set!(m, v, "2", v.dictionary = EventInit::default());
    set!(m, v, "3", v.event = inner_event_creation_steps(m, interface, realm, v.dictionary));
    step!(m, v, "4", m.event_mut(v.event).is_trusted = true);
    returns!(m, v, "5", v.event)
}
