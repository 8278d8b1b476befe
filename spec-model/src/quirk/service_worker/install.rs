//! Quirks of Install. <https://w3c.github.io/ServiceWorker/#installation-algorithm>

use crate::quirk::hook::quirks;
use crate::service_worker::install::{Install, become_waiting, fail};

quirks! {
    Install, "service-workers/Install" => (), |v, m, h, holds|;

    named {
        "rejected-installs" "SWL" never "11.3.1.4.4":
            "A worker is installed although a promise given to its install event was rejected.";
        "replaced-waiting-worker-runs" "SWL" skip "16.1":
            "A worker that waited still runs once another worker waits in its place.";
    }

    written {
        "installs-at-once" "SWL" at "11.3.1.4.1" []:
            "A worker is installed as soon as its install event was dispatched, whatever promises it was given." {
                instead "11.3.1.4.1" => become_waiting(m, h, v.registration);
            }
        "waiting-worker-stays" "SWL" at "16.1" []:
            "A worker that has been installed while another waits is given up." {
                ends "16.1" => fail(m, v.registration);
            }
    }
}
