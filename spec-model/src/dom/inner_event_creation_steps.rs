//! The inner event creation steps. <https://dom.spec.whatwg.org/#inner-event-creation-steps>

use crate::atom;
use crate::dom::event::{Event, EventPhase, Payload};
use crate::dom::event_constructor::EventInit;
use crate::machine::Machine;
use crate::service_worker::extendable_event::Lifetime;
use crate::step::Algorithm;
use crate::value::{EventId, Kind, RealmId};
use crate::watch::{returns, set, step};
use crate::web_idl::interfaces::Interface;

const ALGORITHM: Algorithm = Algorithm::of("dom/inner event creation steps");

/// The variables of the inner event creation steps.
pub(crate) struct InnerEventCreationSteps {
    pub(crate) interface: Interface,
    pub(crate) event: EventId,
}

/// Creates an event with the attributes that a dictionary has. Its time is the present.
pub(crate) fn inner_event_creation_steps(
    m: &mut Machine,
    interface: Interface,
    realm: RealmId,
    dictionary: EventInit,
) -> EventId {
    let mut v = InnerEventCreationSteps { interface, event: EventId(0) };
    set!(m, v, "1", v.event = new_event(m, interface, realm));
    step!(m, v, "2", m.event_mut(v.event).initialized = true);
    step!(m, v, "3", m.event_mut(v.event).time_stamp = m.now());
    step!(m, v, "4", {
        let EventInit { bubbles, cancelable, composed, payload } = dictionary;
        let event = m.event_mut(v.event);
        (event.bubbles, event.cancelable, event.composed, event.payload) = (bubbles, cancelable, composed, payload);
    });
    // 5. Out of scope: no interface in scope has constructing steps of its own.
    returns!(m, v, "6", v.event)
}

/// Creates an object with the interface, and the state that a new event has.
fn new_event(m: &mut Machine, interface: Interface, realm: RealmId) -> EventId {
    let event = EventId(m.events.len() as u32);
    let object = m.create_object_in(realm, Kind::Event(event));
    m.events.push(Event {
        object,
        interface,
        event_type: atom::EMPTY,
        bubbles: false,
        cancelable: false,
        is_trusted: false,
        target: None,
        current_target: None,
        event_phase: EventPhase::None,
        time_stamp: 0.0,
        path: Vec::new(),
        stop_propagation: false,
        stop_immediate_propagation: false,
        canceled: false,
        in_passive_listener: false,
        composed: false,
        initialized: false,
        dispatch: false,
        payload: Payload::None,
        lifetime: Lifetime::default(),
        ui_updated: false,
    });
    event
}
