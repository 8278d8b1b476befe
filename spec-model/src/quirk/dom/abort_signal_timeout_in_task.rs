//! Quirks of the task of `AbortSignal.timeout()`. <https://dom.spec.whatwg.org/#dom-abortsignal-timeout>

use crate::atom;
use crate::dom::abort_signal_timeout::TimeoutInTask;
use crate::dom::signal_abort::signal_abort;
use crate::quirk::hook::quirks;

quirks! {
    TimeoutInTask, "dom/AbortSignal.timeout(milliseconds)" => (), |v, m, h, holds|;

    written {
        "timeout-abort-error" "ABT" at "3.1" []:
            "The reason of a signal whose time is up is an AbortError." {
                instead "3.1" => {
                    let reason = m.dom_exception(atom::ABORT_ERROR);
                    signal_abort(m, h, v.signal, reason);
                };
            }
    }
}
