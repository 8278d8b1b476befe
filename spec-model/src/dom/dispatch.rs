//! Dispatch. <https://dom.spec.whatwg.org/#concept-event-dispatch>
//!
//! Shadow trees, related targets, touch targets and activation behaviour are out of scope: in this model a target is
//! at most a node in a plain chain of parents.

use crate::atom;
use crate::dom::event::{PathItem, Phase};
use crate::dom::event_target::{self, get_the_parent};
use crate::dom::inner_invoke::inner_invoke;
use crate::dom::invoke::{self, Pass};
use crate::machine::{Host, Machine};
use crate::quirk::Quirk;
use crate::step::{Algorithm, branch, step};
use crate::value::{EventId, ObjectId, Property, Value};

const DISPATCH: Algorithm = Algorithm::of("dom/dispatch");
const APPEND: Algorithm = Algorithm::of("dom/append to an event path");

/// Dispatches an event, and tells whether nobody canceled it.
pub fn dispatch(m: &mut Machine, h: &mut impl Host, event: EventId, target: ObjectId) -> bool {
    step!(m, DISPATCH, "1");
    m.event_mut(event).path.clear();
    if m.is_bent(Quirk::UnheardUncanceled) && !event_target::is_heard(m, target, event) {
        m.event_mut(event).target = Some(target);
        return true;
    }
    m.event_mut(event).dispatch = true;
    if m.minds_quirks() {
        bend_at_the_start(m, event);
    }
    // 6: the path, from the target to the last of its parents.
    step!(m, DISPATCH, "6.3");
    append_to_an_event_path(m, event, target, Some(target));
    step!(m, DISPATCH, "6.8");
    let mut parent = get_the_parent(m, target);
    while branch!(m, DISPATCH, "6.9", parent.is_some())
        && let Some(node) = parent
    {
        step!(m, DISPATCH, "6.9.6.2");
        append_to_an_event_path(m, event, node, None);
        if m.is_bent(Quirk::ParentConstructorRead)
            && matches!(m.own_property(node, atom::CONSTRUCTOR), Some(Property::Data(Value::Null)))
        {
            m.aside.escaped = Some(m.type_error());
        }
        step!(m, DISPATCH, "6.9.9");
        parent = get_the_parent(m, node);
    }
    let before = m.listeners.len();
    if m.is_bent(Quirk::ListsClonedFirst) {
        for index in 0..m.event(event).path.len() {
            let target = m.event(event).path[index].invocation_target;
            let listeners = m.target(target).listeners.clone();
            m.aside.cloned_lists.push((event, target, listeners));
        }
    }
    // 6.13: from the last parent down to the target.
    for index in (0..m.event(event).path.len()).rev() {
        if branch!(m, DISPATCH, "6.13.1", m.event(event).path[index].shadow_adjusted_target.is_some()) {
            step!(m, DISPATCH, "6.13.1");
            m.event_mut(event).event_phase = Phase::AtTarget;
            if m.is_bent(Quirk::CapturingAtTarget) {
                m.event_mut(event).event_phase = Phase::Capturing;
            }
        } else {
            step!(m, DISPATCH, "6.13.2");
            if m.is_bent(Quirk::NoCapturingPass) {
                continue;
            }
            m.event_mut(event).event_phase = Phase::Capturing;
        }
        step!(m, DISPATCH, "6.13.3");
        if m.minds_quirks() && m.aside.escaped.is_some() {
            break;
        }
        let both = m.is_bent(Quirk::OnePassAtTarget) && m.event(event).path[index].shadow_adjusted_target.is_some();
        invoke::invoke(m, h, event, index, if both { Pass::Both } else { Pass::Capturing });
    }
    // 6.14: from the target up to the last parent; beyond the target only an event that bubbles.
    let length = m.event(event).path.len();
    for index in 0..length {
        let index = if m.is_bent(Quirk::BubblingOutermostFirst) { length - 1 - index } else { index };
        if branch!(m, DISPATCH, "6.14.1", m.event(event).path[index].shadow_adjusted_target.is_some()) {
            step!(m, DISPATCH, "6.14.1");
            let bubbling = m.is_bent(Quirk::BubblingAtTarget);
            m.event_mut(event).event_phase = if bubbling { Phase::Bubbling } else { Phase::AtTarget };
            if m.is_bent(Quirk::TargetBubblesAlone) && !m.event(event).bubbles {
                continue;
            }
        } else {
            step!(m, DISPATCH, "6.14.2.1");
            if branch!(m, DISPATCH, "6.14.2.1", !m.event(event).bubbles) && !m.is_bent(Quirk::BubblesRegardless) {
                continue;
            }
            step!(m, DISPATCH, "6.14.2.2");
            if m.is_bent(Quirk::NoBubblingPass) {
                continue;
            }
            m.event_mut(event).event_phase = Phase::Bubbling;
        }
        if m.minds_quirks() && m.aside.escaped.is_some() {
            break;
        }
        step!(m, DISPATCH, "6.14.3");
        if m.is_bent(Quirk::OnePassAtTarget) && m.event(event).path[index].shadow_adjusted_target.is_some() {
            continue;
        }
        invoke::invoke(m, h, event, index, Pass::Bubbling);
    }
    if m.is_bent(Quirk::LateListenersCalled) {
        call_late_listeners(m, h, event, before);
    }
    // 7 to 10: nothing of the dispatch stays on the event but its target and whether it was canceled.
    step!(m, DISPATCH, "7");
    step!(m, DISPATCH, "8");
    step!(m, DISPATCH, "9");
    step!(m, DISPATCH, "10");
    let kept = Kept::by(m);
    let id = event;
    let goes_on = m.is_bent(Quirk::UnheardGoesOn) && !event_target::is_heard(m, target, event);
    let event = m.event_mut(event);
    if !kept.phase {
        event.event_phase = Phase::None;
    }
    if !kept.current_target {
        event.current_target = None;
    }
    if !kept.target {
        event.target = None;
    }
    if !kept.path {
        event.path.clear();
    }
    event.dispatch = goes_on;
    event.stop_propagation &= kept.stop_propagation;
    event.stop_immediate_propagation &= kept.stop_immediate_propagation;
    let canceled = event.canceled;
    event.canceled &= !kept.not_canceled;
    step!(m, DISPATCH, "13");
    let in_vain = m.is_bent(Quirk::PreventedRegardless) && m.aside.canceled_in_vain.contains(&id);
    !branch!(m, DISPATCH, "13", canceled) && !in_vain
}

