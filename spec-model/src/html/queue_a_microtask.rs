//! Queue a microtask. <https://html.spec.whatwg.org/multipage/webappapis.html#queue-a-microtask>

use crate::html::event_loop::Microtask;
use crate::machine::Machine;
use crate::step::Algorithm;
use crate::value::RealmId;
use crate::watch::step;

const ALGORITHM: Algorithm = Algorithm::of("html/queue a microtask");

/// Queues a microtask on the event loop of a realm.
pub fn queue_a_microtask(m: &mut Machine, event_loop: RealmId, microtask: Microtask) {
    // The event loop of a terminated worker is gone.
    if m.realm(event_loop).ended {
        return;
    }
    // 1. Holds by type: an assertion.
    // 2. Holds by type: every caller names the realm.
    // 3. Out of scope: no task in scope has a document.
    // 4, 5, 6. Holds by type: a microtask is its steps, and stands in a queue of its own.
    // 7. Out of scope: no task in scope has a document.
    // 8. Unobservable: only the report of long tasks reads the set.
    step!(m, "9", m.realm_mut(event_loop).event_loop.microtasks.push_back(microtask));
}
