//! Interface `AbortSignal`. <https://dom.spec.whatwg.org/#interface-AbortSignal>
//!
//! Garbage collection can't be seen here: source signals and dependent signals are held strongly.

use crate::atom;
use crate::dom::event_target::{self, Options, add_an_event_listener, remove_an_event_listener};
use crate::dom::fire_an_event::{fire_a_plain_event, fire_an_event};
use crate::machine::{Host, Machine};
use crate::quirk::Quirk;
use crate::quirk::aside::{self, Deed};
use crate::step::{Algorithm, branch, step};
use crate::value::{Completion, Kind, ListenerId, ObjectId, SignalId, Value};
use crate::web_idl::interfaces::Interface;

const ABORT: Algorithm = Algorithm::of("dom/AbortSignal.abort(reason)");
const TIMEOUT: Algorithm = Algorithm::of("dom/AbortSignal.timeout(milliseconds)");
const ANY: Algorithm = Algorithm::of("dom/AbortSignal.any(signals)");
const ADD: Algorithm = Algorithm::of("dom/AbortSignal.add");
const SIGNAL_ABORT: Algorithm = Algorithm::of("dom/AbortSignal.signal abort");
const RUN_THE_ABORT_STEPS: Algorithm = Algorithm::of("dom/run the abort steps");
const CREATE_DEPENDENT: Algorithm = Algorithm::of("dom/create a dependent abort signal");

/// What is done when a signal aborts: the only abort algorithm in scope removes a listener.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Steps {
    /// The object that the listener belongs to.
    pub target: ObjectId,
    /// The listener to remove.
    pub listener: ListenerId,
}

/// An abort signal.
#[derive(Clone, Debug)]
pub struct AbortSignal {
    /// The object that script sees.
    pub object: ObjectId,
    /// The abort reason, `undefined` until it is aborted.
    pub reason: Value,
    /// The abort algorithms.
    pub algorithms: Vec<Steps>,
    /// Whether it depends on others.
    pub dependent: bool,
    /// The signals that it depends on.
    pub sources: Vec<SignalId>,
    /// The signals that depend on it.
    pub dependents: Vec<SignalId>,
}

impl AbortSignal {
    /// Whether it is aborted. <https://dom.spec.whatwg.org/#abortsignal-aborted>
    #[must_use]
    pub fn is_aborted(&self) -> bool {
        self.reason != Value::Undefined
    }
}

/// A new signal that is not aborted.
pub fn create(m: &mut Machine) -> ObjectId {
    let id = SignalId(m.signals.len() as u32);
    let object = m.create_object(Kind::AbortSignal(id));
    m.signals.push(AbortSignal {
        object,
        reason: Value::Undefined,
        algorithms: Vec::new(),
        dependent: false,
        sources: Vec::new(),
        dependents: Vec::new(),
    });
    object
}

/// The signal behind an object.
///
/// # Panics
/// Panics when the object is no `AbortSignal`.
#[must_use]
pub fn of(m: &Machine, object: ObjectId) -> SignalId {
    match m.object(object).kind {
        Kind::AbortSignal(signal) => signal,
        _ => panic!("an AbortSignal"),
    }
}

fn reason_or_abort_error(m: &mut Machine, reason: Value, is_given: bool) -> Value {
    let missing = !is_given || (reason == Value::Null && m.is_bent(Quirk::NullReasonReplaced));
    if missing { m.dom_exception(atom::ABORT_ERROR) } else { reason }
}

/// The static `abort()`. <https://dom.spec.whatwg.org/#dom-abortsignal-abort>
pub fn abort(m: &mut Machine, reason: Value) -> ObjectId {
    step!(m, ABORT, "1");
    let object = create(m);
    step!(m, ABORT, "2");
    let is_given = branch!(m, ABORT, "2", reason != Value::Undefined);
    let reason = reason_or_abort_error(m, reason, is_given);
    let signal = of(m, object);
    if !m.is_bent(Quirk::StaticAbortInert) {
        m.signal_mut(signal).reason = reason;
    }
    step!(m, ABORT, "3");
    object
}

/// The static `timeout()`. <https://dom.spec.whatwg.org/#dom-abortsignal-timeout>
pub fn timeout(m: &mut Machine, milliseconds: f64) -> ObjectId {
    step!(m, TIMEOUT, "1");
    let object = create(m);
    step!(m, TIMEOUT, "3");
    let signal = of(m, object);
    let end = m.now() + milliseconds * 1e6;
    m.realm_mut(m.current).timers.push((end, signal));
    step!(m, TIMEOUT, "4");
    object
}

