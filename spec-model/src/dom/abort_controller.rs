//! Interface `AbortController`. <https://dom.spec.whatwg.org/#interface-abortcontroller>

use crate::dom::abort_signal;
use crate::machine::{Host, Machine};
use crate::step::Algorithm;
use crate::value::{Kind, ObjectId, Value};
use crate::watch::{set, step};

/// `new AbortController()`. <https://dom.spec.whatwg.org/#dom-abortcontroller-abortcontroller>
pub fn construct(m: &mut Machine) -> ObjectId {
    const ALGORITHM: Algorithm = Algorithm::of("dom/AbortController.new AbortController()");
    let (signal, this);
    set!(m, "1", signal = abort_signal::create(m));
    set!(m, "2", this = m.create_object(Kind::AbortController(signal)));
    this
}

/// `abort()`, defined in prose. <https://dom.spec.whatwg.org/#dom-abortcontroller-abort>
pub fn abort(m: &mut Machine, h: &mut impl Host, signal: ObjectId, reason: Value) {
    const ALGORITHM: Algorithm = Algorithm::of("dom/AbortController.abort(reason)");
    step!(m, "body", signal_abort(m, h, signal, reason));
}

/// Signal abort on a controller, given by its signal. <https://dom.spec.whatwg.org/#abortcontroller-signal-abort>
fn signal_abort(m: &mut Machine, h: &mut impl Host, signal: ObjectId, reason: Value) {
    const ALGORITHM: Algorithm = Algorithm::of("dom/AbortController.signal abort");
    step!(m, "body", abort_signal::signal_abort(m, h, signal, reason));
}
