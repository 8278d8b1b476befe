//! Install. <https://w3c.github.io/ServiceWorker/#installation-algorithm>
//!
//! Jobs, script resources and the objects that pages have for workers are out of scope.

use crate::atom;
use crate::dom::create_an_event::create_an_event;
use crate::dom::dispatch::dispatch;
use crate::html::event_loop::{InParallel, Task, TaskSource, queue_a_task};
use crate::machine::{Host, Machine};
use crate::service_worker::State;
use crate::service_worker::lifecycle_event::{LifecycleEvent, should_skip_lifecycle_event};
use crate::service_worker::terminate::terminate_service_worker;
use crate::service_worker::update_worker_state::update_worker_state;
use crate::step::Algorithm;
use crate::value::{EventId, RealmId, RegistrationId, WorkerId};
use crate::watch::{branch, set, step};
use crate::web_idl::interfaces::Interface;

const ALGORITHM: Algorithm = Algorithm::of("service-workers/Install");

/// The variables of Install, from the dispatch of its event on.
pub(crate) struct Install {
    pub(crate) registration: RegistrationId,
    pub(crate) install_failed: bool,
}

/// Makes a worker whose script was evaluated the installing one.
pub(super) fn install(m: &mut Machine, h: &mut impl Host, worker: WorkerId, registration: RegistrationId) {
    // 1. Holds by type: each continuation of the algorithm has the variable.
    // 2. Holds by type: the registration has its workers.
    // 3. Out of scope: jobs are left out.
    step!(m, "4", m.registration_mut(registration).installing = Some(worker));
    step!(m, "5", update_worker_state(m, worker, State::Installing));
    // 6, 7. Out of scope: jobs are left out.
    // 8, 9, 9.1, 9.2. Out of scope: the event `updatefound` is left out.
    // 10. Holds by type: the worker is an argument.
    if branch!(m, "11", !should_skip_lifecycle_event(m, atom::INSTALL, worker)) {
        // 11.1. Out of scope: jobs are left out.
        // 11.2, 11.2.1. Abstracted: Update ran the script, and a worker that can't be started is not installed.
        // 11.3. Abstracted: it only holds the step below it together, which has code.
        let Some(realm) = m.worker(worker).realm else { return };
        let task = Task::LifecycleEvent(LifecycleEvent::Install);
        step!(m, "11.3.1", queue_a_task(m, realm, TaskSource::DomManipulation, task));
    } else {
        become_waiting(m, h, registration);
    }
}

/// Dispatches `install`.
pub(super) fn install_in_task(m: &mut Machine, h: &mut impl Host, realm: RealmId, registration: RegistrationId) {
    let mut v = Install { registration, install_failed: false };
    let e;
    set!(m, "11.3.1.1", e = create_an_event(m, Interface::InstallEvent, realm));
    step!(m, h, v, "11.3.1.2", m.event_mut(e).event_type = atom::INSTALL);
    let global = m.realm(realm).global;
    step!(m, h, v, "11.3.1.3", dispatch(m, h, e, global));
    // 11.3.1.4. Abstracted: it only holds the steps below it together, which have code.
    step!(m, h, v, "11.3.1.4.1", m.in_parallel.push_back(InParallel::Installed(registration, e)));
}

/// Ends the installation, once the `install` event is no longer active.
pub fn install_in_parallel(m: &mut Machine, h: &mut impl Host, registration: RegistrationId, e: EventId) {
    let mut v = Install { registration, install_failed: false };
    let lifetime = m.event(e).lifetime;
    if branch!(m, v, "11.3.1.4.2", lifetime.timed_out) {
        set!(m, h, v, "11.3.1.4.2", v.install_failed = true);
    }
    // 11.3.1.4.3. Holds by type: the event's lifetime has whether one of its promises was rejected.
    if branch!(m, v, "11.3.1.4.4", lifetime.rejected) {
        set!(m, h, v, "11.3.1.4.4", v.install_failed = true);
    }
    // 11.3.2, 11.3.3. Abstracted: the machine runs this function when both waits are over.
    if branch!(m, v, "12", v.install_failed) {
        fail(m, registration);
    } else {
        become_waiting(m, h, registration);
    }
}

/// Gives up the installing worker.
pub(crate) fn fail(m: &mut Machine, registration: RegistrationId) {
    let Some(worker) = m.registration(registration).installing else { return };
    step!(m, "12.1", update_worker_state(m, worker, State::Redundant));
    step!(m, "12.2", m.registration_mut(registration).installing = None);
    // 12.3. Out of scope: a scenario says which registration a page uses, not its scope.
    // 12.4. Out of scope: jobs are left out.
}

/// Makes the installing worker the waiting one.
pub(crate) fn become_waiting(m: &mut Machine, h: &mut impl Host, registration: RegistrationId) {
    let mut v = Install { registration, install_failed: false };
    // 13, 14, 15, 15.1. Out of scope: scripts import no others.
    let waiting = m.registration(registration).waiting;
    if branch!(m, v, "16", waiting.is_some())
        && let Some(waiting) = waiting
    {
        step!(m, h, v, "16.1", terminate_service_worker(m, waiting));
        step!(m, h, v, "16.2", update_worker_state(m, waiting, State::Redundant));
    }
    step!(m, h, v, "17", m.registration_mut(registration).waiting = m.registration(registration).installing);
    step!(m, h, v, "18", m.registration_mut(registration).installing = None);
    if let Some(waiting) = m.registration(registration).waiting {
        step!(m, h, v, "19", update_worker_state(m, waiting, State::Installed));
    }
    // 20. Out of scope: jobs are left out.
    // 21. Out of scope: the objects that pages have for workers fire no event.
    step!(m, h, v, "22", m.in_parallel.push_back(InParallel::TryActivate(registration)));
}
