//! Quirks of `AbortSignal.abort()`. <https://dom.spec.whatwg.org/#dom-abortsignal-abort>

use crate::dom::abort_signal_abort::AbortSignalAbort;
use crate::quirk::hook::quirks;
use crate::value::{ObjectId, Value};

quirks! {
    AbortSignalAbort, "dom/AbortSignal.abort(reason)" => ObjectId, |v, m, h, holds|;

    named {
        "static-abort-inert" "ABT" skip "2":
            "AbortSignal.abort() gives a signal that is not aborted.";
    }

    also {
        "null-reason-replaced" {
            never "2" if v.reason == Value::Null;
        }
    }
}
