//! The static method `AbortSignal.timeout()`. <https://dom.spec.whatwg.org/#dom-abortsignal-timeout>

use crate::atom;
use crate::dom::abort_signal::{create, of};
use crate::dom::signal_abort::signal_abort;
use crate::machine::{Host, Machine};
use crate::step::Algorithm;
use crate::value::{ObjectId, SignalId};
use crate::watch::{returns, set, step};

const ALGORITHM: Algorithm = Algorithm::of("dom/AbortSignal.timeout(milliseconds)");

/// The variables of `AbortSignal.timeout()`.
pub(crate) struct Timeout;

/// Returns a new signal that is aborted after a time.
pub fn timeout(m: &mut Machine, milliseconds: f64) -> ObjectId {
    let signal;
    set!(m, "1", signal = create(m));
    let mut v = Timeout;
    // 2. Holds by type: the timers belong to the realm, and with it to its global object.
    step!(m, v, "3", {
        let end = m.now() + milliseconds * 1e6;
        let signal = of(m, signal);
        m.realm_mut(m.current).timers.push((end, signal));
    });
    returns!(m, v, "4", signal)
}

/// The variables of the task of `AbortSignal.timeout()`.
pub(crate) struct TimeoutInTask {
    pub(crate) signal: ObjectId,
}

/// The task that is queued once the time is over.
pub fn timeout_in_task(m: &mut Machine, h: &mut impl Host, signal: SignalId) {
    let signal = m.signal(signal).object;
    let mut v = TimeoutInTask { signal };
    step!(m, h, v, "3.1", {
        let reason = m.dom_exception(atom::TIMEOUT_ERROR);
        signal_abort(m, h, signal, reason);
    });
}
