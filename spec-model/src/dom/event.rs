//! Interface `Event`: its state, and the methods that only touch flags. <https://dom.spec.whatwg.org/#interface-event>

use crate::atom::{self, Atom};
use crate::machine::Machine;
use crate::service_worker::extendable_event::Lifetime;
use crate::step::Algorithm;
use crate::value::{EventId, ObjectId, Value};
use crate::watch::{branch, step};
use crate::web_idl::interfaces::Interface;

pub use crate::dom::composed_path::composed_path;
pub use crate::dom::init_custom_event::init_custom_event;
pub use crate::dom::init_event::init_event;
pub use crate::dom::initialize::initialize;

/// Where an event is on its way.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum EventPhase {
    /// It is not being dispatched.
    None,
    /// On the way to its target.
    Capturing,
    /// At its target.
    AtTarget,
    /// On the way back.
    Bubbling,
}

impl EventPhase {
    /// The value of the constant of the same name.
    #[must_use]
    pub fn number(self) -> u8 {
        match self {
            EventPhase::None => 0,
            EventPhase::Capturing => 1,
            EventPhase::AtTarget => 2,
            EventPhase::Bubbling => 3,
        }
    }
}

/// An event path item. <https://dom.spec.whatwg.org/#event-path-item>
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PathItem {
    /// The invocation target.
    pub invocation_target: ObjectId,
    /// The shadow-adjusted target, at the event's target and null elsewhere.
    pub shadow_adjusted_target: Option<ObjectId>,
}

/// The members of `ErrorEvent`. <https://html.spec.whatwg.org/multipage/webappapis.html#errorevent>
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct ErrorInformation {
    /// `message`.
    pub message: Atom,
    /// `filename`.
    pub filename: Atom,
    /// `lineno`.
    pub lineno: f64,
    /// `colno`.
    pub colno: f64,
    /// The value that was thrown.
    pub error: Value,
}

impl ErrorInformation {
    /// What is told of a value that was thrown; where it happened is the implementation's to say.
    #[must_use]
    pub fn of(error: Value) -> Self {
        ErrorInformation { message: atom::EMPTY, filename: atom::EMPTY, lineno: 0.0, colno: 0.0, error }
    }
}

/// The members of `ExtendableMessageEvent`. <https://w3c.github.io/ServiceWorker/#extendablemessageevent-interface>
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Message {
    /// `data`.
    pub data: Value,
    /// `origin`.
    pub origin: Atom,
    /// `lastEventId`.
    pub last_event_id: Atom,
    /// `source`.
    pub source: Option<ObjectId>,
    /// `ports`, a frozen array.
    pub ports: ObjectId,
}

/// What an event is, beyond an `Event`.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Payload {
    /// Nothing more.
    None,
    /// `CustomEvent`'s detail.
    Detail(Value),
    /// What an `ErrorEvent` tells.
    Error(ErrorInformation),
    /// What an `ExtendableMessageEvent` tells.
    Message(Message),
    /// The `BackgroundFetchRegistration` of a `BackgroundFetchEvent`.
    Registration(ObjectId),
}

/// An event.
#[derive(Clone, Debug)]
pub struct Event {
    /// The object that script sees.
    pub object: ObjectId,
    /// Its interface.
    pub interface: Interface,
    /// `type`.
    pub event_type: Atom,
    /// `bubbles`.
    pub bubbles: bool,
    /// `cancelable`.
    pub cancelable: bool,
    /// `isTrusted`.
    pub is_trusted: bool,
    /// `target`.
    pub target: Option<ObjectId>,
    /// `currentTarget`.
    pub current_target: Option<ObjectId>,
    /// `eventPhase`.
    pub event_phase: EventPhase,
    /// `timeStamp`.
    pub time_stamp: f64,
    /// The path, empty unless the event is being dispatched.
    pub path: Vec<PathItem>,
    /// The stop propagation flag.
    pub stop_propagation: bool,
    /// The stop immediate propagation flag.
    pub stop_immediate_propagation: bool,
    /// The canceled flag.
    pub canceled: bool,
    /// The in passive listener flag.
    pub in_passive_listener: bool,
    /// The composed flag.
    pub composed: bool,
    /// The initialized flag.
    pub initialized: bool,
    /// The dispatch flag.
    pub dispatch: bool,
    /// What its interface adds.
    pub payload: Payload,
    /// What `ExtendableEvent` adds.
    pub lifetime: Lifetime,
    /// The UI updated flag of `BackgroundFetchUpdateUIEvent`.
    pub ui_updated: bool,
}

