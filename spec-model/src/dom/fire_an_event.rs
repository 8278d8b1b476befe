//! Firing events. <https://dom.spec.whatwg.org/#concept-event-fire>

use crate::atom::Atom;
use crate::dom::create_an_event::create_an_event;
use crate::dom::dispatch::dispatch;
use crate::dom::event::{Event, Payload};
use crate::machine::{Host, Machine};
use crate::step::{Algorithm, step};
use crate::value::ObjectId;
use crate::web_idl::interfaces::Interface;

const FIRE: Algorithm = Algorithm::of("dom/fire an event");

/// Creates, initialises and dispatches an event, and tells whether nobody canceled it.
pub fn fire_an_event(
    m: &mut Machine,
    h: &mut impl Host,
    event_type: Atom,
    target: ObjectId,
    interface: Interface,
    initialize: impl FnOnce(&mut Event),
) -> bool {
    step!(m, FIRE, "2");
    let event = create_an_event(m, interface, m.object(target).realm);
    step!(m, FIRE, "3");
    m.event_mut(event).event_type = event_type;
    step!(m, FIRE, "4");
    initialize(m.event_mut(event));
    step!(m, FIRE, "5");
    dispatch(m, h, event, target)
}

/// Fires an event that is nothing more than an `Event`.
pub fn fire_a_plain_event(m: &mut Machine, h: &mut impl Host, event_type: Atom, target: ObjectId) -> bool {
    fire_an_event(m, h, event_type, target, Interface::Event, |event| event.payload = Payload::None)
}
