//! Fire an event. <https://dom.spec.whatwg.org/#concept-event-fire>

use crate::atom::Atom;
use crate::dom::create_an_event::create_an_event;
use crate::dom::dispatch::dispatch;
use crate::dom::event::{Event, Payload};
use crate::machine::{Host, Machine};
use crate::step::Algorithm;
use crate::value::ObjectId;
use crate::watch::{returns, set, step};
use crate::web_idl::interfaces::Interface;

const ALGORITHM: Algorithm = Algorithm::of("dom/fire an event");

/// Creates, initializes and dispatches an event; returns what dispatch returns.
pub fn fire_an_event(
    m: &mut Machine,
    h: &mut impl Host,
    event_type: Atom,
    target: ObjectId,
    event_constructor: Interface,
    initialize: impl FnOnce(&mut Event),
) -> bool {
    // 1. Holds by type: the interface is an argument that can't be left out.
    let event;
    set!(m, "2", event = create_an_event(m, event_constructor, m.object(target).realm));
    step!(m, "3", m.event_mut(event).event_type = event_type);
    step!(m, "4", initialize(m.event_mut(event)));
    returns!(m, "5", dispatch(m, h, event, target))
}

/// Fires an event that is nothing more than an `Event`.
pub fn fire_a_plain_event(m: &mut Machine, h: &mut impl Host, event_type: Atom, target: ObjectId) -> bool {
    fire_an_event(m, h, event_type, target, Interface::Event, |event| event.payload = Payload::None)
}
