//! Try Clear Registration. <https://w3c.github.io/ServiceWorker/#try-clear-registration-algorithm>

use crate::machine::Machine;
use crate::service_worker::clear_registration::clear_registration;
use crate::service_worker::has_no_pending_events::has_no_pending_events;
use crate::step::Algorithm;
use crate::value::RegistrationId;
use crate::watch::{branch, step};

const ALGORITHM: Algorithm = Algorithm::of("service-workers/Try Clear Registration");

/// The variables of Try Clear Registration.
pub(crate) struct TryClearRegistration {
    /// Whether a client uses the registration.
    pub(crate) is_used: bool,
    /// Whether none of its workers has pending events.
    pub(crate) is_idle: bool,
}

/// Clears a registration that no client uses and whose workers have no pending events.
pub fn try_clear_registration(m: &mut Machine, registration: RegistrationId) {
    let data = m.registration(registration);
    let is_used = data.clients > 0;
    let workers = [data.installing, data.waiting, data.active];
    let is_idle = workers.into_iter().flatten().all(|worker| has_no_pending_events(m, worker));
    let mut v = TryClearRegistration { is_used, is_idle };
    if branch!(m, v, "1", !v.is_used && v.is_idle) {
        step!(m, v, "1", clear_registration(m, registration));
    }
}
