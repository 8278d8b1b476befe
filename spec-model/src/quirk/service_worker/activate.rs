//! Quirks of Activate. <https://w3c.github.io/ServiceWorker/#activation-algorithm>

use crate::quirk::hook::quirks;
use crate::service_worker::activate::Activate;

quirks! {
    Activate, "service-workers/Activate" => (), |v, m, h, holds|;

    written {
        "rejected-stays-activating" "SWL" at "11" []:
            "A worker one of whose activate promises was rejected is activating for ever." {
                skip "11" if v.event.is_some_and(|event| m.event(event).lifetime.rejected);
            }
    }
}
