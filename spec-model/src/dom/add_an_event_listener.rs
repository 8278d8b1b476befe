//! Add an event listener. <https://dom.spec.whatwg.org/#add-an-event-listener>

use crate::atom::Atom;
use crate::dom::abort_signal::Steps;
use crate::dom::abort_signal_add::add;
use crate::dom::default_passive_value::default_passive_value;
use crate::dom::event_target::{Callback, Key, Listener, Options};
use crate::machine::Machine;
use crate::step::Algorithm;
use crate::value::{ListenerId, ObjectId};
use crate::watch::{branch, step};

const ALGORITHM: Algorithm = Algorithm::of("dom/add an event listener");

/// The variables of add an event listener. The listener is given by its parts until its place is known.
pub(crate) struct AddAnEventListener {
    pub(crate) event_target: ObjectId,
    pub(crate) event_type: Atom,
    pub(crate) callback: Option<Callback>,
    pub(crate) options: Options,
    pub(crate) listener: Option<ListenerId>,
    /// Whether the listener was appended to the event listener list.
    pub(crate) is_appended: bool,
}

/// Adds an event listener; returns it if it was appended to the list.
pub fn add_an_event_listener(
    m: &mut Machine,
    event_target: ObjectId,
    event_type: Atom,
    callback: Option<Callback>,
    options: Options,
) -> Option<ListenerId> {
    let mut v = AddAnEventListener { event_target, event_type, callback, options, listener: None, is_appended: false };
    // 1. Unobservable: it warns on a console.
    if branch!(m, v, "2", options.signal.is_some_and(|signal| m.signal(signal).is_aborted())) {
        return None;
    }
    if branch!(m, v, "3", v.callback.is_none()) {
        return None;
    }
    let callback = v.callback?;
    if branch!(m, v, "4", v.options.passive.is_none()) {
        step!(m, v, "4", v.options.passive = Some(default_passive_value(m, v.event_type, event_target)));
    }
    if branch!(m, v, "5", !m.target(event_target).contains(&m.listeners, v.key(callback))) {
        step!(m, v, "5", {
            v.is_appended = true;
            let listener = v.listener(m, callback);
            let (target, listeners) = m.target_and_listeners(event_target);
            target.push(listeners, listener);
        });
    }
    if branch!(m, v, "6", options.signal.is_some())
        && let Some(signal) = options.signal
    {
        // 6.1. Abstracted: the abort algorithm is data, which running the abort steps interprets.
        step!(m, v, "6", {
            let listener = v.listener(m, callback);
            add(m, signal, Steps { target: event_target, listener });
        });
    }
    v.listener.filter(|_| v.is_appended)
}

impl AddAnEventListener {
    pub(crate) fn key(&self, callback: Callback) -> Key {
        (self.event_type, callback, self.options.capture)
    }

    /// Returns the listener, which gets its place among all listeners when it is first asked for.
    pub(crate) fn listener(&mut self, m: &mut Machine, callback: Callback) -> ListenerId {
        *self.listener.get_or_insert_with(|| {
            let Options { capture, passive, once, .. } = self.options;
            let id = ListenerId(m.listeners.len() as u32);
            let passive = passive.unwrap_or(false);
            m.listeners.push(Listener {
                event_type: self.event_type,
                callback,
                capture,
                passive,
                once,
                removed: false,
            });
            id
        })
    }
}
