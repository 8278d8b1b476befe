//! Quirks of Setup ServiceWorkerGlobalScope.
//! <https://w3c.github.io/ServiceWorker/#setup-serviceworkerglobalscope-algorithm>

use crate::machine::{Machine, Scope};
use crate::quirk::hook::quirks;
use crate::service_worker::setup_service_worker_global_scope::SetupServiceWorkerGlobalScope;
use crate::value::{RealmId, WorkerId};

quirks! {
    SetupServiceWorkerGlobalScope, "service-workers/Setup ServiceWorkerGlobalScope" => Option<RealmId>, |v, m, h, holds|;

    written {
        "global-kept" "SWL" at "8.1" []:
            "A worker that runs again has the global object that it had before." {
                instead "8.1" if realm_before(m, v.service_worker).is_some() => {
                    v.global_object = realm_before(m, v.service_worker);
                    if let Some(realm) = v.global_object {
                        m.realm_mut(realm).ended = false;
                    }
                };
            }
    }
}

/// The realm that a worker had when it ran before.
fn realm_before(m: &Machine, worker: WorkerId) -> Option<RealmId> {
    let found = m.realms.iter().position(|realm| realm.scope == Scope::ServiceWorker(worker));
    found.map(|index| RealmId(index as u32))
}
