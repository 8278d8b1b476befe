//! Quirks of add an algorithm to a signal. <https://dom.spec.whatwg.org/#abortsignal-add>

use crate::atom;
use crate::dom::abort_signal_add::AbortSignalAdd;
use crate::dom::event_target::{Options, add_an_event_listener};
use crate::machine::Machine;
use crate::quirk::dom::deed::{self, Deed};
use crate::quirk::hook::quirks;

quirks! {
    AbortSignalAdd, "dom/AbortSignal.add" => (), |v, m, h, holds|;

    written {
        "signal-listens" "SIG" at "2" []:
            "A signal removes listeners by an ordinary listener for its own abort event.",
            "Listeners are removed by abort algorithms that run before the abort event, and no event at the signal removes them." {
                instead "2" => listen(m, v);
            }
        "signal-listens-first" "SIG" at "2" []:
            "A signal removes a listener by an ordinary listener for its own abort event, which is added before that listener.",
            "Listeners are removed by abort algorithms that run before the abort event, and no event at the signal removes them." {
                instead "2" => listen_first(m, v);
            }
        "signal-listens-on" "SIG" at "2" ["dom/inner invoke"]:
            "A signal removes listeners by a listener for its own abort event, which is called although the event was stopped." {
                instead "2" => listen_first(m, v);
            }
    }
}

/// Lets a listener for the event of the signal do what the algorithm does.
fn listen(m: &mut Machine, v: &AbortSignalAdd) {
    let removal = deed::callback_for(m, Deed::Remove(v.algorithm));
    let object = m.signal(v.signal).object;
    add_an_event_listener(m, object, atom::ABORT, Some(removal), Options::default());
}

/// The same, by a listener that comes before the one that it removes.
fn listen_first(m: &mut Machine, v: &AbortSignalAdd) {
    listen(m, v);
    let object = m.signal(v.signal).object;
    let (target, _) = m.target_and_listeners(object);
    if let Some(place) = target.listeners.iter().position(|id| *id == v.algorithm.listener) {
        target.listeners[place..].rotate_right(1);
    }
}
