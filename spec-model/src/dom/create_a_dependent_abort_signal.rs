//! Create a dependent abort signal. <https://dom.spec.whatwg.org/#create-a-dependent-abort-signal>

use crate::dom::abort_signal::{create, of};
use crate::machine::Machine;
use crate::step::Algorithm;
use crate::value::{ObjectId, SignalId};
use crate::watch::{branch, returns, set, step};

const ALGORITHM: Algorithm = Algorithm::of("dom/create a dependent abort signal");

/// The variables of create a dependent abort signal.
pub(crate) struct CreateADependentAbortSignal {
    pub(crate) result_signal: SignalId,
    pub(crate) signal: SignalId,
}

/// Returns a new signal that is aborted with any of others.
pub(crate) fn create_a_dependent_abort_signal(m: &mut Machine, signals: &[SignalId]) -> ObjectId {
    let object;
    set!(m, "1", object = create(m));
    let result_signal = of(m, object);
    let mut v = CreateADependentAbortSignal { result_signal, signal: result_signal };
    for &signal in signals {
        v.signal = signal;
        if branch!(m, v, "2", m.signal(signal).is_aborted()) {
            step!(m, v, "2", m.signal_mut(result_signal).reason = m.signal(signal).reason);
            return object;
        }
    }
    step!(m, v, "3", m.signal_mut(result_signal).dependent = true);
    for &signal in signals {
        set!(m, v, "4", v.signal = signal);
        if branch!(m, v, "4.1", !m.signal(signal).dependent) {
            step!(m, v, "4.1.1", append(&mut m.signal_mut(result_signal).sources, signal));
            step!(m, v, "4.1.2", append(&mut m.signal_mut(signal).dependents, result_signal));
        } else {
            // 4.2. Abstracted: it only holds the steps below it together, which have code.
            for source_signal in m.signal(signal).sources.clone() {
                // 4.2.1. Unobservable: it is an assertion.
                step!(m, v, "4.2.2", append(&mut m.signal_mut(result_signal).sources, source_signal));
                step!(m, v, "4.2.3", append(&mut m.signal_mut(source_signal).dependents, result_signal));
            }
        }
    }
    returns!(m, v, "5", object)
}

/// Appends an item to a set.
fn append(set: &mut Vec<SignalId>, item: SignalId) {
    if !set.contains(&item) {
        set.push(item);
    }
}
