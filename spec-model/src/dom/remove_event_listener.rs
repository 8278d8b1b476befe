//! `removeEventListener()`. <https://dom.spec.whatwg.org/#dom-eventtarget-removeeventlistener>

use crate::atom::Atom;
use crate::dom::event_target::Callback;
use crate::dom::remove_an_event_listener::remove_an_event_listener;
use crate::machine::Machine;
use crate::step::Algorithm;
use crate::value::{ListenerId, ObjectId};
use crate::watch::{branch, step};

const ALGORITHM: Algorithm = Algorithm::of("dom/EventTarget.removeEventListener(type, callback, options)");

/// The variables of `removeEventListener()`.
pub(crate) struct RemoveEventListener {
    pub(crate) this: ObjectId,
    pub(crate) event_type: Atom,
    pub(crate) callback: Option<ObjectId>,
    pub(crate) capture: bool,
    /// The listener that the list contains.
    pub(crate) listener: Option<ListenerId>,
}

/// Removes the listener that has the type, callback and capture.
pub fn remove_event_listener(
    m: &mut Machine,
    this: ObjectId,
    event_type: Atom,
    callback: Option<ObjectId>,
    capture: bool,
) {
    // 1. Abstracted: the conversion of the argument gives the boolean already.
    let mut v = RemoveEventListener { this, event_type, callback, capture, listener: None };
    v.listener = v.find(m);
    if branch!(m, v, "2", v.listener.is_some())
        && let Some(listener) = v.listener
    {
        step!(m, v, "2", remove_an_event_listener(m, this, listener));
    }
}

impl RemoveEventListener {
    fn find(&self, m: &Machine) -> Option<ListenerId> {
        let key = (self.event_type, Callback::Object(self.callback?), self.capture);
        m.target(self.this).listeners.iter().copied().find(|id| m.listener(*id).key() == key)
    }
}
