//! Invoke. <https://dom.spec.whatwg.org/#concept-event-listener-invoke>

use crate::atom;
use crate::dom::event::legacy_type;
use crate::dom::event_target::{Callback, remove_an_event_listener};
use crate::dom::inner_invoke::inner_invoke;
use crate::html::report_an_exception;
use crate::machine::{Host, Machine};
use crate::quirk::Quirk;
use crate::step::{Algorithm, branch, step};
use crate::value::{EventId, ListenerId, ObjectId, Property, Value};
use crate::web_idl::callback;

const INVOKE: Algorithm = Algorithm::of("dom/invoke");

/// Which of the two ways along the path a listener is invoked on; at the target both come by.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pass {
    /// The way to the target.
    Capturing,
    /// The way back from it.
    Bubbling,
    /// Both at once, as no specification has it.
    Both,
}

/// Invokes the listeners of one stop on an event's path.
pub fn invoke(m: &mut Machine, h: &mut impl Host, event: EventId, index: usize, pass: Pass) {
    // 1 to 3: the target that a listener here sees is that of the nearest stop before it that has one.
    step!(m, INVOKE, "3");
    let target = m.event(event).path[..=index].iter().rev().find_map(|item| item.shadow_adjusted_target);
    m.event_mut(event).target = target;
    if m.is_bent(Quirk::TargetIsCurrentTarget) {
        m.event_mut(event).target = Some(m.event(event).path[index].invocation_target);
    }
    // 6: a stopped event goes no further, but its target has been set.
    step!(m, INVOKE, "6");
    if branch!(m, INVOKE, "6", m.event(event).stop_propagation) && !passes_over_a_stop(m, event, index, pass) {
        return;
    }
    step!(m, INVOKE, "7");
    let current_target = m.event(event).path[index].invocation_target;
    m.event_mut(event).current_target = Some(current_target);
    // 8: listeners that come later are not called; ones that go are known by their mark.
    step!(m, INVOKE, "8");
    let listeners: Listeners = m.target(current_target).listeners.as_slice().into();
    if m.is_bent(Quirk::OnceRemovedFirst) {
        remove_once_listeners(m, event, current_target, listeners.as_slice(), pass);
    }
    step!(m, INVOKE, "10");
    if pass != Pass::Capturing && m.is_bent(Quirk::OnPropertyFirst) {
        call_on_property(m, h, event, current_target);
    }
    let found = if m.is_bent(Quirk::ListsClonedFirst) {
        let listeners = cloned_list(m, event, current_target);
        inner_invoke(m, h, event, &listeners, pass)
    } else if m.is_bent(Quirk::IndexedListeners) {
        invoke_by_index(m, h, event, current_target, pass)
    } else if m.is_bent(Quirk::LiveListeners) {
        invoke_live(m, h, event, current_target, pass)
    } else if m.is_bent(Quirk::LiveButLast) {
        invoke_live_but_last(m, h, event, current_target, pass)
    } else if m.is_bent(Quirk::HandlersLookedUpLast) {
        invoke_handlers_last(m, h, event, current_target, pass)
    } else if m.is_bent(Quirk::HandlersLast) {
        let is_handler = |id: &ListenerId| m.listener(*id).subject().is_none();
        let mut sorted = listeners.as_slice().to_vec();
        sorted.sort_by_key(is_handler);
        inner_invoke(m, h, event, &sorted, pass)
    } else {
        inner_invoke(m, h, event, listeners.as_slice(), pass)
    };
    if pass != Pass::Capturing && m.is_bent(Quirk::OnPropertyLast) {
        call_on_property(m, h, event, current_target);
    }
    if m.is_bent(Quirk::OnceOfAll) {
        for &id in listeners.as_slice() {
            if m.listener(id).once {
                remove_an_event_listener(m, current_target, id);
            }
        }
    }
    // 11: an old name for a few types, for trusted events that nobody listened to.
    let unheard = !found && (m.event(event).is_trusted || m.is_bent(Quirk::LegacyTypesForAll));
    if branch!(m, INVOKE, "11", unheard) {
        step!(m, INVOKE, "11.2");
        let original = m.event(event).event_type;
        if m.is_bent(Quirk::LegacyTypeForEvery) {
            m.event_mut(event).event_type = atom::EMPTY;
        }
        let legacy = legacy_type(original);
        branch!(m, INVOKE, "11.2", legacy.is_some());
        let Some(legacy) = legacy else { return };
        m.event_mut(event).event_type = legacy;
        step!(m, INVOKE, "11.3");
        inner_invoke(m, h, event, listeners.as_slice(), pass);
        step!(m, INVOKE, "11.4");
        m.event_mut(event).event_type = original;
    }
}

/// Calls what script stored as `on` and the event's type, as a bent machine does.
fn call_on_property(m: &mut Machine, h: &mut impl Host, event: EventId, target: ObjectId) {
    let name = format!("on{}", m.atoms.text(m.event(event).event_type));
    let name = m.atoms.intern(&name);
    let Some(Property::Data(Value::Object(function))) = m.own_property(target, name) else { return };
    let argument = [Value::Object(m.event(event).object)];
    let result = callback::invoke_a_callback_function(m, h, function, Value::Object(target), &argument);
    if let Err(exception) = result {
        let realm = m.object(target).realm;
        report_an_exception::report_an_exception(m, h, exception, realm);
    }
}

