//! Service Worker Has No Pending Events.
//! <https://w3c.github.io/ServiceWorker/#service-worker-has-no-pending-events>

use crate::machine::Machine;
use crate::step::Algorithm;
use crate::value::WorkerId;
use crate::watch::{branch, returns};

const ALGORITHM: Algorithm = Algorithm::of("service-workers/Service Worker Has No Pending Events");

/// Returns whether none of the worker's extended events is active.
pub fn has_no_pending_events(m: &mut Machine, worker: WorkerId) -> bool {
    // 1. Abstracted: it only holds the step below it together, which has code.
    for index in 0..m.worker(worker).extended_events.len() {
        let event = m.worker(worker).extended_events[index];
        if branch!(m, "1.1", m.event(event).is_active()) {
            return false;
        }
    }
    returns!(m, "2", true)
}
