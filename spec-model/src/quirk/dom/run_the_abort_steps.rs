//! Quirks of run the abort steps. <https://dom.spec.whatwg.org/#run-the-abort-steps>

use crate::atom;
use crate::dom::abort_signal::Steps;
use crate::dom::event_target::remove_an_event_listener;
use crate::dom::fire_an_event::{fire_a_plain_event, fire_an_event};
use crate::dom::run_the_abort_steps::RunTheAbortSteps;
use crate::machine::{Host, Machine};
use crate::quirk::Quirk;
use crate::quirk::aside;
use crate::quirk::hook::quirks;
use crate::value::{ListenerId, ObjectId};
use crate::web_idl::interfaces::Interface;

quirks! {
    RunTheAbortSteps, "dom/run the abort steps" => (), |v, m, h, holds|;

    named {
        "no-abort-event" "ABT" skip "3":
            "No abort event is fired.";
    }

    written {
        "abort-removes-all" "SIG" at "1" []:
            "An abort removes all listeners of the target that have the type of the one that was added with the signal." {
                before "1" => remove_all(m, v);
            }
        "signal-removes-by-callback" "SIG" at "6.1" of "dom/add an event listener" ["dom/run the abort steps"]:
            "Aborting a signal removes whatever listener has the type, callback and capture of the one that was added with it.",
            "Aborting a signal removes the very listener that was added with it, and no later one with the same callback." {
                instead "1" => remove_again(m, h, v);
            }
        "abort-event-first" "SIG" at "3" []:
            "The abort event is fired before the listeners bound to the signal are removed." {
                before "1" if matches!(v.algorithm, Some((0, _))) => {
                    fire_a_plain_event(m, h, atom::ABORT, m.signal(v.signal).object);
                };
                skip "3" if v.algorithm.is_some();
            }
        "abort-by-method" "ABT" at "3" []:
            "Instead of firing the abort event, the dispatchEvent that script gave the signal is called." {
                instead "3" => {
                    let object = m.signal(v.signal).object;
                    if aside::call_own_method(m, h, object, atom::DISPATCH_EVENT).is_none() {
                        fire_a_plain_event(m, h, atom::ABORT, object);
                    }
                };
            }
        "abort-event-bubbles" "ABT" at "3" []:
            "The abort event bubbles, is cancelable and composed." {
                instead "3" => {
                    fire_an_event(m, h, atom::ABORT, m.signal(v.signal).object, Interface::Event, |event| {
                        (event.bubbles, event.cancelable, event.composed) = (true, true, true);
                    });
                };
            }
    }

    also {
        "signal-by-method" {
            instead "1" => remove_again(m, h, v);
        }
    }
}

/// Removes all listeners that have the type of the one that was added with the signal.
fn remove_all(m: &mut Machine, v: &RunTheAbortSteps) {
    let Some((_, Steps { target, listener })) = v.algorithm else { return };
    let event_type = m.listener(listener).event_type;
    for other in m.target(target).listeners.clone() {
        if m.listener(other).event_type == event_type {
            remove_an_event_listener(m, target, other);
        }
    }
}

fn remove_again(m: &mut Machine, h: &mut impl Host, v: &RunTheAbortSteps) {
    if let Some((_, algorithm)) = v.algorithm {
        remove(m, h, algorithm);
    }
}

/// Does what an abort algorithm does.
pub(super) fn remove(m: &mut Machine, h: &mut impl Host, algorithm: Steps) {
    let Steps { target, listener } = algorithm;
    if m.meets(const { Quirk::of("signal-by-method") })
        && aside::call_own_method(m, h, target, atom::REMOVE_EVENT_LISTENER).is_some()
    {
        return;
    }
    let by_callback = m.meets(const { Quirk::of("signal-removes-by-callback") });
    let listener = if by_callback { alike(m, target, listener) } else { Some(listener) };
    if let Some(listener) = listener {
        remove_an_event_listener(m, target, listener);
    }
}

/// The listener of a target that has the type, callback and capture of another, which may have been removed.
pub(super) fn alike(m: &Machine, target: ObjectId, listener: ListenerId) -> Option<ListenerId> {
    let key = m.listener(listener).key();
    m.target(target).listeners.iter().copied().find(|id| m.listener(*id).key() == key)
}
