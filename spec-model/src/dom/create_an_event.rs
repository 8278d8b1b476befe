//! Constructing events. <https://dom.spec.whatwg.org/#constructing-events>

use crate::atom::{self, Atom};
use crate::dom::event::{Event, EventPhase, Payload};
use crate::machine::Machine;
use crate::quirk::Quirk;
use crate::service_worker::extendable_event::Lifetime;
use crate::step::{Algorithm, step};
use crate::value::{EventId, Kind, RealmId};
use crate::web_idl::interfaces::Interface;

const CONSTRUCTOR: Algorithm = Algorithm::of("dom/Event.constructor");
const CREATE: Algorithm = Algorithm::of("dom/create an event");
const INNER_EVENT_CREATION: Algorithm = Algorithm::of("dom/inner event creation steps");

/// What a constructor of an event reads from its second argument.
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

/// What a constructor of an event does once its arguments are converted.
/// <https://dom.spec.whatwg.org/#concept-event-constructor>
pub fn construct(m: &mut Machine, interface: Interface, event_type: Atom, init: EventInit) -> EventId {
    step!(m, CONSTRUCTOR, "1");
    let event = inner_event_creation(m, m.current, interface, init);
    step!(m, CONSTRUCTOR, "2");
    if !m.is_bent(Quirk::TypeKeptEmpty) {
        m.event_mut(event).event_type = event_type;
    }
    event
}

/// Create an event, on the part of the user agent. <https://dom.spec.whatwg.org/#concept-event-create>
///
/// Step 2 converts `undefined` to the interface's dictionary, which can't work where a member is required
/// ([erratum](crate::errata)): the model leaves that member to whoever fires the event.
pub fn create_an_event(m: &mut Machine, interface: Interface, realm: RealmId) -> EventId {
    step!(m, CREATE, "2");
    step!(m, CREATE, "3");
    let event = inner_event_creation(m, realm, interface, EventInit::default());
    step!(m, CREATE, "4");
    m.event_mut(event).is_trusted = !m.is_bent(Quirk::UntrustedUserAgent);
    event
}

/// The inner event creation steps. <https://dom.spec.whatwg.org/#inner-event-creation-steps>
fn inner_event_creation(m: &mut Machine, realm: RealmId, interface: Interface, init: EventInit) -> EventId {
    let event = EventId(m.events.len() as u32);
    step!(m, INNER_EVENT_CREATION, "1");
    let object = m.create_object_in(realm, Kind::Event(event));
    step!(m, INNER_EVENT_CREATION, "2");
    step!(m, INNER_EVENT_CREATION, "3");
    let time_stamp = time_stamp(m);
    step!(m, INNER_EVENT_CREATION, "4");
    let is_message = interface == Interface::ExtendableMessageEvent;
    let composed = init.composed
        && !m.is_bent(Quirk::ComposedIgnored)
        && !(is_message && m.is_bent(Quirk::MessageComposedIgnored));
    m.events.push(Event {
        object,
        interface,
        event_type: atom::EMPTY,
        bubbles: init.bubbles && !m.is_bent(Quirk::BubblesIgnored),
        cancelable: init.cancelable && !m.is_bent(Quirk::CancelableIgnored),
        is_trusted: false,
        target: None,
        current_target: None,
        event_phase: if m.is_bent(Quirk::BornAtTarget) { EventPhase::AtTarget } else { EventPhase::None },
        time_stamp,
        path: Vec::new(),
        stop_propagation: false,
        stop_immediate_propagation: false,
        canceled: false,
        in_passive_listener: false,
        composed,
        initialized: true,
        dispatch: false,
        payload: init.payload,
        lifetime: Lifetime::default(),
        ui_updated: false,
    });
    event
}

fn time_stamp(m: &mut Machine) -> f64 {
    if m.is_bent(Quirk::TimeStampZero) {
        return 0.0;
    }
    if m.is_bent(Quirk::TimeStampAhead) { m.now() + 1e12 } else { m.now() }
}
