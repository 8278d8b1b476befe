//! Add an algorithm to a signal. <https://dom.spec.whatwg.org/#abortsignal-add>

use crate::dom::abort_signal::Steps;
use crate::machine::Machine;
use crate::step::Algorithm;
use crate::value::SignalId;
use crate::watch::{branch, step};

const ALGORITHM: Algorithm = Algorithm::of("dom/AbortSignal.add");

/// The variables of add.
pub(crate) struct AbortSignalAdd {
    pub(crate) algorithm: Steps,
    pub(crate) signal: SignalId,
}

/// Adds an abort algorithm to a signal, unless that is aborted.
pub fn add(m: &mut Machine, signal: SignalId, algorithm: Steps) {
    let mut v = AbortSignalAdd { algorithm, signal };
    if branch!(m, v, "1", m.signal(signal).is_aborted()) {
        return;
    }
    step!(m, v, "2", m.signal_mut(signal).algorithms.push(algorithm));
}
