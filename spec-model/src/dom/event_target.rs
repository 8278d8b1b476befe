//! Interface `EventTarget`: its listeners. <https://dom.spec.whatwg.org/#interface-eventtarget>

use std::collections::HashSet;

use crate::atom::Atom;
use crate::html::event_handlers::Handler;
use crate::html::the_event_handler_processing_algorithm::the_event_handler_processing_algorithm;
use crate::machine::{Host, Machine};
use crate::value::{Completion, EventId, Kind, ListenerId, ObjectId, RealmId, SignalId, Value};
use crate::web_idl::callback;

pub use crate::dom::add_an_event_listener::add_an_event_listener;
pub use crate::dom::add_event_listener::add_event_listener;
pub use crate::dom::dispatch_event::dispatch_event;
pub use crate::dom::remove_an_event_listener::remove_an_event_listener;
pub use crate::dom::remove_event_listener::remove_event_listener;

/// The listeners and event handlers of an `EventTarget`.
#[derive(Clone, Default, Debug)]
pub struct Target {
    /// The event listener list.
    pub listeners: Vec<ListenerId>,
    /// The event handler map, without the handlers that were never set.
    pub handlers: Vec<Handler>,
    /// What tells the listeners of a long list apart, so that a duplicate is found without going over all.
    keys: Option<HashSet<Key>>,
}

/// What no two listeners of a list share.
pub(crate) type Key = (Atom, Callback, bool);

impl Target {
    /// The longest list that is gone over for a duplicate.
    const SHORT: usize = 32;

    pub(crate) fn contains(&self, listeners: &[Listener], key: Key) -> bool {
        if self.listeners.len() > Self::SHORT {
            return self.keys.as_ref().is_some_and(|keys| keys.contains(&key));
        }
        self.listeners.iter().any(|id| listeners[id.index()].key() == key)
    }

    pub(crate) fn push(&mut self, listeners: &[Listener], id: ListenerId) {
        self.listeners.push(id);
        if self.listeners.len() == Self::SHORT + 1 {
            self.keys = Some(self.listeners.iter().map(|id| listeners[id.index()].key()).collect());
        } else if let Some(keys) = &mut self.keys {
            keys.insert(listeners[id.index()].key());
        }
    }

    pub(crate) fn remove(&mut self, listeners: &[Listener], id: ListenerId) {
        let before = self.listeners.len();
        self.listeners.retain(|&other| other != id);
        if self.listeners.len() == Self::SHORT {
            self.keys = None;
        } else if let Some(keys) = &mut self.keys
            && self.listeners.len() < before
        {
            keys.remove(&listeners[id.index()].key());
        }
    }
}

/// What a listener calls.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Callback {
    /// An object that script gave.
    Object(ObjectId),
    /// The event handler of this name, of the object that the listener belongs to.
    Handler(Atom),
}

impl Callback {
    /// The object that script gave, if it did.
    #[must_use]
    pub fn subject(self) -> Option<ObjectId> {
        match self {
            Callback::Object(object) => Some(object),
            Callback::Handler(_) => None,
        }
    }
}

/// An event listener.
#[derive(Clone, Debug)]
pub struct Listener {
    /// The type.
    pub event_type: Atom,
    /// The callback.
    pub callback: Callback,
    /// Whether it is called on the way to the target.
    pub capture: bool,
    /// Whether it can't cancel.
    pub passive: bool,
    /// Whether it is removed when called.
    pub once: bool,
    /// Whether it was removed.
    pub removed: bool,
}

impl Listener {
    pub(crate) fn key(&self) -> Key {
        (self.event_type, self.callback, self.capture)
    }

    /// The object that script gave, if it did.
    #[must_use]
    pub fn subject(&self) -> Option<ObjectId> {
        self.callback.subject()
    }
}

/// A clone of a listener list, on the stack while it is short.
#[derive(Clone, Debug)]
pub(crate) enum ListenerList {
    Few([ListenerId; Self::FEW], usize),
    Many(Vec<ListenerId>),
}

impl ListenerList {
    const FEW: usize = 8;

    pub(crate) fn clone_of(target: &Target) -> Self {
        let listeners = target.listeners.as_slice();
        if listeners.len() > Self::FEW {
            return ListenerList::Many(listeners.to_vec());
        }
        let mut few = [ListenerId(0); Self::FEW];
        few[..listeners.len()].copy_from_slice(listeners);
        ListenerList::Few(few, listeners.len())
    }

    pub(crate) fn of(listeners: Vec<ListenerId>) -> Self {
        ListenerList::Many(listeners)
    }

    pub(crate) fn as_slice(&self) -> &[ListenerId] {
        match self {
            ListenerList::Few(listeners, length) => &listeners[..*length],
            ListenerList::Many(listeners) => listeners,
        }
    }
}

impl Default for ListenerList {
    fn default() -> Self {
        ListenerList::Few([ListenerId(0); Self::FEW], 0)
    }
}

/// The associated realm of a listener's callback; that of the target whose handler it is.
pub(crate) fn realm_of_callback(m: &Machine, target: ObjectId, listener: ListenerId) -> RealmId {
    m.object(m.listener(listener).subject().unwrap_or(target)).realm
}

/// Calls the callback of a listener with an event.
///
/// # Errors
/// What the callback threw.
pub(crate) fn call(
    m: &mut Machine,
    h: &mut impl Host,
    listener: ListenerId,
    event: EventId,
    current_target: ObjectId,
) -> Completion {
    match m.listener(listener).callback {
        Callback::Object(object) => {
            let arguments = [Value::Object(m.event(event).object)];
            callback::call_a_user_objects_operation(m, h, object, &arguments, Value::Object(current_target))
        }
        Callback::Handler(name) => the_event_handler_processing_algorithm(m, h, current_target, name, event),
    }
}

/// What `addEventListener()` reads from its third argument.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Options {
    /// `capture`.
    pub capture: bool,
    /// `passive`, null where it was not given.
    pub passive: Option<bool>,
    /// `once`.
    pub once: bool,
    /// `signal`.
    pub signal: Option<SignalId>,
}

/// Get the parent. <https://dom.spec.whatwg.org/#get-the-parent>
#[must_use]
pub fn get_the_parent(m: &Machine, target: ObjectId) -> Option<ObjectId> {
    match m.object(target).kind {
        Kind::Node(parent) => parent,
        _ => None,
    }
}

/// Whether an object has a listener for a type.
#[must_use]
pub fn has_listener(m: &Machine, target: ObjectId, event_type: Atom) -> bool {
    m.target(target).listeners.iter().any(|id| m.listener(*id).event_type == event_type)
}

/// Whether the listeners of a target are being invoked.
#[must_use]
pub fn is_busy(m: &Machine, target: ObjectId) -> bool {
    m.events.iter().any(|event| event.dispatch && event.current_target == Some(target))
}
