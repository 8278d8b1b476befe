//! Determine the target of an event handler.
//! <https://html.spec.whatwg.org/multipage/webappapis.html#determining-the-target-of-an-event-handler>

use crate::machine::Machine;
use crate::step::Algorithm;
use crate::value::ObjectId;
use crate::watch::returns;

const ALGORITHM: Algorithm = Algorithm::of("html/determine the target of an event handler");

/// Returns the object whose event handler map has the handler.
pub(crate) fn determine_the_target_of_an_event_handler(m: &mut Machine, event_target: ObjectId) -> ObjectId {
    returns!(m, "1", event_target)
    // 2, 3, 4. Out of scope: no target in scope is a body element.
}