/// What the task does that a timeout queues.
pub fn timed_out(m: &mut Machine, h: &mut impl Host, signal: SignalId) {
    step!(m, TIMEOUT, "3.1");
    let name = if m.is_bent(Quirk::TimeoutAbortError) { atom::ABORT_ERROR } else { atom::TIMEOUT_ERROR };
    let reason = m.dom_exception(name);
    let object = m.signal(signal).object;
    signal_abort(m, h, object, reason);
}

/// The static `any()`. <https://dom.spec.whatwg.org/#dom-abortsignal-any>
pub fn any(m: &mut Machine, signals: &[SignalId]) -> ObjectId {
    step!(m, ANY, "body");
    create_a_dependent_abort_signal(m, signals)
}

/// `throwIfAborted()`. <https://dom.spec.whatwg.org/#dom-abortsignal-throwifaborted>
///
/// # Errors
/// Throws the abort reason of an aborted signal.
pub fn throw_if_aborted(m: &Machine, signal: SignalId) -> Completion {
    let signal = m.signal(signal);
    if signal.is_aborted() { Err(signal.reason) } else { Ok(Value::Undefined) }
}

/// Add an algorithm to a signal. <https://dom.spec.whatwg.org/#abortsignal-add>
pub fn add(m: &mut Machine, signal: SignalId, steps: Steps) {
    step!(m, ADD, "1");
    if branch!(m, ADD, "1", m.signal(signal).is_aborted()) {
        return;
    }
    step!(m, ADD, "2");
    if m.is_bent(Quirk::SignalListens) || m.is_bent(Quirk::SignalListensOn) {
        let removal = aside::callback_for(m, Deed::Remove(steps.target, steps.listener));
        let object = m.signal(signal).object;
        add_an_event_listener(m, object, atom::ABORT, Some(removal), Options::default());
        return;
    }
    m.signal_mut(signal).algorithms.push(steps);
}

/// Signal abort. <https://dom.spec.whatwg.org/#abortsignal-signal-abort>
pub fn signal_abort(m: &mut Machine, h: &mut impl Host, object: ObjectId, reason: Value) {
    let signal = of(m, object);
    step!(m, SIGNAL_ABORT, "1");
    if branch!(m, SIGNAL_ABORT, "1", m.signal(signal).is_aborted()) && !m.is_bent(Quirk::AbortsAgain) {
        return;
    }
    step!(m, SIGNAL_ABORT, "2");
    let is_given = branch!(m, SIGNAL_ABORT, "2", reason != Value::Undefined);
    let reason = if m.is_bent(Quirk::ReasonNotDefault) && !is_given {
        // As `undefined` means that a signal is not aborted here, null has to stand for it.
        Value::Null
    } else {
        reason_or_abort_error(m, reason, is_given)
    };
    m.signal_mut(signal).reason = reason;
    // 3 and 4: all that depend on it are aborted before anybody is told.
    let mut to_abort = Vec::new();
    for dependent in m.signal(signal).dependents.clone() {
        step!(m, SIGNAL_ABORT, "4.1");
        if branch!(m, SIGNAL_ABORT, "4.1", !m.signal(dependent).is_aborted()) && !m.is_bent(Quirk::DependentsNotAborted)
        {
            step!(m, SIGNAL_ABORT, "4.1.1");
            if !m.is_bent(Quirk::DependentsLate) {
                m.signal_mut(dependent).reason = reason;
            }
            step!(m, SIGNAL_ABORT, "4.1.2");
            to_abort.push(dependent);
        }
    }
    step!(m, SIGNAL_ABORT, "5");
    let source_last = m.is_bent(Quirk::DependentsFirst);
    if !source_last {
        run_the_abort_steps(m, h, signal);
    }
    for dependent in to_abort {
        step!(m, SIGNAL_ABORT, "6");
        if m.is_bent(Quirk::DependentsLate) {
            if m.signal(dependent).is_aborted() {
                continue;
            }
            m.signal_mut(dependent).reason = reason;
        }
        run_the_abort_steps(m, h, dependent);
    }
    if source_last {
        run_the_abort_steps(m, h, signal);
    }
}

