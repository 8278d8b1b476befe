//! Quirks of add an event listener. <https://dom.spec.whatwg.org/#add-an-event-listener>

use crate::atom::{self, Atom};
use crate::dom::abort_signal::Steps;
use crate::dom::abort_signal_add::add;
use crate::dom::add_an_event_listener::AddAnEventListener;
use crate::dom::event_target::{Callback, Key, remove_an_event_listener};
use crate::machine::{Machine, Scope};
use crate::quirk::hook::quirks;
use crate::value::{Kind, ListenerId, ObjectId};

quirks! {
    AddAnEventListener, "dom/add an event listener" => Option<ListenerId>, |v, m, h, holds|;

    subject { v.callback.and_then(Callback::subject) }

    named {
        "aborted-signal-ignored" "SIG" never "2":
            "A listener is added although its signal is aborted.";
        "duplicates-kept" "ADD" always "5":
            "The same listener added again is kept twice.",
            "A second listener with the same type, callback and capture is not added.";
        "signal-ignored" "SIG" never "6":
            "A listener that was added with a signal stays when the signal is aborted.",
            "Aborting the signal removes the listener.";
    }

    written {
        "aborted-signal-removes" "SIG" at "2" []:
            "Adding a listener again with an aborted signal removes it." {
                holds "2" if holds => {
                    if let Some(listener) = first_like(m, v) {
                        remove_an_event_listener(m, v.event_target, listener);
                    }
                    holds
                };
            }
        "late-listeners-ignored" "ADD EXT" at "2" []:
            "Once its script was evaluated, a service worker takes no listeners for events of its own." {
                always "2" if is_late(m, v.event_target, v.event_type);
            }
        "listener-type-lowercased" "ADD" at "5" []:
            "A listener is kept for its type in lower case." {
                holds "5" => {
                    let lower_case = m.atoms.text(v.event_type).to_lowercase();
                    v.event_type = m.atoms.intern(&lower_case);
                    first_like(m, v).is_none()
                };
            }
        "one-listener-list" "TGT ADD" at "5" ["dom/invoke", "dom/EventTarget.removeEventListener(type, callback, options)"]:
            "All constructed targets share one list of listeners." {
                holds "5" => {
                    share_the_list(m, v.event_target);
                    first_like(m, v).is_none()
                };
            }
        "prototype-names-unheard" "ADD" at "5" []:
            "Listeners for types that name a member of Object.prototype are not added." {
                never "5" if is_name_of_prototype(m, v.event_type);
            }
        "duplicates-regardless-of-capture" "ADD" at "5" []:
            "A listener that differs from another in nothing but capture is not added." {
                never "5" if first_but_capture(m, v).is_some();
            }
        "duplicate-replaces-options" "ADD" at "5" []:
            "Adding a listener again gives it the options of the second time." {
                holds "5" if !holds => {
                    replace_options(m, v);
                    holds
                };
            }
        "readded-comes-first" "REM SIG" at "5" []:
            "A listener that is added again after it was removed comes first." {
                after "5" if was_removed_before(m, v) => {
                    let (target, _) = m.target_and_listeners(v.event_target);
                    target.listeners.rotate_right(1);
                };
            }
        "duplicate-binds-signal" "SIG" at "6" []:
            "Adding a listener again with a signal binds it to that signal." {
                instead "6" if !v.is_appended => if let (Some(signal), Some(listener)) = (v.options.signal, first_like(m, v)) {
                    add(m, signal, Steps { target: v.event_target, listener });
                };
            }
    }

    also {
        "signal-removes-by-callback" {
            skip "6" if !v.is_appended;
        }
    }

    shared {
        after "5" => m.watch.aside.ever_heard.push((v.event_target, v.event_type));
    }
}

fn key(v: &AddAnEventListener) -> Option<Key> {
    v.callback.map(|callback| v.key(callback))
}

/// The listener of the list that has a type, callback and capture.
fn first_of(m: &Machine, target: ObjectId, key: Key) -> Option<ListenerId> {
    m.target(target).listeners.iter().copied().find(|id| m.listener(*id).key() == key)
}

/// The listener of the list that is like the new one.
fn first_like(m: &Machine, v: &AddAnEventListener) -> Option<ListenerId> {
    first_of(m, v.event_target, key(v)?)
}

/// The listener of the list that is like the new one but for capture.
fn first_but_capture(m: &Machine, v: &AddAnEventListener) -> Option<ListenerId> {
    let (event_type, callback, capture) = key(v)?;
    first_of(m, v.event_target, (event_type, callback, !capture))
}

/// Gives the listener that is there already the options of the new one.
fn replace_options(m: &mut Machine, v: &AddAnEventListener) {
    if let Some(first) = first_like(m, v) {
        let listener = &mut m.listeners[first.index()];
        (listener.once, listener.passive) = (v.options.once, v.options.passive.unwrap_or(false));
    }
}

/// Whether a listener like the new one was removed before.
fn was_removed_before(m: &Machine, v: &AddAnEventListener) -> bool {
    m.listeners.iter().any(|listener| listener.removed && Some(listener.key()) == key(v))
}

fn is_name_of_prototype(m: &Machine, event_type: Atom) -> bool {
    ["constructor", "toString", "valueOf", "hasOwnProperty", "__proto__"].contains(&m.atoms.text(event_type))
}

/// Whether a type is of a service worker's own events, and the script of that worker was evaluated already.
pub(super) fn is_late(m: &Machine, target: ObjectId, event_type: Atom) -> bool {
    let object = m.object(target);
    let Scope::ServiceWorker(worker) = m.realm(object.realm).scope else { return false };
    let is_own = matches!(
        event_type,
        atom::BACKGROUND_FETCH_CLICK
            | atom::BACKGROUND_FETCH_SUCCESS
            | atom::BACKGROUND_FETCH_FAIL
            | atom::BACKGROUND_FETCH_ABORT
            | atom::MESSAGE
    );
    is_own && matches!(object.kind, Kind::Global) && m.worker(worker).has_ever_been_evaluated
}

/// Gives a constructed target the list of the first one.
pub(super) fn share_the_list(m: &mut Machine, target: ObjectId) {
    let is_constructed = |kind: &Kind| matches!(kind, Kind::EventTarget);
    if is_constructed(&m.object(target).kind)
        && let Some(first) = m.objects.iter().find(|object| is_constructed(&object.kind))
    {
        m.objects[target.index()].target = first.target;
    }
}
