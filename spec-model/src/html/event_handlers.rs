//! The event handlers of an `EventTarget`.
//! <https://html.spec.whatwg.org/multipage/webappapis.html#event-handler-attributes>
//!
//! There are no content attributes in scope, so no handler is kept as source text.

use crate::atom::{self, Atom};
use crate::machine::Machine;
use crate::value::{ListenerId, ObjectId};

/// An event handler that was set at some time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Handler {
    /// Its name, for example `onabort`.
    pub name: Atom,
    /// Its value; an object that can't be called is kept too.
    pub value: Option<ObjectId>,
    /// Its listener.
    pub listener: Option<ListenerId>,
}

/// Returns the event handler event type of a handler that the model knows.
#[must_use]
pub fn event_type(name: Atom) -> Option<Atom> {
    match name {
        atom::ON_ABORT => Some(atom::ABORT),
        atom::ON_ERROR => Some(atom::ERROR),
        atom::ON_PROGRESS => Some(atom::PROGRESS),
        atom::ON_INSTALL => Some(atom::INSTALL),
        atom::ON_ACTIVATE => Some(atom::ACTIVATE),
        atom::ON_MESSAGE => Some(atom::MESSAGE),
        atom::ON_MESSAGE_ERROR => Some(atom::MESSAGE_ERROR),
        atom::ON_BACKGROUND_FETCH_CLICK => Some(atom::BACKGROUND_FETCH_CLICK),
        atom::ON_BACKGROUND_FETCH_SUCCESS => Some(atom::BACKGROUND_FETCH_SUCCESS),
        atom::ON_BACKGROUND_FETCH_FAIL => Some(atom::BACKGROUND_FETCH_FAIL),
        atom::ON_BACKGROUND_FETCH_ABORT => Some(atom::BACKGROUND_FETCH_ABORT),
        _ => None,
    }
}

/// Returns an entry of an event handler map. The map stores no handler that was never set.
pub(crate) fn event_handler(m: &Machine, event_target: ObjectId, name: Atom) -> Handler {
    let stored = m.target(event_target).handlers.iter().find(|handler| handler.name == name);
    stored.copied().unwrap_or(Handler { name, value: None, listener: None })
}

/// Returns an entry of an event handler map, to change.
pub(crate) fn event_handler_mut(m: &mut Machine, event_target: ObjectId, name: Atom) -> &mut Handler {
    let handlers = &mut m.target_mut(event_target).handlers;
    let stored = handlers.iter().position(|handler| handler.name == name);
    let index = stored.unwrap_or_else(|| {
        handlers.push(Handler { name, value: None, listener: None });
        handlers.len() - 1
    });
    &mut handlers[index]
}
