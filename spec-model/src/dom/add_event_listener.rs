//! `addEventListener()`. <https://dom.spec.whatwg.org/#dom-eventtarget-addeventlistener>

use crate::atom::{self, Atom};
use crate::dom::add_an_event_listener::add_an_event_listener;
use crate::dom::event_target::{Callback, Options};
use crate::machine::Machine;
use crate::step::Algorithm;
use crate::value::{Kind, ListenerId, ObjectId};
use crate::watch::step;

const ALGORITHM: Algorithm = Algorithm::of("dom/EventTarget.addEventListener(type, callback, options)");

/// Adds a listener that script gave; returns it if it was appended to the list.
pub fn add_event_listener(
    m: &mut Machine,
    this: ObjectId,
    event_type: Atom,
    callback: Option<ObjectId>,
    options: Options,
) -> Option<ListenerId> {
    // Rejections are announced here, and no event tells of them.
    if matches!(event_type, atom::UNHANDLED_REJECTION | atom::REJECTION_HANDLED) {
        m.unknown |= matches!(m.object(this).kind, Kind::Global);
    }
    let mut listener = None;
    // 1. Abstracted: the conversion of the argument gives all four values already.
    let callback = callback.map(Callback::Object);
    step!(m, "2", listener = add_an_event_listener(m, this, event_type, callback, options));
    listener
}
