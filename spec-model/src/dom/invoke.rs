//! Invoke. <https://dom.spec.whatwg.org/#concept-event-listener-invoke>

use crate::atom::{self, Atom};
use crate::dom::event_target::ListenerList;
use crate::dom::inner_invoke::inner_invoke;
use crate::machine::{Host, Machine};
use crate::step::Algorithm;
use crate::value::EventId;
use crate::watch::{branch, set, step};

const ALGORITHM: Algorithm = Algorithm::of("dom/invoke");

/// On which way along the path listeners are invoked. At the target, both ways come by.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Phase {
    /// To the target.
    Capturing,
    /// Back from it.
    Bubbling,
}

/// The variables of invoke. Path items are named by their place in the path.
pub(crate) struct Invoke {
    pub(crate) path_item: usize,
    pub(crate) event: EventId,
    pub(crate) phase: Phase,
    pub(crate) target_item: usize,
    pub(crate) listeners: ListenerList,
    pub(crate) found: bool,
    pub(crate) original_event_type: Atom,
}

/// Invokes the listeners of one path item in one phase.
pub(crate) fn invoke(m: &mut Machine, h: &mut impl Host, path_item: usize, event: EventId, phase: Phase) {
    let mut v = Invoke {
        path_item,
        event,
        phase,
        target_item: path_item,
        listeners: ListenerList::default(),
        found: false,
        original_event_type: atom::EMPTY,
    };
    set!(m, h, v, "1", v.target_item = path_item);
    while branch!(m, v, "2", m.event(event).path[v.target_item].shadow_adjusted_target.is_none()) {
        set!(m, h, v, "2", v.target_item -= 1);
    }
    step!(m, h, v, "3", m.event_mut(event).target = m.event(event).path[v.target_item].shadow_adjusted_target);
    // 4, 5. Out of scope: no event in scope has a related target or touch targets.
    if branch!(m, v, "6", m.event(event).stop_propagation) {
        return;
    }
    step!(m, h, v, "7", m.event_mut(event).current_target = Some(m.event(event).path[path_item].invocation_target));
    let current_target = m.event(event).path[path_item].invocation_target;
    set!(m, h, v, "8", v.listeners = ListenerList::clone_of(m.target(current_target)));
    // 9. Out of scope: nodes in scope have no shadow trees.
    step!(m, h, v, "10", v.found = inner_invoke(m, h, event, v.listeners.as_slice(), phase));
    if branch!(m, v, "11", !v.found && m.event(event).is_trusted) {
        set!(m, h, v, "11.1", v.original_event_type = m.event(event).event_type);
        let legacy_event_type = legacy_event_type(v.original_event_type);
        if !branch!(m, v, "11.2", legacy_event_type.is_some()) {
            return;
        }
        step!(m, h, v, "11.2", m.event_mut(event).event_type = legacy_event_type.unwrap_or(atom::EMPTY));
        step!(m, h, v, "11.3", v.found = inner_invoke(m, h, event, v.listeners.as_slice(), phase));
        step!(m, h, v, "11.4", m.event_mut(event).event_type = v.original_event_type);
    }
}

/// The table of step 11.2.
#[must_use]
pub fn legacy_event_type(event_type: Atom) -> Option<Atom> {
    match event_type {
        atom::ANIMATION_END => Some(atom::WEBKIT_ANIMATION_END),
        atom::ANIMATION_ITERATION => Some(atom::WEBKIT_ANIMATION_ITERATION),
        atom::ANIMATION_START => Some(atom::WEBKIT_ANIMATION_START),
        atom::TRANSITION_END => Some(atom::WEBKIT_TRANSITION_END),
        _ => None,
    }
}
