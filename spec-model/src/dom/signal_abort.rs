//! Signal abort. <https://dom.spec.whatwg.org/#abortsignal-signal-abort>

use crate::atom;
use crate::dom::abort_signal::of;
use crate::dom::run_the_abort_steps::run_the_abort_steps;
use crate::machine::{Host, Machine};
use crate::step::Algorithm;
use crate::value::{ObjectId, SignalId, Value};
use crate::watch::{branch, set, step};

const ALGORITHM: Algorithm = Algorithm::of("dom/AbortSignal.signal abort");

/// The variables of signal abort.
pub(crate) struct SignalAbort {
    pub(crate) signal: SignalId,
    pub(crate) reason: Value,
    pub(crate) dependent_signals_to_abort: Vec<SignalId>,
    pub(crate) dependent_signal: SignalId,
}

/// Aborts a signal and the signals that depend on it.
pub fn signal_abort(m: &mut Machine, h: &mut impl Host, signal: ObjectId, reason: Value) {
    let signal = of(m, signal);
    let mut v = SignalAbort { signal, reason, dependent_signals_to_abort: Vec::new(), dependent_signal: signal };
    if branch!(m, v, "1", m.signal(signal).is_aborted()) {
        return;
    }
    let is_given = branch!(m, v, "2", reason != Value::Undefined);
    step!(m, h, v, "2", {
        let reason = if is_given { reason } else { m.dom_exception(atom::ABORT_ERROR) };
        m.signal_mut(signal).reason = reason;
    });
    set!(m, h, v, "3", v.dependent_signals_to_abort = Vec::new());
    for dependent_signal in m.signal(signal).dependents.clone() {
        set!(m, h, v, "4", v.dependent_signal = dependent_signal);
        if branch!(m, v, "4.1", !m.signal(dependent_signal).is_aborted()) {
            step!(m, h, v, "4.1.1", m.signal_mut(dependent_signal).reason = m.signal(signal).reason);
            step!(m, h, v, "4.1.2", v.dependent_signals_to_abort.push(dependent_signal));
        }
    }
    step!(m, h, v, "5", run_the_abort_steps(m, h, signal));
    for dependent_signal in std::mem::take(&mut v.dependent_signals_to_abort) {
        v.dependent_signal = dependent_signal;
        step!(m, h, v, "6", run_the_abort_steps(m, h, dependent_signal));
    }
}
