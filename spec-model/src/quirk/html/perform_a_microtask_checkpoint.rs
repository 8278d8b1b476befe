//! Hooks of other quirks on perform a microtask checkpoint.

use crate::dom::dispatch::dispatch;
use crate::html::event_loop::Microtask;
use crate::html::perform_a_microtask_checkpoint::Checkpoint;
use crate::machine::Machine;
use crate::quirk::hook::quirks;
use crate::value::{EventId, ObjectId};

quirks! {
    Checkpoint, "html/perform a microtask checkpoint" => (), |v, m, h, holds|;

    also {
        "dispatch-queued" {
            instead "3.3" if put_off(m, v).is_some() => if let Some((event, target)) = put_off(m, v) {
                m.watch.aside.put_off.retain(|(of, _)| *of != event);
                m.event_mut(event).is_trusted = false;
                dispatch(m, h, event, target);
            };
        }
    }
}

/// The dispatch that the microtask stands for.
fn put_off(m: &Machine, v: &Checkpoint) -> Option<(EventId, ObjectId)> {
    let Some(Microtask::LifetimePromiseSettled(event)) = v.oldest_microtask else { return None };
    m.watch.aside.put_off.iter().copied().find(|(of, _)| *of == event)
}
