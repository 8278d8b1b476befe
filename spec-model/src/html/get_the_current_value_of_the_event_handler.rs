//! Get the current value of the event handler.
//! <https://html.spec.whatwg.org/multipage/webappapis.html#getting-the-current-value-of-the-event-handler>

use crate::atom::Atom;
use crate::html::event_handlers::event_handler;
use crate::machine::Machine;
use crate::step::Algorithm;
use crate::value::ObjectId;
use crate::watch::returns;

const ALGORITHM: Algorithm = Algorithm::of("html/get the current value of the event handler");

/// Returns the value of an event handler.
pub(crate) fn get_the_current_value_of_the_event_handler(
    m: &mut Machine,
    event_target: ObjectId,
    name: Atom,
) -> Option<ObjectId> {
    // 1, 2. Holds by type: a handler is found by its target and its name.
    // 3, 3.1, 3.2, 3.3, 3.4, 3.5, 3.6. Out of scope: without content attributes no handler is source text.
    // 3.7, 3.7.1, 3.7.2, 3.7.3, 3.7.4, 3.8. Out of scope: no handler is source text.
    // 3.9, 3.9.*1, 3.9.*2, 3.9.*3, 3.9.*4. Out of scope: no handler is source text.
    // 3.9.1, 3.9.2, 3.9.3, 3.9.4, 3.9.5, 3.9.6. Out of scope: no handler is source text.
    // 3.10, 3.11, 3.12. Out of scope: no handler is source text.
    returns!(m, "4", event_handler(m, event_target, name).value)
}
