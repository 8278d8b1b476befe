//! Activate. <https://w3c.github.io/ServiceWorker/#activation-algorithm>

use crate::atom;
use crate::dom::create_an_event::create_an_event;
use crate::dom::dispatch::dispatch;
use crate::html::event_loop::{InParallel, Task, TaskSource, queue_a_task};
use crate::machine::{Host, Machine};
use crate::service_worker::State;
use crate::service_worker::lifecycle_event::{LifecycleEvent, should_skip_lifecycle_event};
use crate::service_worker::run_service_worker::run_service_worker;
use crate::service_worker::terminate::terminate_service_worker;
use crate::service_worker::update_worker_state::update_worker_state;
use crate::step::Algorithm;
use crate::value::{EventId, RealmId, RegistrationId};
use crate::watch::{branch, set, step};
use crate::web_idl::interfaces::Interface;

const ALGORITHM: Algorithm = Algorithm::of("service-workers/Activate");

/// The variables of Activate, once its event was dispatched.
pub(crate) struct Activate {
    pub(crate) registration: RegistrationId,
    /// The event, if it was dispatched.
    pub(crate) event: Option<EventId>,
}

/// Makes the waiting worker the active one.
pub(super) fn activate(m: &mut Machine, h: &mut impl Host, registration: RegistrationId) {
    // 1. Abstracted: Try Activate asks the same, and has no other caller in scope.
    let active = m.registration(registration).active;
    if branch!(m, "2", active.is_some())
        && let Some(active) = active
    {
        step!(m, "2.1", terminate_service_worker(m, active));
        step!(m, "2.2", update_worker_state(m, active, State::Redundant));
    }
    step!(m, "3", m.registration_mut(registration).active = m.registration(registration).waiting);
    step!(m, "4", m.registration_mut(registration).waiting = None);
    let Some(active_worker) = m.registration(registration).active else { return };
    step!(m, "5", update_worker_state(m, active_worker, State::Activating));
    // 6, 7, 7.1, 7.2, 7.3. Out of scope: the promise `ready` that a page waits for is left out.
    // 8, 8.1, 8.2. Out of scope: the controller of a page is left out.
    // 9. Holds by type: a local variable keeps the worker.
    if branch!(m, "10", !should_skip_lifecycle_event(m, atom::ACTIVATE, active_worker)) {
        let realm;
        set!(m, "10.1", realm = run_service_worker(m, h, active_worker));
        if branch!(m, "10.1", realm.is_some())
            && let Some(realm) = realm
        {
            let task = Task::LifecycleEvent(LifecycleEvent::Activate);
            step!(m, "10.1.1", queue_a_task(m, realm, TaskSource::DomManipulation, task));
            return;
        }
    }
    activate_in_parallel(m, registration, None);
}

/// Dispatches `activate`.
pub(super) fn activate_in_task(m: &mut Machine, h: &mut impl Host, realm: RealmId, registration: RegistrationId) {
    let e;
    set!(m, "10.1.1.1", e = create_an_event(m, Interface::ExtendableEvent, realm));
    step!(m, "10.1.1.2", m.event_mut(e).event_type = atom::ACTIVATE);
    let global = m.realm(realm).global;
    step!(m, "10.1.1.3", dispatch(m, h, e, global));
    step!(m, "10.1.1.4", m.in_parallel.push_back(InParallel::Activated(registration, e)));
}

/// Ends the activation, once the `activate` event is no longer active or where none was dispatched.
pub fn activate_in_parallel(m: &mut Machine, registration: RegistrationId, event: Option<EventId>) {
    let mut v = Activate { registration, event };
    // 10.1.2, 10.1.3. Abstracted: the machine runs this function when both waits are over.
    let active_worker = m.registration(v.registration).active;
    if let Some(worker) = active_worker.filter(|worker| m.worker(*worker).state == State::Activating) {
        step!(m, v, "11", update_worker_state(m, worker, State::Activated));
    }
}
