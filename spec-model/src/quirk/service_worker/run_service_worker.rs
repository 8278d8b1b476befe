//! Quirks of Run Service Worker. <https://w3c.github.io/ServiceWorker/#run-service-worker-algorithm>

use crate::quirk::hook::quirks;
use crate::service_worker::run_service_worker::RunServiceWorker;
use crate::value::RealmId;

quirks! {
    RunServiceWorker, "service-workers/Run Service Worker" => Option<RealmId>, |v, m, h, holds|;

    written {
        "handlers-unknown" "EH FFE" at "9.8.1.1" ["service-workers/Should Skip Event"]:
            "A worker counts as having no listener for a type that only a handler was set for, and its events are skipped." {
                skip "9.8.1.1" if m.listener(v.listener).subject().is_none();
            }
    }
}
