//! `composedPath()`. <https://dom.spec.whatwg.org/#dom-event-composedpath>

use crate::machine::Machine;
use crate::step::Algorithm;
use crate::value::{EventId, ObjectId};
use crate::watch::{branch, set, step};

const ALGORITHM: Algorithm = Algorithm::of("dom/Event.composedPath()");

/// The variables of `composedPath()`.
pub(crate) struct ComposedPath<'a> {
    pub(crate) event: EventId,
    pub(crate) composed_path: &'a mut Vec<ObjectId>,
    pub(crate) current_target: Option<ObjectId>,
    pub(crate) current_target_index: usize,
    pub(crate) index: usize,
}

/// Fills an empty list with the invocation targets on the path of an event.
pub fn composed_path(m: &mut Machine, event: EventId, composed_path: &mut Vec<ObjectId>) {
    let mut v = ComposedPath { event, composed_path, current_target: None, current_target_index: 0, index: 0 };
    // 1. Holds by type: the list is the caller's.
    // 2. Holds by type: the event has its path.
    if branch!(m, v, "3", m.event(event).path.is_empty()) {
        return;
    }
    set!(m, v, "4", v.current_target = m.event(event).current_target);
    // 5. Unobservable: it is an assertion.
    step!(m, v, "6", v.composed_path.extend(v.current_target));
    set!(m, v, "7", v.current_target_index = 0);
    // 8. Out of scope: nodes in scope have no shadow trees, so no level is counted.
    set!(m, v, "9", v.index = m.event(event).path.len().saturating_sub(1));
    for index in (0..m.event(event).path.len()).rev() {
        set!(m, v, "10", v.index = index);
        // 10.1. Out of scope: nodes in scope have no shadow trees.
        if branch!(m, v, "10.2", Some(m.event(event).path[index].invocation_target) == v.current_target) {
            set!(m, v, "10.2", v.current_target_index = index);
            break;
        }
        // 10.3. Out of scope: nodes in scope have no slots.
        // 10.4. Abstracted: the loop counts.
    }
    // 11. Out of scope: nodes in scope have no shadow trees, so no level is counted.
    // 12. Abstracted: the loop begins there.
    for index in (0..v.current_target_index).rev() {
        set!(m, v, "13", v.index = index);
        // 13.1. Out of scope: nodes in scope have no shadow trees.
        step!(m, v, "13.2", v.composed_path.insert(0, m.event(event).path[index].invocation_target));
        // 13.3, 13.3.1, 13.3.2. Out of scope: nodes in scope have no slots.
        // 13.4. Abstracted: the loop counts.
    }
    // 14. Out of scope: nodes in scope have no shadow trees, so no level is counted.
    // 15. Abstracted: the loop begins there.
    for index in v.current_target_index + 1..m.event(event).path.len() {
        set!(m, v, "16", v.index = index);
        // 16.1. Out of scope: nodes in scope have no slots.
        step!(m, v, "16.2", v.composed_path.push(m.event(event).path[index].invocation_target));
        // 16.3, 16.3.1, 16.3.2. Out of scope: nodes in scope have no shadow trees.
        // 16.4. Abstracted: the loop counts.
    }
    // 17. Holds by type: the list is the caller's.
}
