//! Quirks of Service Worker Has No Pending Events.
//! <https://w3c.github.io/ServiceWorker/#service-worker-has-no-pending-events>

use crate::quirk::hook::names;

names! {
    "service-workers/Service Worker Has No Pending Events";

    "activates-during-events" "SWL EXT" never "1.1":
        "A waiting worker does not wait for the pending events of the active one.";
}
