//! Terminate Service Worker. <https://w3c.github.io/ServiceWorker/#terminate-service-worker-algorithm>

use crate::html::event_loop::{EventLoop, Task, TaskSource};
use crate::machine::Machine;
use crate::service_worker::lifecycle_event::LifecycleEvent;
use crate::service_worker::{activate, install};
use crate::step::Algorithm;
use crate::value::{RealmId, WorkerId};
use crate::watch::{branch, set, step};

const ALGORITHM: Algorithm = Algorithm::of("service-workers/Terminate Service Worker");

/// Terminates a worker between two of its tasks.
///
/// Its global object goes with it: the text forgets to say so (erratum `terminate-keeps-global`).
pub fn terminate_service_worker(m: &mut Machine, worker: WorkerId) {
    // 1. Abstracted: a scenario says when a worker is terminated, and does so between two tasks.
    // 1.1. Holds by type: the worker has its realm.
    let Some(realm) = m.worker(worker).realm else { return };
    step!(m, "1.2", {
        m.realm_mut(realm).timers.clear();
        m.realm_mut(realm).ended = true;
    });
    step!(m, "1.3", {
        m.worker_mut(worker).extended_events.clear();
        end_lifetimes(m, realm);
    });
    let event_loop;
    set!(m, "1.4", event_loop = std::mem::take(&mut m.realm_mut(realm).event_loop));
    end_discarded_lifecycle_events(m, worker, &event_loop);
    let tasks = functional_events(event_loop);
    if branch!(m, "1.4", !tasks.is_empty()) {
        let registration = m.worker(worker).registration;
        step!(m, "1.4", m.registration_mut(registration).backed_up.extend(tasks));
    }
    // 1.5. Out of scope: a worker is terminated between two tasks, never in the middle of a script.
    step!(m, "1.6", m.worker_mut(worker).realm = None);
}

/// No promise of the realm settles any more, which is no success.
fn end_lifetimes(m: &mut Machine, realm: RealmId) {
    for event in &mut m.events {
        if m.objects[event.object.index()].realm == realm {
            event.lifetime.rejected |= event.lifetime.pending > 0;
            event.lifetime.pending = 0;
        }
    }
}

/// An `install` or `activate` event that is never dispatched ends with its task.
fn end_discarded_lifecycle_events(m: &mut Machine, worker: WorkerId, event_loop: &EventLoop) {
    let registration = m.worker(worker).registration;
    let discards = |which: LifecycleEvent| {
        let is_lost = move |(_, task): &(u32, Task)| *task == Task::LifecycleEvent(which);
        event_loop.queues.iter().any(|(_, queue)| queue.iter().any(is_lost))
    };
    if discards(LifecycleEvent::Install) {
        install::fail(m, registration);
    }
    if discards(LifecycleEvent::Activate) {
        activate::activate_in_parallel(m, registration, None);
    }
}

/// The tasks of functional events, in the order in which they were queued.
fn functional_events(event_loop: EventLoop) -> Vec<(TaskSource, Task)> {
    let mut tasks: Vec<(u32, TaskSource, Task)> = Vec::new();
    for (source, queue) in event_loop.queues {
        match source {
            TaskSource::HandleFunctionalEvent(_) => {
                tasks.extend(queue.into_iter().map(|(number, task)| (number, source, task)));
            }
            TaskSource::Timer | TaskSource::DomManipulation | TaskSource::BackgroundFetch => {}
        }
    }
    tasks.sort_unstable_by_key(|(number, _, _)| *number);
    tasks.into_iter().map(|(_, source, task)| (source, task)).collect()
}
