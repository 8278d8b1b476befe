//! Interface `AbortSignal`. <https://dom.spec.whatwg.org/#interface-AbortSignal>
//!
//! Garbage collection can't be seen here: source signals and dependent signals are held strongly.

use crate::dom::create_a_dependent_abort_signal::create_a_dependent_abort_signal;
use crate::machine::Machine;
use crate::step::Algorithm;
use crate::value::{Completion, Kind, ListenerId, ObjectId, SignalId, Value};
use crate::watch::returns;

pub use crate::dom::abort_signal_abort::abort;
pub use crate::dom::abort_signal_add::add;
pub use crate::dom::abort_signal_timeout::{timeout, timeout_in_task};
pub use crate::dom::signal_abort::signal_abort;

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

/// The static `any()`. <https://dom.spec.whatwg.org/#dom-abortsignal-any>
pub fn any(m: &mut Machine, signals: &[SignalId]) -> ObjectId {
    const ALGORITHM: Algorithm = Algorithm::of("dom/AbortSignal.any(signals)");
    returns!(m, "body", create_a_dependent_abort_signal(m, signals))
}

/// `throwIfAborted()`. <https://dom.spec.whatwg.org/#dom-abortsignal-throwifaborted>
///
/// # Errors
/// Throws the abort reason of an aborted signal.
pub fn throw_if_aborted(m: &Machine, signal: SignalId) -> Completion {
    let signal = m.signal(signal);
    if signal.is_aborted() { Err(signal.reason) } else { Ok(Value::Undefined) }
}
