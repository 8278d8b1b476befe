//! Update Service Worker Extended Events Set.
//! <https://w3c.github.io/ServiceWorker/#update-service-worker-extended-events-set-algorithm>

use crate::machine::Machine;
use crate::step::Algorithm;
use crate::value::{EventId, WorkerId};
use crate::watch::{branch, step};

const ALGORITHM: Algorithm = Algorithm::of("service-workers/Update Service Worker Extended Events Set");

/// Keeps the events of a worker that are active, a dispatched one among them.
pub(super) fn update_extended_events_set(m: &mut Machine, worker: WorkerId, event: EventId) {
    // 1. Unobservable: an assertion; the dispatch has ended.
    // 2. Abstracted: it only holds the step below it together, which has code.
    let mut index = 0;
    while let Some(&item) = m.worker(worker).extended_events.get(index) {
        if branch!(m, "2.1", !m.event(item).is_active()) {
            m.worker_mut(worker).extended_events.remove(index);
        } else {
            index += 1;
        }
    }
    if branch!(m, "3", m.event(event).is_active()) && !m.worker(worker).extended_events.contains(&event) {
        step!(m, "3", m.worker_mut(worker).extended_events.push(event));
    }
}
