//! Quirks of Clear Registration. <https://w3c.github.io/ServiceWorker/#clear-registration-algorithm>

use crate::quirk::hook::quirks;
use crate::service_worker::clear_registration::ClearRegistration;

quirks! {
    ClearRegistration, "service-workers/Clear Registration" => (), |v, m, h, holds|;

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
