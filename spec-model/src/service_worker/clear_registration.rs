//! Clear Registration. <https://w3c.github.io/ServiceWorker/#clear-registration-algorithm>

use crate::machine::Machine;
use crate::service_worker::State;
use crate::service_worker::terminate::terminate_service_worker;
use crate::service_worker::update_worker_state::update_worker_state;
use crate::step::Algorithm;
use crate::value::RegistrationId;
use crate::watch::{branch, step};

const ALGORITHM: Algorithm = Algorithm::of("service-workers/Clear Registration");

/// The variables of Clear Registration.
pub(crate) struct ClearRegistration {
    pub(crate) registration: RegistrationId,
}

/// Takes a registration's workers away, and its background fetches with them.
pub(super) fn clear_registration(m: &mut Machine, registration: RegistrationId) {
    let mut v = ClearRegistration { registration };
    // 1. Holds by type: the function has the machine to itself.
    let installing = m.registration(v.registration).installing;
    if branch!(m, v, "2", installing.is_some())
        && let Some(installing) = installing
    {
        step!(m, v, "2.1", terminate_service_worker(m, installing));
        step!(m, v, "2.2", update_worker_state(m, installing, State::Redundant));
        step!(m, v, "2.3", m.registration_mut(v.registration).installing = None);
    }
    let waiting = m.registration(v.registration).waiting;
    if branch!(m, v, "3", waiting.is_some())
        && let Some(waiting) = waiting
    {
        step!(m, v, "3.1", terminate_service_worker(m, waiting));
        step!(m, v, "3.2", update_worker_state(m, waiting, State::Redundant));
        step!(m, v, "3.3", m.registration_mut(v.registration).waiting = None);
    }
    let active = m.registration(v.registration).active;
    if branch!(m, v, "4", active.is_some())
        && let Some(active) = active
    {
        step!(m, v, "4.1", terminate_service_worker(m, active));
        step!(m, v, "4.2", update_worker_state(m, active, State::Redundant));
        step!(m, v, "4.3", {
            m.registration_mut(v.registration).active = None;
            end_background_fetches(m, v.registration);
        });
    }
}

/// Background fetches end with their registration, and so do the tasks that wait for its active worker.
fn end_background_fetches(m: &mut Machine, registration: RegistrationId) {
    let data = m.registration_mut(registration);
    data.backed_up.clear();
    data.active_background_fetches.clear();
    for fetch in &mut m.background_fetches {
        if fetch.registration == registration {
            fetch.cleared = true;
        }
    }
}
