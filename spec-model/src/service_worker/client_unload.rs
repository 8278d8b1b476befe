//! Handle Service Worker Client Unload. <https://w3c.github.io/ServiceWorker/#on-client-unload-algorithm>

use crate::html::event_loop::InParallel;
use crate::machine::Machine;
use crate::step::Algorithm;
use crate::value::{RealmId, RegistrationId};
use crate::watch::{branch, step};

const ALGORITHM: Algorithm = Algorithm::of("service-workers/Handle Service Worker Client Unload");

/// The variables of Handle Service Worker Client Unload.
pub(crate) struct HandleClientUnload {
    pub(crate) registration: RegistrationId,
}

/// Closes a page that uses the registration, and ends its realm.
pub fn handle_service_worker_client_unload(m: &mut Machine, registration: RegistrationId, client: RealmId) {
    let realm = m.realm_mut(client);
    realm.event_loop = Default::default();
    realm.timers.clear();
    realm.ended = true;
    m.registration_mut(registration).clients -= 1;
    let mut v = HandleClientUnload { registration };
    // 1. Holds by type: the function has the machine to itself.
    // 2, 3. Holds by type: the registration is an argument.
    if branch!(m, v, "4", m.registration(v.registration).clients > 0) {
        return;
    }
    if branch!(m, v, "5", m.registration(v.registration).unregistered) {
        step!(m, v, "5", m.in_parallel.push_back(InParallel::TryClearRegistration(v.registration)));
    }
    step!(m, v, "6", m.in_parallel.push_back(InParallel::TryActivate(v.registration)));
}
