//! Install, and the events of a worker's life. <https://w3c.github.io/ServiceWorker/#installation-algorithm>
//!
//! Jobs, script resources and what pages are told of are out of scope.

use crate::atom::{self, Atom};
use crate::dom::create_an_event::create_an_event;
use crate::dom::dispatch::dispatch;
use crate::dom::event_target::has_listener;
use crate::html::event_loop::{self, InParallel, Task, TaskSource};
use crate::machine::{Host, Machine, Scope};
use crate::quirk::Quirk;
use crate::service_worker::fire_functional_event::should_skip_event;
use crate::service_worker::run_service_worker::run_service_worker;
use crate::service_worker::terminate::terminate_service_worker;
use crate::service_worker::{State, create_worker, update_worker_state};
use crate::step::{Algorithm, branch, step};
use crate::value::{EventId, RealmId, RegistrationId, ScriptId, WorkerId};
use crate::web_idl::interfaces::Interface;

const INSTALL: Algorithm = Algorithm::of("service-workers/Install");
const ACTIVATE: Algorithm = Algorithm::of("service-workers/Activate");

/// An event of a worker's life.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LifecycleEvent {
    /// `install`.
    Install,
    /// `activate`.
    Activate,
}

/// Gives a registration a new worker, after those that were asked for before.
pub fn update(m: &mut Machine, registration: RegistrationId, script: ScriptId) {
    m.in_parallel.push_back(InParallel::Install(registration, script));
}

/// Gives a registration a new worker.
pub fn install(m: &mut Machine, h: &mut impl Host, registration: RegistrationId, script: ScriptId) -> WorkerId {
    let worker = create_worker(m, registration, Some(script));
    // Update evaluates the script before it installs anything, and refuses one that throws; later evaluations may.
    let Some(realm) = run_service_worker(m, h, worker).filter(|_| !refuses(m, worker)) else {
        terminate_service_worker(m, worker);
        update_worker_state(m, worker, State::Redundant);
        return worker;
    };
    step!(m, INSTALL, "4");
    m.registration_mut(registration).installing = Some(worker);
    step!(m, INSTALL, "5");
    update_worker_state(m, worker, State::Installing);
    step!(m, INSTALL, "11");
    if branch!(m, INSTALL, "11", !skips_lifecycle_event(m, atom::INSTALL, worker)) {
        step!(m, INSTALL, "11.3.1");
        let task = Task::LifecycleEvent(LifecycleEvent::Install);
        event_loop::queue_a_task(m, realm, TaskSource::DomManipulation, task);
    } else {
        become_waiting(m, registration);
    }
    worker
}

/// Whether a worker whose script was evaluated is of no use.
fn refuses(m: &Machine, worker: WorkerId) -> bool {
    m.worker(worker).threw && !m.is_bent(Quirk::ThrowingScriptInstalls)
}

/// Whether `install` or `activate` is not dispatched. Where no listener was known when the script had been evaluated,
/// the user agent may choose; it is asked only where a listener that came later makes the choice visible.
pub(super) fn skips_lifecycle_event(m: &mut Machine, event_type: Atom, worker: WorkerId) -> bool {
    let known = m.worker(worker).types_to_handle.contains(&event_type);
    let realm = m.worker(worker).realm;
    let visible = realm.is_some_and(|realm| has_listener(m, m.realm(realm).global, event_type));
    if known || visible { should_skip_event(m, event_type, worker) } else { true }
}

/// Dispatches `install` or `activate` in a task of the worker.
pub fn dispatch_in_task(m: &mut Machine, h: &mut impl Host, realm: RealmId, which: LifecycleEvent) {
    let Scope::ServiceWorker(worker) = m.realm(realm).scope else { unreachable!("only workers have such tasks") };
    let registration = m.worker(worker).registration;
    let (event_type, interface) = match which {
        LifecycleEvent::Install => (atom::INSTALL, Interface::InstallEvent),
        LifecycleEvent::Activate => (atom::ACTIVATE, Interface::ExtendableEvent),
    };
    let event = create_an_event(m, interface, realm);
    m.event_mut(event).event_type = event_type;
    let global = m.realm(realm).global;
    dispatch(m, h, event, global);
    match which {
        LifecycleEvent::Install => {
            step!(m, INSTALL, "11.3.1.3");
            if m.is_bent(Quirk::InstallsAtOnce) {
                become_waiting(m, registration);
                return;
            }
            m.in_parallel.push_back(InParallel::Installed(registration, event));
        }
        LifecycleEvent::Activate => {
            step!(m, ACTIVATE, "10.1.1.3");
            m.in_parallel.push_back(InParallel::Activated(registration, event));
        }
    }
}

/// Goes on once the `install` event is no longer active.
pub fn installed(m: &mut Machine, registration: RegistrationId, event: EventId) {
    step!(m, INSTALL, "11.3.1.4.1");
    step!(m, INSTALL, "11.3.1.4.2");
    let lifetime = m.event(event).lifetime;
    let failed = branch!(m, INSTALL, "11.3.1.4.2", lifetime.timed_out)
        || (lifetime.rejected && !m.is_bent(Quirk::RejectedInstalls));
    if branch!(m, INSTALL, "12", failed) {
        fail(m, registration);
    } else {
        become_waiting(m, registration);
    }
}

/// The installation has failed: the worker is of no use.
pub(super) fn fail(m: &mut Machine, registration: RegistrationId) {
    step!(m, INSTALL, "12.1");
    step!(m, INSTALL, "12.2");
    if let Some(worker) = m.registration_mut(registration).installing.take() {
        update_worker_state(m, worker, State::Redundant);
    }
}

fn become_waiting(m: &mut Machine, registration: RegistrationId) {
    step!(m, INSTALL, "16");
    if m.registration(registration).waiting.is_some() && m.is_bent(Quirk::WaitingWorkerStays) {
        return fail(m, registration);
    }
    let waiting = m.registration(registration).waiting;
    if branch!(m, INSTALL, "16", waiting.is_some())
        && let Some(waiting) = waiting
    {
        step!(m, INSTALL, "16.1");
        terminate_service_worker(m, waiting);
        step!(m, INSTALL, "16.2");
        update_worker_state(m, waiting, State::Redundant);
    }
    step!(m, INSTALL, "17");
    step!(m, INSTALL, "18");
    let installing = m.registration_mut(registration).installing.take();
    m.registration_mut(registration).waiting = installing;
    step!(m, INSTALL, "19");
    if let Some(worker) = installing {
        update_worker_state(m, worker, State::Installed);
    }
    step!(m, INSTALL, "22");
    m.in_parallel.push_back(InParallel::TryActivate(registration));
}
