//! Handle Service Worker Client Unload. <https://w3c.github.io/ServiceWorker/#on-client-unload-algorithm>

use crate::background_fetch::perform;
use crate::html::event_loop::InParallel;
use crate::machine::Machine;
use crate::quirk::Quirk;
use crate::step::{Algorithm, branch, step};
use crate::value::{BackgroundFetchId, RealmId, RegistrationId};

const CLIENT_UNLOAD: Algorithm = Algorithm::of("service-workers/Handle Service Worker Client Unload");

/// A page that uses the registration is closed, and its realm goes with it.
pub fn handle_client_unload(m: &mut Machine, registration: RegistrationId, page: RealmId) {
    let realm = m.realm_mut(page);
    realm.event_loop = Default::default();
    realm.timers.clear();
    realm.ended = true;
    m.registration_mut(registration).clients -= 1;
    if m.is_bent(Quirk::EndsWithPage) {
        for fetch in (0..m.background_fetches.len() as u32).map(BackgroundFetchId) {
            perform::abort_all(m, fetch);
        }
    }
    step!(m, CLIENT_UNLOAD, "4");
    if branch!(m, CLIENT_UNLOAD, "4", m.registration(registration).clients > 0) {
        return;
    }
    step!(m, CLIENT_UNLOAD, "5");
    if branch!(m, CLIENT_UNLOAD, "5", m.registration(registration).unregistered) {
        m.in_parallel.push_back(InParallel::TryClearRegistration(registration));
    }
    step!(m, CLIENT_UNLOAD, "6");
    m.in_parallel.push_back(InParallel::TryActivate(registration));
}