/// Whether a stopped event reaches its target all the same, which it does only where the machine is bent.
fn passes_over_a_stop(m: &Machine, event: EventId, index: usize, pass: Pass) -> bool {
    let is_first = pass != Pass::Bubbling && index + 1 == m.event(event).path.len();
    if is_first && m.is_bent(Quirk::StopCheckedAfter) {
        return true;
    }
    let at_target = m.event(event).path[index].shadow_adjusted_target.is_some();
    if m.is_bent(Quirk::StopUncheckedBeyondTarget) {
        return !at_target && pass == Pass::Bubbling;
    }
    at_target
        && !m.event(event).stop_immediate_propagation
        && ((m.is_bent(Quirk::StopUncheckedAtTarget) && m.event(event).path.len() == 1)
            || (m.is_bent(Quirk::StopUncheckedBetweenPasses) && pass == Pass::Bubbling))
}

/// Takes the once listeners of a pass out of the list before any is called; they are called all the same.
fn remove_once_listeners(m: &mut Machine, event: EventId, target: ObjectId, listeners: &[ListenerId], pass: Pass) {
    for &id in listeners {
        let listener = m.listener(id);
        let is_meant = pass == Pass::Both || listener.capture == (pass == Pass::Capturing);
        if listener.once && !listener.removed && is_meant && listener.event_type == m.event(event).event_type {
            remove_an_event_listener(m, target, id);
            m.listeners[id.index()].removed = false;
        }
    }
}

/// So many listeners are called in one pass over a list that goes on growing.
const MOST_LIVE: usize = 100;

/// Invokes listeners until the list has no more, ones that were added in the meantime included.
fn invoke_live(m: &mut Machine, h: &mut impl Host, event: EventId, target: ObjectId, pass: Pass) -> bool {
    let mut seen: Vec<ListenerId> = Vec::new();
    let mut found = false;
    while let Some(next) = m.target(target).listeners.iter().copied().find(|id| !seen.contains(id)) {
        seen.push(next);
        found |= inner_invoke(m, h, event, &[next], pass);
        if m.event(event).stop_immediate_propagation || seen.len() > MOST_LIVE {
            break;
        }
    }
    found
}

/// The same, but which listener comes next is looked up before the one at hand is called.
fn invoke_live_but_last(m: &mut Machine, h: &mut impl Host, event: EventId, target: ObjectId, pass: Pass) -> bool {
    let mut order = m.target(target).listeners.clone();
    let (mut found, mut at) = (false, 0);
    while at < order.len() {
        let is_last = at + 1 == order.len();
        found |= inner_invoke(m, h, event, &[order[at]], pass);
        if is_last || m.event(event).stop_immediate_propagation || at > MOST_LIVE {
            break;
        }
        let added = m.target(target).listeners.iter().filter(|id| !order.contains(id));
        order.extend(added.copied().collect::<Vec<_>>());
        at += 1;
    }
    found
}

/// The listeners of a target as they were when the dispatch began.
fn cloned_list(m: &Machine, event: EventId, target: ObjectId) -> Vec<ListenerId> {
    let cloned = m.aside.cloned_lists.iter().rev().find(|(of, at, _)| (*of, *at) == (event, target));
    cloned.map(|(_, _, listeners)| listeners.clone()).unwrap_or_default()
}

/// Invokes listeners by their place in the list as it is.
fn invoke_by_index(m: &mut Machine, h: &mut impl Host, event: EventId, target: ObjectId, pass: Pass) -> bool {
    let length = m.target(target).listeners.len();
    let mut found = false;
    for index in 0..length {
        let Some(next) = m.target(target).listeners.get(index).copied() else { break };
        found |= inner_invoke(m, h, event, &[next], pass);
        if m.event(event).stop_immediate_propagation {
            break;
        }
    }
    found
}

/// Invokes listeners, and then the event handlers that there are by then.
fn invoke_handlers_last(m: &mut Machine, h: &mut impl Host, event: EventId, target: ObjectId, pass: Pass) -> bool {
    let is_handler = |m: &Machine, id: ListenerId| matches!(m.listener(id).callback, Callback::Handler(_));
    let listeners = m.target(target).listeners.iter().copied().filter(|id| !is_handler(m, *id));
    let listeners: Vec<ListenerId> = listeners.collect();
    let found = inner_invoke(m, h, event, &listeners, pass);
    if m.event(event).stop_immediate_propagation {
        return found;
    }
    let handlers = m.target(target).listeners.iter().copied().filter(|id| is_handler(m, *id));
    let handlers: Vec<ListenerId> = handlers.collect();
    inner_invoke(m, h, event, &handlers, pass) || found
}

/// A clone of a listener list, on the stack while it is short.
enum Listeners {
    Few([ListenerId; Self::FEW], usize),
    Many(Vec<ListenerId>),
}

impl Listeners {
    const FEW: usize = 8;

    fn as_slice(&self) -> &[ListenerId] {
        match self {
            Listeners::Few(listeners, length) => &listeners[..*length],
            Listeners::Many(listeners) => listeners,
        }
    }
}

impl From<&[ListenerId]> for Listeners {
    fn from(listeners: &[ListenerId]) -> Self {
        if listeners.len() > Self::FEW {
            return Listeners::Many(listeners.to_vec());
        }
        let mut few = [ListenerId(0); Self::FEW];
        few[..listeners.len()].copy_from_slice(listeners);
        Listeners::Few(few, listeners.len())
    }
}
