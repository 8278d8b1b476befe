//! Activate an event handler. <https://html.spec.whatwg.org/multipage/webappapis.html#activate-an-event-handler>

use crate::atom::{self, Atom};
use crate::dom::event_target::{Callback, Options, add_an_event_listener};
use crate::html::event_handlers::{self, event_handler, event_handler_mut};
use crate::machine::Machine;
use crate::step::Algorithm;
use crate::value::{ListenerId, ObjectId};
use crate::watch::{branch, set, step};

const ALGORITHM: Algorithm = Algorithm::of("html/activate an event handler");

/// The variables of activate an event handler.
pub(crate) struct Activate {
    pub(crate) event_target: ObjectId,
    pub(crate) name: Atom,
    pub(crate) callback: Callback,
    /// The type of the new listener.
    pub(crate) event_type: Atom,
    /// The other members of the new listener.
    pub(crate) options: Options,
    pub(crate) listener: Option<ListenerId>,
}

/// Gives an event handler its place among the listeners, where it has none.
pub(crate) fn activate_an_event_handler(m: &mut Machine, event_target: ObjectId, name: Atom) {
    let mut v = Activate {
        event_target,
        name,
        callback: Callback::Handler(name),
        event_type: atom::EMPTY,
        options: Options::default(),
        listener: None,
    };
    // 1, 2. Holds by type: a handler is found by its target and its name.
    if branch!(m, v, "3", event_handler(m, event_target, name).listener.is_some()) {
        return;
    }
    set!(m, v, "4", v.callback = Callback::Handler(name));
    set!(m, v, "5", v.event_type = event_handlers::event_type(name).expect("only known handlers are set"));
    step!(m, v, "6", v.listener = add_an_event_listener(m, event_target, v.event_type, Some(v.callback), v.options));
    step!(m, v, "7", event_handler_mut(m, event_target, name).listener = v.listener);
}
