//! Quirks of Try Activate. <https://w3c.github.io/ServiceWorker/#try-activate-algorithm>

use crate::quirk::hook::quirks;
use crate::service_worker::try_activate::TryActivate;

quirks! {
    TryActivate, "service-workers/Try Activate" => (), |v, m, h, holds|;

    written {
        "activates-despite-clients" "SWL" at "3" []:
            "A waiting worker does not wait for the pages of the active one." {
                always "3" if v.is_idle;
            }
    }
}
