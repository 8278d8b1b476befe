//! Quirks of Clear Registration. <https://w3c.github.io/ServiceWorker/#clear-registration-algorithm>

use crate::quirk::hook::quirks;
use crate::service_worker::clear_registration::ClearRegistration;

quirks! {
    ClearRegistration, "service-workers/Clear Registration" => (), |v, m, h, holds|;

    named {
        "cleared-worker-runs" "SWL" skip "4.1":
            "The active worker of a registration that was cleared still runs.";
        "cleared-waiting-worker-runs" "SWL" skip "3.1":
            "The waiting worker of a registration that was cleared still runs.";
    }

    written {
        "fetches-outlive-clearing" "SWL" at "4.3" []:
            "The background fetches of a registration that was cleared continue, and their events are fired." {
                skip "2.2";
                skip "2.3";
                skip "3.2";
                skip "3.3";
                skip "4.2";
                skip "4.3";
            }
    }
}
