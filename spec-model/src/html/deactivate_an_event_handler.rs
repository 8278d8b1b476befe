//! Deactivate an event handler. <https://html.spec.whatwg.org/multipage/webappapis.html#deactivate-an-event-handler>

use crate::atom::Atom;
use crate::dom::event_target::remove_an_event_listener;
use crate::html::event_handlers::{event_handler, event_handler_mut};
use crate::machine::Machine;
use crate::step::Algorithm;
use crate::value::{ListenerId, ObjectId};
use crate::watch::{branch, set, step};

const ALGORITHM: Algorithm = Algorithm::of("html/deactivate an event handler");

/// The variables of deactivate an event handler.
pub(crate) struct Deactivate {
    pub(crate) listener: Option<ListenerId>,
}

/// Clears an event handler, and removes it from the listeners.
pub(crate) fn deactivate_an_event_handler(m: &mut Machine, event_target: ObjectId, name: Atom) {
    let mut v = Deactivate { listener: None };
    // 1, 2. Holds by type: a handler is found by its target and its name.
    step!(m, v, "3", event_handler_mut(m, event_target, name).value = None);
    set!(m, v, "4", v.listener = event_handler(m, event_target, name).listener);
    if branch!(m, v, "5", v.listener.is_some())
        && let Some(listener) = v.listener
    {
        step!(m, v, "5", remove_an_event_listener(m, event_target, listener));
    }
    step!(m, v, "6", event_handler_mut(m, event_target, name).listener = None);
}
