//! Terminate Service Worker, and clearing a registration.
//! <https://w3c.github.io/ServiceWorker/#terminate-service-worker-algorithm>

use crate::html::event_loop::{Task, TaskSource};
use crate::machine::Machine;
use crate::quirk::Quirk;
use crate::service_worker::install::LifecycleEvent;
use crate::service_worker::{State, activate, install, update_worker_state};
use crate::step::{Algorithm, branch, step};
use crate::value::{RegistrationId, WorkerId};

const TERMINATE: Algorithm = Algorithm::of("service-workers/Terminate Service Worker");
const NO_PENDING_EVENTS: Algorithm = Algorithm::of("service-workers/Service Worker Has No Pending Events");
const TRY_CLEAR: Algorithm = Algorithm::of("service-workers/Try Clear Registration");
const CLEAR: Algorithm = Algorithm::of("service-workers/Clear Registration");

/// Terminates a worker between two of its tasks.
///
/// Its global object goes with it: the text forgets to say so (erratum `terminate-keeps-global`).
pub fn terminate_service_worker(m: &mut Machine, worker: WorkerId) {
    let Some(realm) = m.worker(worker).realm else { return };
    step!(m, TERMINATE, "1.2");
    step!(m, TERMINATE, "1.3");
    let keeps_events = m.is_bent(Quirk::ExtendedEventsKept);
    if !keeps_events {
        m.worker_mut(worker).extended_events.clear();
    }
    // 1.4: functional events are kept for the next start, all else is discarded.
    step!(m, TERMINATE, "1.4");
    let event_loop = std::mem::take(&mut m.realm_mut(realm).event_loop);
    let registration = m.worker(worker).registration;
    // A lifecycle event that is never dispatched ends there and then.
    let discards = |which: LifecycleEvent| {
        let lost = move |(_, task): &(u32, Task)| *task == Task::LifecycleEvent(which);
        event_loop.queues.iter().any(|(_, queue)| queue.iter().any(lost))
    };
    if discards(LifecycleEvent::Install) {
        install::fail(m, registration);
    }
    if discards(LifecycleEvent::Activate) {
        activate::activated(m, registration);
    }
    let mut tasks: Vec<(u32, TaskSource, Task)> = Vec::new();
    for (source, queue) in event_loop.queues {
        match source {
            TaskSource::HandleFunctionalEvent(_) => {
                tasks.extend(queue.into_iter().map(|(number, task)| (number, source, task)));
            }
            TaskSource::Timer | TaskSource::DomManipulation | TaskSource::BackgroundFetch => {}
        }
    }
    if branch!(m, TERMINATE, "1.4", !tasks.is_empty()) {
        tasks.sort_unstable_by_key(|(number, _, _)| *number);
        let kept = tasks.into_iter().map(|(_, source, task)| (source, task));
        m.registration_mut(registration).backed_up.extend(kept);
    }
    if !m.is_bent(Quirk::StopKeepsTimers) {
        m.realm_mut(realm).timers.clear();
        m.realm_mut(realm).ended = true;
    }
    for event in &mut m.events {
        if m.objects[event.object.index()].realm == realm && !keeps_events {
            // Nobody is left to settle its promises, which is no success.
            event.lifetime.rejected |= event.lifetime.pending > 0;
            event.lifetime.pending = 0;
        }
    }
    step!(m, TERMINATE, "1.6");
    m.worker_mut(worker).realm = None;
}

/// Service Worker Has No Pending Events.
/// <https://w3c.github.io/ServiceWorker/#service-worker-has-no-pending-events>
pub fn has_no_pending_events(m: &mut Machine, worker: WorkerId) -> bool {
    step!(m, NO_PENDING_EVENTS, "1.1");
    let pending = (0..m.worker(worker).extended_events.len()).any(|index| {
        let event = m.worker(worker).extended_events[index];
        branch!(m, NO_PENDING_EVENTS, "1.1", m.event(event).is_active())
    });
    step!(m, NO_PENDING_EVENTS, "2");
    !pending || m.is_bent(Quirk::ActivatesDuringEvents)
}

/// Try Clear Registration. <https://w3c.github.io/ServiceWorker/#try-clear-registration-algorithm>
pub fn try_clear_registration(m: &mut Machine, registration: RegistrationId) {
    step!(m, TRY_CLEAR, "1");
    let data = m.registration(registration);
    let workers = [data.installing, data.waiting, data.active];
    let in_use = data.clients > 0 && !m.is_bent(Quirk::ClearsDespiteClients);
    let mut is_idle = |worker: WorkerId| has_no_pending_events(m, worker) || m.is_bent(Quirk::ClearsDespiteEvents);
    let unused = !in_use && workers.into_iter().flatten().all(&mut is_idle);
    if branch!(m, TRY_CLEAR, "1", unused) {
        clear_registration(m, registration);
    }
}

/// Clear Registration, and with it its background fetches.
/// <https://w3c.github.io/ServiceWorker/#clear-registration>
fn clear_registration(m: &mut Machine, registration: RegistrationId) {
    let data = m.registration(registration);
    let workers = [data.installing, data.waiting, data.active];
    step!(m, CLEAR, "2");
    branch!(m, CLEAR, "2", workers[0].is_some());
    step!(m, CLEAR, "3");
    branch!(m, CLEAR, "3", workers[1].is_some());
    step!(m, CLEAR, "4");
    branch!(m, CLEAR, "4", workers[2].is_some());
    let goes_on = m.is_bent(Quirk::FetchesOutliveClearing);
    for worker in workers.into_iter().flatten() {
        terminate_service_worker(m, worker);
        if !goes_on {
            update_worker_state(m, worker, State::Redundant);
        }
    }
    if goes_on {
        return;
    }
    let data = m.registration_mut(registration);
    data.installing = None;
    data.waiting = None;
    data.active = None;
    data.backed_up.clear();
    data.active_background_fetches.clear();
    for fetch in &mut m.background_fetches {
        if fetch.registration == registration {
            fetch.cleared = true;
        }
    }
}
