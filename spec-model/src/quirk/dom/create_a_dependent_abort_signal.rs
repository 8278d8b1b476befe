//! Quirks of create a dependent abort signal. <https://dom.spec.whatwg.org/#create-a-dependent-abort-signal>

use crate::atom;
use crate::dom::create_a_dependent_abort_signal::CreateADependentAbortSignal;
use crate::dom::event_target::{Options, add_an_event_listener};
use crate::machine::Machine;
use crate::quirk::dom::deed::{self, Deed};
use crate::quirk::hook::quirks;

quirks! {
    CreateADependentAbortSignal, "dom/create a dependent abort signal" => crate::ObjectId, |v, m, h, holds|;

    named {
        "any-not-aborted" "ABT" never "2":
            "AbortSignal.any() gives a signal that is not aborted although one of its sources is.";
    }

    written {
        "dependents-listen" "ABT SIG" at "4.1.2" ["dom/inner invoke"]:
            "A signal of AbortSignal.any() is aborted by a listener for the abort events of the signals that it was given.",
            "Dependent signals are aborted with their source, before any event, and not by an event that script dispatches." {
                always "4.1";
                skip "4.1.1";
                instead "4.1.2" => listen(m, v);
            }
    }
}

/// Lets the dependent signal listen for the event of a source.
fn listen(m: &mut Machine, v: &CreateADependentAbortSignal) {
    let source = m.signal(v.signal).object;
    let options = Options { once: true, ..Options::default() };
    let follow = deed::callback_for(m, Deed::Follow(v.result_signal));
    add_an_event_listener(m, source, atom::ABORT, Some(follow), options);
}
