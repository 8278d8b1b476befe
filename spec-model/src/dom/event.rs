//! Interface `Event`: its state, flags and methods. <https://dom.spec.whatwg.org/#interface-event>

use crate::atom::{self, Atom};
use crate::machine::Machine;
use crate::quirk::Quirk;
use crate::service_worker::extendable_event::Lifetime;
use crate::step::{Algorithm, branch, step};
use crate::value::{EventId, ObjectId, Value};
use crate::web_idl::interfaces::Interface;

const INITIALIZE: Algorithm = Algorithm::of("dom/Event.initialize");
const INIT_EVENT: Algorithm = Algorithm::of("dom/Event.initEvent(type, bubbles, cancelable)");
const INIT_CUSTOM_EVENT: Algorithm =
    Algorithm::of("dom/CustomEvent.initCustomEvent(type, bubbles, cancelable, detail)");
const COMPOSED_PATH: Algorithm = Algorithm::of("dom/Event.composedPath()");
const STOP_PROPAGATION: Algorithm = Algorithm::of("dom/Event.stopPropagation()");
const STOP_IMMEDIATE_PROPAGATION: Algorithm = Algorithm::of("dom/Event.stopImmediatePropagation()");
const CANCEL_BUBBLE: Algorithm = Algorithm::of("dom/Event.cancelBubble setter");
const RETURN_VALUE: Algorithm = Algorithm::of("dom/Event.returnValue setter");
const SET_THE_CANCELED_FLAG: Algorithm = Algorithm::of("dom/set the canceled flag");

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
    pub lineno: u32,
    /// `colno`.
    pub colno: u32,
    /// The value that was thrown.
    pub error: Value,
}