/// Run the abort steps. <https://dom.spec.whatwg.org/#run-the-abort-steps>
fn run_the_abort_steps(m: &mut Machine, h: &mut impl Host, signal: SignalId) {
    step!(m, RUN_THE_ABORT_STEPS, "1");
    if m.is_bent(Quirk::AbortEventFirst) {
        fire_a_plain_event(m, h, atom::ABORT, m.signal(signal).object);
    }
    for steps in m.signal(signal).algorithms.clone() {
        if m.is_bent(Quirk::AbortRemovesAll) {
            let event_type = m.listener(steps.listener).event_type;
            for other in m.target(steps.target).listeners.clone() {
                if m.listener(other).event_type == event_type {
                    remove_an_event_listener(m, steps.target, other);
                }
            }
        }
        remove(m, h, steps.target, steps.listener);
    }
    step!(m, RUN_THE_ABORT_STEPS, "2");
    m.signal_mut(signal).algorithms.clear();
    step!(m, RUN_THE_ABORT_STEPS, "3");
    let object = m.signal(signal).object;
    let by_method =
        m.is_bent(Quirk::AbortByMethod) && aside::call_own_method(m, h, object, atom::DISPATCH_EVENT).is_some();
    if by_method || m.is_bent(Quirk::AbortEventFirst) || m.is_bent(Quirk::NoAbortEvent) {
        return;
    }
    if m.is_bent(Quirk::AbortEventBubbles) {
        fire_an_event(m, h, atom::ABORT, m.signal(signal).object, Interface::Event, |event| {
            (event.bubbles, event.cancelable, event.composed) = (true, true, true);
        });
        return;
    }
    fire_a_plain_event(m, h, atom::ABORT, m.signal(signal).object);
}

/// Removes the listener that was added with a signal.
pub(crate) fn remove(m: &mut Machine, h: &mut impl Host, target: ObjectId, listener: ListenerId) {
    if m.is_bent(const { Quirk::of("signal-by-method") })
        && aside::call_own_method(m, h, target, atom::REMOVE_EVENT_LISTENER).is_some()
    {
        return;
    }
    let listener = if m.is_bent(Quirk::SignalRemovesByCallback) {
        event_target::alike(m, target, listener)
    } else {
        Some(listener)
    };
    if let Some(listener) = listener {
        remove_an_event_listener(m, target, listener);
    }
}

/// Aborts a signal that listens to another, in a bent machine.
pub(crate) fn follow(m: &mut Machine, h: &mut impl Host, source: ObjectId, dependent: SignalId) {
    let source = of(m, source);
    let (reason, object) = (m.signal(source).reason, m.signal(dependent).object);
    signal_abort(m, h, object, reason);
}

/// Create a dependent abort signal. <https://dom.spec.whatwg.org/#create-a-dependent-abort-signal>
fn create_a_dependent_abort_signal(m: &mut Machine, signals: &[SignalId]) -> ObjectId {
    step!(m, CREATE_DEPENDENT, "1");
    let object = create(m);
    let result = of(m, object);
    for &signal in signals {
        step!(m, CREATE_DEPENDENT, "2");
        if branch!(m, CREATE_DEPENDENT, "2", m.signal(signal).is_aborted()) && !m.is_bent(Quirk::AnyNotAborted) {
            m.signal_mut(result).reason = m.signal(signal).reason;
            return object;
        }
    }
    step!(m, CREATE_DEPENDENT, "3");
    m.signal_mut(result).dependent = true;
    for &signal in signals {
        if m.is_bent(Quirk::DependentsListen) {
            let source = m.signal(signal).object;
            let options = Options { once: true, ..Options::default() };
            let follow = aside::callback_for(m, Deed::Follow(result));
            add_an_event_listener(m, source, atom::ABORT, Some(follow), options);
        } else if branch!(m, CREATE_DEPENDENT, "4.1", !m.signal(signal).dependent) {
            step!(m, CREATE_DEPENDENT, "4.1.1");
            step!(m, CREATE_DEPENDENT, "4.1.2");
            link(m, result, signal);
        } else {
            // 4.2: a signal that depends on others passes on what it depends on.
            for source in m.signal(signal).sources.clone() {
                step!(m, CREATE_DEPENDENT, "4.2.2");
                step!(m, CREATE_DEPENDENT, "4.2.3");
                link(m, result, source);
            }
        }
    }
    step!(m, CREATE_DEPENDENT, "5");
    object
}

/// Both lists are sets: the second time changes nothing.
fn link(m: &mut Machine, dependent: SignalId, source: SignalId) {
    if !m.signal(dependent).sources.contains(&source) {
        m.signal_mut(dependent).sources.push(source);
        m.signal_mut(source).dependents.push(dependent);
    }
}
