//! Quirks of Activate. <https://w3c.github.io/ServiceWorker/#activation-algorithm>

use crate::quirk::hook::quirks;
use crate::service_worker::activate::Activate;

quirks! {
    Activate, "service-workers/Activate" => (), |v, m, h, holds|;

    named {
        "replaced-worker-runs" "SWL" skip "2.1":
            "The active worker still runs once another worker has taken its place.";
    }

    written {
        "rejected-stays-activating" "SWL" at "11" []:
            "A worker one of whose activate promises was rejected is activating for ever." {
                skip "11" if v.event.is_some_and(|event| m.event(event).lifetime.rejected);
            }
    }
}
