//! Setup ServiceWorkerGlobalScope. <https://w3c.github.io/ServiceWorker/#setup-serviceworkerglobalscope-algorithm>

use crate::machine::{Machine, Scope};
use crate::step::Algorithm;
use crate::value::{RealmId, WorkerId};
use crate::watch::{branch, returns, set};

const ALGORITHM: Algorithm = Algorithm::of("service-workers/Setup ServiceWorkerGlobalScope");

/// The variables of Setup ServiceWorkerGlobalScope.
pub(crate) struct SetupServiceWorkerGlobalScope {
    pub(crate) service_worker: WorkerId,
    /// The realm of the global object.
    pub(crate) global_object: Option<RealmId>,
}

/// Creates the realm of a worker's global object; returns nothing where the worker's script can't be started.
pub(super) fn setup_service_worker_global_scope(m: &mut Machine, service_worker: WorkerId) -> Option<RealmId> {
    let mut v = SetupServiceWorkerGlobalScope { service_worker, global_object: None };
    // 1. Abstracted: the clock is the machine's, and the same for all realms.
    // 2, 3. Abstracted: Run Service Worker asks the same, and has no other caller in scope.
    // 4. Abstracted: a terminated worker has lost its global object (erratum `terminate-keeps-global`).
    // 5. Unobservable: an assertion.
    // 6. Holds by type: the worker says whether its script can be started.
    // 7. Holds by type: a local variable keeps the realm.
    // 8. Abstracted: a realm has an event loop of its own.
    set!(m, v, "8.1", v.global_object = Some(m.create_realm(Scope::ServiceWorker(service_worker))));
    // 8.2, 8.3. Out of scope: an environment is no more than its realm and its event loop here.
    // 8.4, 8.5, 8.6, 8.7. Out of scope: the URL, the policies, the type and the location of a worker are left out.
    // 8.8. Abstracted: whether a worker fails to start is said from outside.
    // 8.9. Holds by type: the realm has its global object.
    // 9. Abstracted: nothing runs in parallel to the function.
    if branch!(m, v, "10", m.worker(service_worker).fails_to_start) {
        return None;
    }
    returns!(m, v, "11", v.global_object)
}
