//! Quirks of signal abort. <https://dom.spec.whatwg.org/#abortsignal-signal-abort>

use crate::dom::run_the_abort_steps::run_the_abort_steps;
use crate::dom::signal_abort::SignalAbort;
use crate::machine::{Host, Machine};
use crate::quirk::hook::quirks;
use crate::value::Value;

quirks! {
    SignalAbort, "dom/AbortSignal.signal abort" => (), |v, m, h, holds|;

    named {
        "dependents-not-aborted" "ABT" never "4.1":
            "Dependent signals are not aborted.";
    }

    written {
        "reason-not-default" "ABT" at "2" []:
            "The reason of a signal aborted without one is undefined." {
                // As `undefined` means that a signal is not aborted, null has to stand for it.
                instead "2" if v.reason == Value::Undefined => m.signal_mut(v.signal).reason = Value::Null;
            }
        "null-reason-replaced" "ABT" at "2" ["dom/AbortSignal.abort(reason)"]:
            "A reason that is null is replaced by an AbortError." {
                never "2" if v.reason == Value::Null;
            }
        "aborts-again" "ABT" at "4.1" []:
            "A dependent signal that is aborted already is aborted again by another of its sources.",
            "A dependent signal is aborted once: a later abort of a source neither changes its reason nor fires an event." {
                never "1" if m.signal(v.signal).dependent;
                always "4.1";
            }
        "dependents-late" "ABT SIG" at "4.1.1" []:
            "A dependent signal is aborted only when its turn comes, after the event of its source." {
                skip "4.1.1";
                skip "6" if m.signal(v.dependent_signal).is_aborted();
                before "6" => m.signal_mut(v.dependent_signal).reason = m.signal(v.signal).reason;
            }
        "dependents-first" "ABT" at "5" []:
            "The dependents of a signal are told of its abort before those who listen to the signal itself." {
                before "5" => abort_dependents(m, h, v);
            }
    }
}

/// Runs the abort steps of the dependent signals, which leaves step 6 nothing to do.
fn abort_dependents(m: &mut Machine, h: &mut impl Host, v: &mut SignalAbort) {
    for dependent_signal in std::mem::take(&mut v.dependent_signals_to_abort) {
        if m.meets(const { crate::Quirk::of("dependents-late") }) {
            m.signal_mut(dependent_signal).reason = m.signal(v.signal).reason;
        }
        run_the_abort_steps(m, h, dependent_signal);
    }
}
