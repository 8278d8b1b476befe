//! The static method `AbortSignal.abort()`. <https://dom.spec.whatwg.org/#dom-abortsignal-abort>

use crate::atom;
use crate::dom::abort_signal::{create, of};
use crate::machine::Machine;
use crate::step::Algorithm;
use crate::value::{ObjectId, Value};
use crate::watch::{branch, returns, set, step};

const ALGORITHM: Algorithm = Algorithm::of("dom/AbortSignal.abort(reason)");

/// The variables of `AbortSignal.abort()`.
pub(crate) struct AbortSignalAbort {
    pub(crate) reason: Value,
}

/// Returns a new signal that is aborted.
pub fn abort(m: &mut Machine, reason: Value) -> ObjectId {
    let mut v = AbortSignalAbort { reason };
    let signal;
    set!(m, "1", signal = create(m));
    let is_given = branch!(m, v, "2", reason != Value::Undefined);
    step!(m, v, "2", {
        let reason = if is_given { reason } else { m.dom_exception(atom::ABORT_ERROR) };
        m.signal_mut(of(m, signal)).reason = reason;
    });
    returns!(m, v, "3", signal)
}
