//! Append to an event path. <https://dom.spec.whatwg.org/#concept-event-path-append>

use crate::dom::event::PathItem;
use crate::machine::Machine;
use crate::step::Algorithm;
use crate::value::{EventId, ObjectId};
use crate::watch::step;

const ALGORITHM: Algorithm = Algorithm::of("dom/append to an event path");

/// Appends a path item to an event's path.
pub(crate) fn append_to_an_event_path(
    m: &mut Machine,
    event: EventId,
    invocation_target: ObjectId,
    shadow_adjusted_target: Option<ObjectId>,
) {
    // 1, 2, 3, 4. Out of scope: nodes in scope have no shadow trees.
    step!(m, "5", m.event_mut(event).path.push(PathItem { invocation_target, shadow_adjusted_target }));
}
