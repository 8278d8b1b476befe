//! Run Service Worker. <https://w3c.github.io/ServiceWorker/#run-service-worker-algorithm>

use crate::html::event_loop::queue_a_task;
use crate::html::run_a_classic_script::run_a_classic_script;
use crate::machine::{Host, Machine, Observed};
use crate::service_worker::State;
use crate::service_worker::setup_service_worker_global_scope::setup_service_worker_global_scope;
use crate::step::Algorithm;
use crate::value::{ListenerId, RealmId, WorkerId};
use crate::watch::{branch, returns, set, step};

const ALGORITHM: Algorithm = Algorithm::of("service-workers/Run Service Worker");

/// The variables of Run Service Worker.
pub(crate) struct RunServiceWorker {
    /// The realm of the global object.
    pub(crate) worker_global_scope: Option<RealmId>,
    /// Whether the script threw: what the model keeps of *evaluationStatus*.
    pub(crate) threw: bool,
    /// One of the global object's listeners.
    pub(crate) listener: ListenerId,
}

/// Starts a worker unless it runs already; returns its realm, or nothing on failure.
pub fn run_service_worker(m: &mut Machine, h: &mut impl Host, service_worker: WorkerId) -> Option<RealmId> {
    let mut v = RunServiceWorker { worker_global_scope: None, threw: false, listener: ListenerId(0) };
    if branch!(m, v, "1", m.worker(service_worker).realm.is_some()) {
        return m.worker(service_worker).realm;
    }
    if branch!(m, v, "2", m.worker(service_worker).state == State::Redundant) {
        return None;
    }
    // 3. Unobservable: an assertion.
    // 4. Holds by type: the worker has its script.
    // 5. Unobservable: an assertion.
    // 6. Holds by type: the function returns nothing where starting fails.
    // 7. Holds by type: a worker that does not run has no global object (erratum `terminate-keeps-global`).
    // 8. Abstracted: for that reason the condition always holds.
    set!(m, h, v, "8.1", v.worker_global_scope = setup_service_worker_global_scope(m, service_worker));
    if branch!(m, v, "8.2", v.worker_global_scope.is_none()) {
        return None;
    }
    let realm = v.worker_global_scope?;
    step!(m, h, v, "8.3", m.worker_mut(service_worker).realm = v.worker_global_scope);
    // 9. Abstracted: it only holds the steps below it together, which have code.
    // 9.1. Out of scope: scripts import no others.
    let registration = m.worker(service_worker).registration;
    let is_active = m.registration(registration).active == Some(service_worker);
    if branch!(m, v, "9.2", is_active && !m.registration(registration).backed_up.is_empty()) {
        step!(m, h, v, "9.2", {
            for (source, task) in std::mem::take(&mut m.registration_mut(registration).backed_up) {
                queue_a_task(m, realm, source, task);
            }
        });
    }
    // 9.3. Holds by type: a local variable keeps the status.
    // 9.4. Abstracted: all scripts are classic ones.
    step!(m, h, v, "9.4.1", v.threw = run_the_classic_script(m, h, service_worker, realm));
    // 9.4.2. Abstracted: whether a worker fails to start is said from outside, before it is set up.
    // 9.5, 9.5.1, 9.5.2, 9.5.3, 9.5.3.1, 9.5.4, 9.5.4.1. Out of scope: scripts are no modules.
    // 9.6. Out of scope: a worker is terminated between two tasks, never in the middle of a script.
    step!(m, h, v, "9.7", m.worker_mut(service_worker).threw = v.threw);
    if branch!(m, v, "9.8", !m.worker(service_worker).has_ever_been_evaluated) {
        let global = m.realm(realm).global;
        for index in 0..m.target(global).listeners.len() {
            set!(m, h, v, "9.8.1", v.listener = m.target(global).listeners[index]);
            step!(m, h, v, "9.8.1.1", {
                let event_type = m.listener(v.listener).event_type;
                let types = &mut m.worker_mut(service_worker).types_to_handle;
                if !types.contains(&event_type) {
                    types.push(event_type);
                }
            });
        }
        step!(m, h, v, "9.8.2", m.worker_mut(service_worker).has_ever_been_evaluated = true);
        // 9.8.3, 9.8.4. Out of scope: the fetch event of a worker is left out.
    }
    // 9.9. Abstracted: the machine runs the event loops of all realms.
    // 9.10. Abstracted: the timers end when the worker is terminated.
    // 10, 11. Abstracted: the start is over, or has failed, when the function returns.
    returns!(m, h, v, "12", v.worker_global_scope)
}

/// Runs a worker's script; returns whether it threw.
fn run_the_classic_script(m: &mut Machine, h: &mut impl Host, worker: WorkerId, realm: RealmId) -> bool {
    m.observe(h, Observed::Evaluated(worker));
    let Some(script) = m.worker(worker).script else { return false };
    run_a_classic_script(m, h, script, realm).is_err()
}
