//! The getter of an event handler IDL attribute.
//! <https://html.spec.whatwg.org/multipage/webappapis.html#event-handler-idl-attributes>

use crate::atom::Atom;
use crate::html::determine_the_target_of_an_event_handler::determine_the_target_of_an_event_handler;
use crate::html::get_the_current_value_of_the_event_handler::get_the_current_value_of_the_event_handler;
use crate::machine::Machine;
use crate::step::Algorithm;
use crate::value::{ObjectId, Value};
use crate::watch::{returns, set};

const ALGORITHM: Algorithm = Algorithm::of("html/event handler IDL attribute getter");

/// The variables of the getter.
pub(crate) struct Getter {
    pub(crate) event_target: ObjectId,
    pub(crate) name: Atom,
}

/// Returns the value of an event handler.
#[must_use]
pub fn event_handler_idl_attribute_getter(m: &mut Machine, this: ObjectId, name: Atom) -> Value {
    let mut v = Getter { event_target: this, name };
    set!(m, v, "1", v.event_target = determine_the_target_of_an_event_handler(m, this));
    // 2. Holds by type: every handler in scope has a target.
    returns!(m, v, "3", get_the_current_value_of_the_event_handler(m, v.event_target, name).into())
}
