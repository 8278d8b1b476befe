//! Try Activate. <https://w3c.github.io/ServiceWorker/#try-activate-algorithm>

use crate::machine::{Host, Machine};
use crate::service_worker::State;
use crate::service_worker::activate::activate;
use crate::service_worker::has_no_pending_events::has_no_pending_events;
use crate::step::Algorithm;
use crate::value::RegistrationId;
use crate::watch::{branch, step};

const ALGORITHM: Algorithm = Algorithm::of("service-workers/Try Activate");

/// The variables of Try Activate.
pub(crate) struct TryActivate {
    /// Whether the active worker, if there is one, has no pending events.
    pub(crate) is_idle: bool,
}

/// Activates a waiting worker if nothing holds it back.
pub fn try_activate(m: &mut Machine, h: &mut impl Host, registration: RegistrationId) {
    let mut v = TryActivate { is_idle: true };
    let waiting = m.registration(registration).waiting;
    if branch!(m, v, "1", waiting.is_none()) {
        return;
    }
    let Some(waiting) = waiting else { return };
    let active = m.registration(registration).active;
    if branch!(m, v, "2", active.is_some_and(|active| m.worker(active).state == State::Activating)) {
        return;
    }
    v.is_idle = active.is_none_or(|active| has_no_pending_events(m, active));
    let is_free = m.registration(registration).clients == 0 || m.worker(waiting).skip_waiting;
    if branch!(m, v, "3", active.is_none() || (v.is_idle && is_free)) {
        step!(m, h, v, "3", activate(m, h, registration));
    }
}
