//! Remove an event listener. <https://dom.spec.whatwg.org/#remove-an-event-listener>

use crate::machine::Machine;
use crate::step::Algorithm;
use crate::value::{ListenerId, ObjectId};
use crate::watch::step;

const ALGORITHM: Algorithm = Algorithm::of("dom/remove an event listener");

/// The variables of remove an event listener.
pub(crate) struct RemoveAnEventListener {
    pub(crate) listener: ListenerId,
}

/// Removes a listener from the list of a target.
pub fn remove_an_event_listener(m: &mut Machine, event_target: ObjectId, listener: ListenerId) {
    let mut v = RemoveAnEventListener { listener };
    // 1. Unobservable: it warns on a console.
    step!(m, v, "2", {
        m.listeners[listener.index()].removed = true;
        let (target, listeners) = m.target_and_listeners(event_target);
        target.remove(listeners, listener);
    });
}
