//! Interface `AbortController`. <https://dom.spec.whatwg.org/#interface-abortcontroller>

use crate::dom::abort_signal;
use crate::machine::{Host, Machine};
use crate::step::{Algorithm, step};
use crate::value::{Kind, ObjectId, Value};

const CONSTRUCTOR: Algorithm = Algorithm::of("dom/AbortController.new AbortController()");
const ABORT: Algorithm = Algorithm::of("dom/AbortController.abort(reason)");
const SIGNAL_ABORT: Algorithm = Algorithm::of("dom/AbortController.signal abort");

/// `new AbortController()`. <https://dom.spec.whatwg.org/#dom-abortcontroller-abortcontroller>
pub fn construct(m: &mut Machine) -> ObjectId {
    step!(m, CONSTRUCTOR, "1");
    let signal = abort_signal::create(m);
    step!(m, CONSTRUCTOR, "2");
    m.create_object(Kind::AbortController(signal))
}

/// `abort()`. <https://dom.spec.whatwg.org/#dom-abortcontroller-abort>
pub fn abort(m: &mut Machine, h: &mut impl Host, signal: ObjectId, reason: Value) {
    step!(m, ABORT, "body");
    step!(m, SIGNAL_ABORT, "body");
    abort_signal::signal_abort(m, h, signal, reason);
}
