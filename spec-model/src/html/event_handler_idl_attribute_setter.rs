//! The setter of an event handler IDL attribute.
//! <https://html.spec.whatwg.org/multipage/webappapis.html#event-handler-idl-attributes>

use crate::atom::Atom;
use crate::html::activate_an_event_handler::activate_an_event_handler;
use crate::html::deactivate_an_event_handler::deactivate_an_event_handler;
use crate::html::determine_the_target_of_an_event_handler::determine_the_target_of_an_event_handler;
use crate::html::event_handlers::event_handler_mut;
use crate::machine::Machine;
use crate::step::Algorithm;
use crate::value::ObjectId;
use crate::watch::{branch, set, step};

const ALGORITHM: Algorithm = Algorithm::of("html/event handler IDL attribute setter");

/// The variables of the setter.
pub(crate) struct Setter {
    pub(crate) event_target: ObjectId,
    pub(crate) name: Atom,
    pub(crate) given_value: Option<ObjectId>,
}

/// Sets an event handler to a value that was converted already.
pub fn event_handler_idl_attribute_setter(m: &mut Machine, this: ObjectId, name: Atom, given_value: Option<ObjectId>) {
    let mut v = Setter { event_target: this, name, given_value };
    set!(m, v, "1", v.event_target = determine_the_target_of_an_event_handler(m, this));
    // 2. Holds by type: every handler in scope has a target.
    if branch!(m, v, "3", given_value.is_none()) {
        step!(m, v, "3", deactivate_an_event_handler(m, v.event_target, name));
    } else {
        // 4. Abstracted: it only holds the steps below it together, which have code.
        // 4.1, 4.2. Holds by type: a handler is found by its target and its name.
        step!(m, v, "4.3", event_handler_mut(m, v.event_target, name).value = given_value);
        step!(m, v, "4.4", activate_an_event_handler(m, v.event_target, name));
    }
}
