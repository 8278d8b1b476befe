//! Try Activate and Activate. <https://w3c.github.io/ServiceWorker/#activation-algorithm>

use crate::atom;
use crate::html::event_loop::{self, Task, TaskSource};
use crate::machine::{Host, Machine};
use crate::quirk::Quirk;
use crate::service_worker::install::{LifecycleEvent, skips_lifecycle_event};
use crate::service_worker::run_service_worker::run_service_worker;
use crate::service_worker::terminate::{has_no_pending_events, terminate_service_worker};
use crate::service_worker::{State, update_worker_state};
use crate::step::{Algorithm, branch, step};
use crate::value::RegistrationId;

const TRY_ACTIVATE: Algorithm = Algorithm::of("service-workers/Try Activate");
const ACTIVATE: Algorithm = Algorithm::of("service-workers/Activate");

/// Activates a waiting worker if nothing holds it back.
pub fn try_activate(m: &mut Machine, h: &mut impl Host, registration: RegistrationId) {
    step!(m, TRY_ACTIVATE, "1");
    let waiting = m.registration(registration).waiting;
    branch!(m, TRY_ACTIVATE, "1", waiting.is_none());
    let Some(waiting) = waiting else { return };
    step!(m, TRY_ACTIVATE, "2");
    let active = m.registration(registration).active;
    let is_activating = active.is_some_and(|active| m.worker(active).state == State::Activating);
    if branch!(m, TRY_ACTIVATE, "2", is_activating) {
        return;
    }
    step!(m, TRY_ACTIVATE, "3");
    let may = match active {
        None => true,
        Some(active) => {
            has_no_pending_events(m, active)
                && (m.registration(registration).clients == 0
                    || m.worker(waiting).skip_waiting
                    || m.is_bent(Quirk::ActivatesDespiteClients))
        }
    };
    if branch!(m, TRY_ACTIVATE, "3", may) {
        activate(m, h, registration);
    }
}

fn activate(m: &mut Machine, h: &mut impl Host, registration: RegistrationId) {
    step!(m, ACTIVATE, "2");
    let active = m.registration(registration).active;
    if branch!(m, ACTIVATE, "2", active.is_some())
        && let Some(active) = active
    {
        step!(m, ACTIVATE, "2.1");
        terminate_service_worker(m, active);
        step!(m, ACTIVATE, "2.2");
        update_worker_state(m, active, State::Redundant);
    }
    step!(m, ACTIVATE, "3");
    step!(m, ACTIVATE, "4");
    let data = m.registration_mut(registration);
    data.active = data.waiting.take();
    let Some(worker) = data.active else { return };
    step!(m, ACTIVATE, "5");
    update_worker_state(m, worker, State::Activating);
    step!(m, ACTIVATE, "10");
    if branch!(m, ACTIVATE, "10", !skips_lifecycle_event(m, atom::ACTIVATE, worker)) {
        let realm = run_service_worker(m, h, worker);
        if branch!(m, ACTIVATE, "10.1", realm.is_some())
            && let Some(realm) = realm
        {
            step!(m, ACTIVATE, "10.1.1");
            let task = Task::LifecycleEvent(LifecycleEvent::Activate);
            event_loop::queue_a_task(m, realm, TaskSource::DomManipulation, task);
            return;
        }
    }
    activated(m, registration);
}

/// Goes on once the `activate` event is no longer active.
pub fn activated(m: &mut Machine, registration: RegistrationId) {
    step!(m, ACTIVATE, "11");
    let active = m.registration(registration).active;
    if let Some(worker) = active.filter(|worker| m.worker(*worker).state == State::Activating) {
        update_worker_state(m, worker, State::Activated);
    }
}
