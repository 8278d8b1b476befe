//! Invoke. <https://dom.spec.whatwg.org/#concept-event-listener-invoke>

use crate::dom::event::legacy_type;
use crate::dom::inner_invoke::inner_invoke;
use crate::machine::{Host, Machine};
use crate::step::{Algorithm, step};
use crate::value::{EventId, ListenerId};

const INVOKE: Algorithm = Algorithm::of("dom/invoke");

/// Which of the two ways along the path a listener is invoked on; at the target both come by.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pass {
    /// The way to the target.
    Capturing,
    /// The way back from it.
    Bubbling,
}

/// Invokes the listeners of one stop on an event's path.
pub fn invoke(m: &mut Machine, h: &mut impl Host, event: EventId, index: usize, pass: Pass) {
    // 1 to 3: the target that a listener here sees is that of the nearest stop before it that has one.
    step!(m, INVOKE, "3");
    let target = m.event(event).path[..=index].iter().rev().find_map(|item| item.shadow_adjusted_target);
    m.event_mut(event).target = target;
    // 6: a stopped event goes no further, but its target has been set.
    step!(m, INVOKE, "6");
    if m.event(event).stop_propagation {
        return;
    }
    step!(m, INVOKE, "7");
    let current_target = m.event(event).path[index].invocation_target;
    m.event_mut(event).current_target = Some(current_target);
    // 8: listeners that come later are not called; ones that go are known by their mark.
    step!(m, INVOKE, "8");
    let listeners: Listeners = m.target(current_target).listeners.as_slice().into();
    step!(m, INVOKE, "10");
    let found = inner_invoke(m, h, event, listeners.as_slice(), pass);
    // 11: an old name for a few types, for trusted events that nobody listened to.
    if !found && m.event(event).is_trusted {
        step!(m, INVOKE, "11.2");
        let original = m.event(event).event_type;
        let Some(legacy) = legacy_type(original) else { return };
        m.event_mut(event).event_type = legacy;
        step!(m, INVOKE, "11.3");
        inner_invoke(m, h, event, listeners.as_slice(), pass);
        step!(m, INVOKE, "11.4");
        m.event_mut(event).event_type = original;
    }
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
