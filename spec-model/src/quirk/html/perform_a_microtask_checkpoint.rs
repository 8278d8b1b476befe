//! Hooks of other quirks on perform a microtask checkpoint.

use crate::dom::dispatch::dispatch;
use crate::html::event_loop::Microtask;
use crate::html::perform_a_microtask_checkpoint::Checkpoint;
use crate::machine::Machine;
use crate::quirk::hook::quirks;

quirks! {
    Checkpoint, "html/perform a microtask checkpoint" => (), |v, m, h, holds|;

    also {
        "dispatch-queued" {
            instead "3.3" if put_off(m, v).is_some() => if let Some(place) = put_off(m, v) {
                let (event, target) = m.watch.aside.put_off.remove(place);
                m.event_mut(event).is_trusted = false;
                dispatch(m, h, event, target);
            };
        }
    }
}

/// The place of the dispatch that the microtask stands for.
fn put_off(m: &Machine, v: &Checkpoint) -> Option<usize> {
    let Some(Microtask::LifetimePromiseSettled(event)) = v.oldest_microtask else { return None };
    m.watch.aside.put_off.iter().position(|(of, _)| *of == event)
}