/// `stopPropagation()`, defined in prose. <https://dom.spec.whatwg.org/#dom-event-stoppropagation>
pub fn stop_propagation(m: &mut Machine, event: EventId) {
    const ALGORITHM: Algorithm = Algorithm::of("dom/Event.stopPropagation()");
    let mut v = StopPropagation { event };
    step!(m, v, "body", m.event_mut(event).stop_propagation = true);
}

/// The variables of `stopPropagation()`.
pub(crate) struct StopPropagation {
    pub(crate) event: EventId,
}

/// `stopImmediatePropagation()`, defined in prose. <https://dom.spec.whatwg.org/#dom-event-stopimmediatepropagation>
pub fn stop_immediate_propagation(m: &mut Machine, event: EventId) {
    const ALGORITHM: Algorithm = Algorithm::of("dom/Event.stopImmediatePropagation()");
    let mut v = StopImmediatePropagation { event };
    step!(m, v, "body", {
        let event = m.event_mut(event);
        (event.stop_propagation, event.stop_immediate_propagation) = (true, true);
    });
}

/// The variables of `stopImmediatePropagation()`.
pub(crate) struct StopImmediatePropagation {
    pub(crate) event: EventId,
}

/// The setter of `cancelBubble`, defined in prose. <https://dom.spec.whatwg.org/#dom-event-cancelbubble>
pub fn set_cancel_bubble(m: &mut Machine, event: EventId, value: bool) {
    const ALGORITHM: Algorithm = Algorithm::of("dom/Event.cancelBubble setter");
    let mut v = SetCancelBubble { event, value };
    if branch!(m, v, "body", value) {
        step!(m, v, "body", m.event_mut(event).stop_propagation = true);
    }
}

/// The variables of the setter of `cancelBubble`.
pub(crate) struct SetCancelBubble {
    pub(crate) event: EventId,
    pub(crate) value: bool,
}

/// The setter of `returnValue`, defined in prose. <https://dom.spec.whatwg.org/#dom-event-returnvalue>
pub fn set_return_value(m: &mut Machine, event: EventId, value: bool) {
    const ALGORITHM: Algorithm = Algorithm::of("dom/Event.returnValue setter");
    let mut v = SetReturnValue { event, value };
    if branch!(m, v, "body", !value) {
        step!(m, v, "body", set_the_canceled_flag(m, event));
    }
}

/// The variables of the setter of `returnValue`.
pub(crate) struct SetReturnValue {
    pub(crate) event: EventId,
    pub(crate) value: bool,
}

/// Set the canceled flag. `preventDefault()` does just this. <https://dom.spec.whatwg.org/#set-the-canceled-flag>
pub fn set_the_canceled_flag(m: &mut Machine, event: EventId) {
    const ALGORITHM: Algorithm = Algorithm::of("dom/set the canceled flag");
    let mut v = SetTheCanceledFlag { event };
    if branch!(m, v, "body", m.event(event).cancelable && !m.event(event).in_passive_listener) {
        step!(m, v, "body", m.event_mut(event).canceled = true);
    }
}

/// The variables of set the canceled flag.
pub(crate) struct SetTheCanceledFlag {
    pub(crate) event: EventId,
}
