//! Quirks of `removeEventListener()`. <https://dom.spec.whatwg.org/#dom-eventtarget-removeeventlistener>

use crate::dom::event_target::{Callback, is_busy, remove_an_event_listener};
use crate::dom::remove_event_listener::RemoveEventListener;
use crate::machine::Machine;
use crate::quirk::Quirk;
use crate::quirk::dom::add_an_event_listener::{is_late, share_the_list};
use crate::quirk::hook::quirks;
use crate::value::{ListenerId, ObjectId};

quirks! {
    RemoveEventListener, "dom/EventTarget.removeEventListener(type, callback, options)" => (), |v, m, h, holds|;

    subject { v.callback }

    written {
        "removes-everywhere" "REM" at "2" []:
            "removeEventListener() removes the listener from all targets." {
                holds "2" => {
                    remove_elsewhere(m, v);
                    holds
                };
            }
        "remove-regardless-of-capture" "REM" at "2" []:
            "removeEventListener() does not compare capture." {
                holds "2" => finds(m, v);
            }
        "removal-prefers-bubbling" "REM" at "2" []:
            "removeEventListener() does not compare capture, and removes the non-capture listener first." {
                holds "2" => finds(m, v);
            }
        "bound-listeners-stay" "REM SIG" at "2" []:
            "A listener that has the option once, passive or signal is not found by removeEventListener()." {
                holds "2" => finds(m, v);
            }
        "removal-waits" "MUT" at "2" []:
            "removeEventListener() does nothing while an event is being dispatched at the target." {
                never "2" if is_busy(m, v.this);
            }
        "late-removal-ignored" "REM" at "2" []:
            "Once its script was evaluated, a service worker lets go of no listeners for events of its own." {
                never "2" if is_late(m, v.this, v.event_type);
            }
    }

    also {
        "removal-options-unread" {
            holds "2" => finds(m, v);
        }
        "one-listener-list" {
            holds "2" => {
                share_the_list(m, v.this);
                finds(m, v)
            };
        }
    }
}

/// Removes the listener from all other targets.
fn remove_elsewhere(m: &mut Machine, v: &RemoveEventListener) {
    let Some(callback) = v.callback.map(Callback::Object) else { return };
    let key = (v.event_type, callback, v.capture);
    for other in (0..m.objects.len() as u32).map(ObjectId) {
        let found = m.object(other).target.and_then(|list| {
            let mut listeners = m.targets[list.index()].listeners.iter().copied();
            listeners.find(|id| other != v.this && m.listener(*id).key() == key)
        });
        if let Some(found) = found {
            remove_an_event_listener(m, other, found);
        }
    }
}

/// Looks for the listener to remove; returns whether there is one.
fn finds(m: &Machine, v: &mut RemoveEventListener) -> bool {
    let Some(callback) = v.callback.map(Callback::Object) else { return false };
    let prefers_bubbling = m.meets(const { Quirk::of("removal-prefers-bubbling") });
    let any_capture = prefers_bubbling
        || m.meets(const { Quirk::of("remove-regardless-of-capture") })
        || m.meets(const { Quirk::of("removal-options-unread") });
    let is_found = |id: &ListenerId| {
        let listener = m.listener(*id);
        (listener.event_type, listener.callback) == (v.event_type, callback)
            && (any_capture || listener.capture == v.capture)
            && !(is_bound(m, *id) && m.meets(const { Quirk::of("bound-listeners-stay") }))
    };
    let mut found = m.target(v.this).listeners.iter().copied().filter(is_found);
    v.listener = if prefers_bubbling { found.min_by_key(|id| m.listener(*id).capture) } else { found.next() };
    v.listener.is_some()
}

/// Whether a listener has the option once, passive or signal.
fn is_bound(m: &Machine, id: ListenerId) -> bool {
    let listener = m.listener(id);
    let has_signal = || m.signals.iter().any(|signal| signal.algorithms.iter().any(|steps| steps.listener == id));
    listener.once || listener.passive || has_signal()
}
