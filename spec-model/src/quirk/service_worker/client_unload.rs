//! Quirks of Handle Service Worker Client Unload.
//! <https://w3c.github.io/ServiceWorker/#on-client-unload-algorithm>

use crate::background_fetch::perform;
use crate::machine::Machine;
use crate::quirk::hook::quirks;
use crate::service_worker::client_unload::HandleClientUnload;
use crate::value::BackgroundFetchId;

quirks! {
    HandleClientUnload, "service-workers/Handle Service Worker Client Unload" => (), |v, m, h, holds|;

    written {
        "ends-with-page" "BGR" at "4" []:
            "A background fetch is aborted when a page of its registration is closed." {
                holds "4" => {
                    abort_fetches(m);
                    holds
                };
            }
    }
}

fn abort_fetches(m: &mut Machine) {
    for fetch in (0..m.background_fetches.len() as u32).map(BackgroundFetchId) {
        perform::abort_all(m, fetch);
    }
}