impl ErrorInformation {
    /// What is told of a value that was thrown; where it happened is the implementation's to say.
    #[must_use]
    pub fn of(error: Value) -> Self {
        ErrorInformation { message: atom::EMPTY, filename: atom::EMPTY, lineno: 0, colno: 0, error }
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

/// Initialize an event. <https://dom.spec.whatwg.org/#concept-event-initialize>
pub fn initialize(m: &mut Machine, event: EventId, event_type: Atom, bubbles: bool, cancelable: bool) {
    for step in const {
        [
            INITIALIZE.step("1"),
            INITIALIZE.step("2"),
            INITIALIZE.step("3"),
            INITIALIZE.step("4"),
            INITIALIZE.step("5"),
            INITIALIZE.step("6"),
            INITIALIZE.step("7"),
        ]
    } {
        m.took(step, None);
    }
    let keeps_flags = m.is_bent(Quirk::InitKeepsFlags);
    let keeps_trust = m.is_bent(Quirk::InitKeepsTrust);
    let keeps_target = m.is_bent(Quirk::InitKeepsTarget);
    let unsets_composed = m.is_bent(Quirk::InitUnsetsComposed);
    let event = m.event_mut(event);
    event.initialized = true;
    if !keeps_flags {
        event.stop_propagation = false;
        event.stop_immediate_propagation = false;
        event.canceled = false;
    }
    event.is_trusted &= keeps_trust;
    if !keeps_target {
        event.target = None;
    }
    event.event_type = event_type;
    event.bubbles = bubbles;
    event.cancelable = cancelable;
    event.composed &= !unsets_composed;
}

/// `initEvent()`. <https://dom.spec.whatwg.org/#dom-event-initevent>
pub fn init_event(m: &mut Machine, event: EventId, event_type: Atom, bubbles: bool, cancelable: bool) {
    // 1: while the event is being dispatched, nothing happens.
    step!(m, INIT_EVENT, "1");
    if branch!(m, INIT_EVENT, "1", m.event(event).dispatch) && !m.is_bent(Quirk::InitDuringDispatch) {
        return;
    }
    step!(m, INIT_EVENT, "2");
    initialize(m, event, event_type, bubbles, cancelable);
}

/// `initCustomEvent()`. <https://dom.spec.whatwg.org/#dom-customevent-initcustomevent>
pub fn init_custom_event(
    m: &mut Machine,
    event: EventId,
    event_type: Atom,
    bubbles: bool,
    cancelable: bool,
    detail: Value,
) {
    // 1: while the event is being dispatched, nothing happens.
    step!(m, INIT_CUSTOM_EVENT, "1");
    if branch!(m, INIT_CUSTOM_EVENT, "1", m.event(event).dispatch) && !m.is_bent(Quirk::InitCustomDuringDispatch) {
        return;
    }
    step!(m, INIT_CUSTOM_EVENT, "2");
    let Event { stop_propagation, stop_immediate_propagation, canceled, .. } = *m.event(event);
    initialize(m, event, event_type, bubbles, cancelable);
    if m.is_bent(Quirk::InitCustomKeepsFlags) {
        let event = m.event_mut(event);
        (event.stop_propagation, event.stop_immediate_propagation) = (stop_propagation, stop_immediate_propagation);
        event.canceled = canceled;
    }
    step!(m, INIT_CUSTOM_EVENT, "3");
    m.event_mut(event).payload = Payload::Detail(detail);
}

/// `composedPath()`, appended to a list. <https://dom.spec.whatwg.org/#dom-event-composedpath>
///
/// Closed shadow trees are out of scope, so that no level is ever hidden and the path is given as it is.
pub fn composed_path(m: &mut Machine, event: EventId, into: &mut Vec<ObjectId>) {
    // 3: an event that is not being dispatched has no path.
    step!(m, COMPOSED_PATH, "3");
    if branch!(m, COMPOSED_PATH, "3", m.event(event).path.is_empty()) || is_over(m, event) {
        return;
    }
    // 6, 13 and 16: the current target, with what comes before and after it.
    step!(m, COMPOSED_PATH, "6");
    step!(m, COMPOSED_PATH, "13.2");
    step!(m, COMPOSED_PATH, "16.2");
    if m.is_bent(Quirk::PathOfTargetAlone) {
        into.extend(m.event(event).path.first().map(|item| item.invocation_target));
        return;
    }
    into.extend(m.event(event).path.iter().map(|item| item.invocation_target));
}

/// Whether a bent machine takes an event for dispatched of which listeners are still to be called.
pub fn is_over(m: &Machine, event: EventId) -> bool {
    m.is_bent(const { Quirk::of("first-listener-ends") }) && !m.event(event).dispatch
}

/// `stopPropagation()`. <https://dom.spec.whatwg.org/#dom-event-stoppropagation>
pub fn stop_propagation(m: &mut Machine, event: EventId) {
    step!(m, STOP_PROPAGATION, "body");
    if m.minds_quirks() {
        m.watch.aside.stopped_unseen.retain(|unseen| *unseen != event);
    }
    let immediate = m.is_bent(Quirk::StopPropagationImmediate);
    let cancels = m.is_bent(Quirk::StopCancels);
    let inert = m.is_bent(Quirk::StopPropagationInert);
    let event = m.event_mut(event);
    event.stop_propagation |= !inert;
    event.stop_immediate_propagation |= immediate;
    event.canceled |= cancels;
}

/// The setter of `cancelBubble`. <https://dom.spec.whatwg.org/#dom-event-cancelbubble>
pub fn set_cancel_bubble(m: &mut Machine, event: EventId, value: bool) {
    step!(m, CANCEL_BUBBLE, "body");
    if branch!(m, CANCEL_BUBBLE, "body", value) || m.is_bent(Quirk::CancelBubbleResets) {
        m.event_mut(event).stop_propagation = value;
    }
}

/// `stopImmediatePropagation()`. <https://dom.spec.whatwg.org/#dom-event-stopimmediatepropagation>
pub fn stop_immediate_propagation(m: &mut Machine, event: EventId) {
    step!(m, STOP_IMMEDIATE_PROPAGATION, "body");
    let unseen = m.is_bent(Quirk::StopImmediateUnseen);
    if !m.event(event).stop_propagation && m.is_bent(const { Quirk::of("cancel-bubble-partial") }) {
        m.watch.aside.stopped_unseen.push(event);
    }
    let event = m.event_mut(event);
    event.stop_propagation |= !unseen;
    event.stop_immediate_propagation = true;
}

/// Set the canceled flag, if the event can be canceled here and now; `preventDefault()` is just this.
/// <https://dom.spec.whatwg.org/#set-the-canceled-flag>
pub fn set_the_canceled_flag(m: &mut Machine, event: EventId) {
    step!(m, SET_THE_CANCELED_FLAG, "body");
    let (always, in_passive) = (m.is_bent(Quirk::CancelsUncancelable), m.is_bent(Quirk::CancelsInPassive));
    if !m.event(event).cancelable && m.is_bent(const { Quirk::of("prevented-regardless") }) {
        m.watch.aside.canceled_in_vain.push(event);
    }
    let other_is_passive = || m.events.iter().any(|event| event.in_passive_listener);
    if (m.is_bent(Quirk::CancelsWhileDispatchedAlone) && !m.event(event).dispatch)
        || (m.is_bent(Quirk::PassiveForNested) && other_is_passive())
    {
        return;
    }
    let data = m.event(event);
    let holds = (data.cancelable || always) && (!data.in_passive_listener || in_passive);
    if branch!(m, SET_THE_CANCELED_FLAG, "body", holds) {
        m.event_mut(event).canceled = true;
    }
}

/// The setter of `returnValue`. <https://dom.spec.whatwg.org/#dom-event-returnvalue>
pub fn set_return_value(m: &mut Machine, event: EventId, value: bool) {
    step!(m, RETURN_VALUE, "body");
    if m.is_bent(Quirk::ReturnValueSetterInert) {
        return;
    }
    if branch!(m, RETURN_VALUE, "body", !value) {
        set_the_canceled_flag(m, event);
    } else if m.is_bent(Quirk::ReturnValueResets) {
        m.event_mut(event).canceled = false;
    }
}