/// Calls the listeners that were added since there were so many.
fn call_late_listeners(m: &mut Machine, h: &mut impl Host, event: EventId, before: usize) {
    for index in 0..m.event(event).path.len() {
        let target = m.event(event).path[index].invocation_target;
        let late = m.target(target).listeners.iter().copied().filter(|id| id.index() >= before).collect::<Vec<_>>();
        m.event_mut(event).current_target = Some(target);
        inner_invoke(m, h, event, &late, Pass::Both);
    }
}

/// What bent machines do as a dispatch begins.
fn bend_at_the_start(m: &mut Machine, event: EventId) {
    if m.is_bent(Quirk::DispatchUnsetsCanceled) {
        m.event_mut(event).canceled = false;
    }
    if m.is_bent(Quirk::TimeStampOfDispatch) {
        m.event_mut(event).time_stamp = m.now();
    }
    if m.is_bent(Quirk::OptionsLive) {
        event_target::read_options_again(m);
    }
}

/// What stays on an event when its dispatch is over.
struct Kept {
    phase: bool,
    target: bool,
    current_target: bool,
    path: bool,
    stop_propagation: bool,
    stop_immediate_propagation: bool,
    not_canceled: bool,
}

impl Kept {
    /// Only the target, unless the machine is bent.
    fn by(m: &Machine) -> Self {
        Kept {
            phase: m.is_bent(Quirk::PhaseKept),
            target: !m.is_bent(Quirk::TargetCleared),
            current_target: m.is_bent(Quirk::CurrentTargetKept),
            path: m.is_bent(Quirk::PathKept),
            stop_propagation: m.is_bent(Quirk::StopPropagationKept),
            stop_immediate_propagation: m.is_bent(Quirk::StopImmediateKept),
            not_canceled: m.is_bent(Quirk::CanceledCleared),
        }
    }
}

/// Append to an event path. <https://dom.spec.whatwg.org/#concept-event-path-append>
fn append_to_an_event_path(
    m: &mut Machine,
    event: EventId,
    invocation_target: ObjectId,
    shadow_adjusted_target: Option<ObjectId>,
) {
    step!(m, APPEND, "5");
    m.event_mut(event).path.push(PathItem { invocation_target, shadow_adjusted_target });
}
