//! Dispatch. <https://dom.spec.whatwg.org/#concept-event-dispatch>
//!
//! In this model a target is at most a node in a plain chain of parents.

use crate::dom::append_to_an_event_path::append_to_an_event_path;
use crate::dom::event::EventPhase;
use crate::dom::event_target::get_the_parent;
use crate::dom::invoke::{Phase, invoke};
use crate::machine::{Host, Machine};
use crate::step::Algorithm;
use crate::value::{EventId, ObjectId};
use crate::watch::{branch, returns, set, step};

const ALGORITHM: Algorithm = Algorithm::of("dom/dispatch");

/// The variables of dispatch.
pub(crate) struct Dispatch {
    pub(crate) event: EventId,
    pub(crate) target: ObjectId,
    pub(crate) parent: Option<ObjectId>,
    /// The place of the item in the path.
    pub(crate) item: usize,
}

/// Dispatches an event; returns whether its canceled flag is unset.
pub fn dispatch(m: &mut Machine, h: &mut impl Host, event: EventId, target: ObjectId) -> bool {
    let mut v = Dispatch { event, target, parent: None, item: 0 };
    step!(m, h, v, "1", m.event_mut(event).dispatch = true);
    // 2. Out of scope: only the load event of a window has another target than it is dispatched to.
    // 3. Out of scope: no target in scope has activation behavior.
    // 4. Out of scope: no event in scope has a related target.
    // 5. Out of scope: nodes in scope have no shadow trees.
    // 6. Out of scope: no event in scope has a related target.
    // 6.1, 6.2. Out of scope: no event in scope has touch targets.
    step!(m, h, v, "6.3", append_to_an_event_path(m, event, target, Some(target)));
    // 6.4, 6.5. Out of scope: no target in scope has activation behavior.
    // 6.6, 6.7. Out of scope: nodes in scope have no slots.
    set!(m, h, v, "6.8", v.parent = get_the_parent(m, target));
    while branch!(m, v, "6.9", v.parent.is_some())
        && let Some(parent) = v.parent
    {
        // 6.9.1, 6.9.1.1, 6.9.1.2, 6.9.1.3, 6.9.2. Out of scope: nodes in scope have no slots.
        // 6.9.3. Out of scope: no event in scope has a related target.
        // 6.9.4, 6.9.5. Out of scope: no event in scope has touch targets.
        // 6.9.6. Abstracted: a parent is always of the same tree here, so there is nothing to ask.
        // 6.9.6.1. Out of scope: no target in scope has activation behavior.
        step!(m, h, v, "6.9.6.2", append_to_an_event_path(m, event, parent, None));
        // 6.9.7. Out of scope: no event in scope has a related target.
        // 6.9.8, 6.9.8.1. Out of scope: nodes in scope have no shadow trees.
        // 6.9.8.2. Out of scope: no target in scope has activation behavior.
        // 6.9.8.3. Out of scope: nodes in scope have no shadow trees.
        set!(m, h, v, "6.9.9", v.parent = get_the_parent(m, parent));
        // 6.9.10. Out of scope: nodes in scope have no slots.
    }
    // 6.10, 6.11. Out of scope: nodes in scope have no shadow trees.
    // 6.12. Out of scope: no target in scope has activation behavior.
    for item in (0..m.event(event).path.len()).rev() {
        set!(m, h, v, "6.13", v.item = item);
        if branch!(m, v, "6.13.1", m.event(event).path[v.item].shadow_adjusted_target.is_some()) {
            step!(m, h, v, "6.13.1", m.event_mut(event).event_phase = EventPhase::AtTarget);
        } else {
            step!(m, h, v, "6.13.2", m.event_mut(event).event_phase = EventPhase::Capturing);
        }
        step!(m, h, v, "6.13.3", invoke(m, h, v.item, event, Phase::Capturing));
    }
    for item in 0..m.event(event).path.len() {
        set!(m, h, v, "6.14", v.item = item);
        if branch!(m, v, "6.14.1", m.event(event).path[v.item].shadow_adjusted_target.is_some()) {
            step!(m, h, v, "6.14.1", m.event_mut(event).event_phase = EventPhase::AtTarget);
        } else {
            // 6.14.2. Abstracted: it only holds the steps below it together, which have code.
            if branch!(m, v, "6.14.2.1", !m.event(event).bubbles) {
                continue;
            }
            step!(m, h, v, "6.14.2.2", m.event_mut(event).event_phase = EventPhase::Bubbling);
        }
        step!(m, h, v, "6.14.3", invoke(m, h, v.item, event, Phase::Bubbling));
    }
    step!(m, h, v, "7", m.event_mut(event).event_phase = EventPhase::None);
    step!(m, h, v, "8", m.event_mut(event).current_target = None);
    step!(m, h, v, "9", m.event_mut(event).path.clear());
    step!(m, h, v, "10", {
        let event = m.event_mut(event);
        (event.dispatch, event.stop_propagation, event.stop_immediate_propagation) = (false, false, false);
    });
    // 11, 11.1, 11.2, 11.3. Out of scope: nodes in scope have no shadow trees.
    // 12, 12.1, 12.2. Out of scope: no target in scope has activation behavior.
    let canceled = branch!(m, v, "13", m.event(event).canceled);
    returns!(m, h, v, "13", !canceled)
}
