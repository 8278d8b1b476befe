//! Run Service Worker. <https://w3c.github.io/ServiceWorker/#run-service-worker-algorithm>

use crate::html::event_loop::queue_a_task;
use crate::html::run_a_classic_script::run_a_classic_script;
use crate::machine::{Host, Machine, Observed, Scope};
use crate::quirk::Quirk;
use crate::service_worker::State;
use crate::step::{Algorithm, branch, step};
use crate::value::{RealmId, WorkerId};

const RUN: Algorithm = Algorithm::of("service-workers/Run Service Worker");
const SETUP: Algorithm = Algorithm::of("service-workers/Setup ServiceWorkerGlobalScope");

/// Starts a worker unless it runs already, and gives its realm; none on failure.
pub fn run_service_worker(m: &mut Machine, h: &mut impl Host, worker: WorkerId) -> Option<RealmId> {
    step!(m, RUN, "1");
    let realm = m.worker(worker).realm;
    if branch!(m, RUN, "1", realm.is_some()) {
        return realm;
    }
    step!(m, RUN, "2");
    if branch!(m, RUN, "2", m.worker(worker).state == State::Redundant) {
        return None;
    }
    step!(m, RUN, "8.1");
    let realm = setup_service_worker_global_scope(m, worker);
    branch!(m, RUN, "8.2", realm.is_none());
    let Some(realm) = realm else {
        step!(m, RUN, "8.2");
        return None;
    };
    step!(m, RUN, "8.3");
    m.worker_mut(worker).realm = Some(realm);
    // 9.2: what was fired while it did not run comes first.
    step!(m, RUN, "9.2");
    let registration = m.worker(worker).registration;
    let data = m.registration(registration);
    if branch!(m, RUN, "9.2", data.active == Some(worker) && !data.backed_up.is_empty()) {
        for (source, task) in std::mem::take(&mut m.registration_mut(registration).backed_up) {
            queue_a_task(m, realm, source, task);
        }
    }
    step!(m, RUN, "9.4.1");
    m.observe(h, Observed::Evaluated(worker));
    if let Some(script) = m.worker(worker).script {
        // A script that throws counts as started all the same.
        m.worker_mut(worker).threw = run_a_classic_script(m, h, script, realm).is_err();
    }
    step!(m, RUN, "9.7");
    step!(m, RUN, "9.8");
    if branch!(m, RUN, "9.8", !m.worker(worker).has_ever_been_evaluated) {
        step!(m, RUN, "9.8.1.1");
        let global = m.realm(realm).global;
        let mut types = Vec::new();
        for &listener in &m.target(global).listeners {
            let event_type = m.listener(listener).event_type;
            if m.listener(listener).subject().is_none() && m.is_bent(Quirk::HandlersUnknown) {
                continue;
            }
            if !types.contains(&event_type) {
                types.push(event_type);
            }
        }
        let data = m.worker_mut(worker);
        data.types_to_handle = types;
        data.has_ever_been_evaluated = true;
        step!(m, RUN, "9.8.2");
    }
    step!(m, RUN, "12");
    Some(realm)
}

/// The realm that a worker had when it ran before, where a bent machine takes it again.
fn realm_before(m: &Machine, worker: WorkerId) -> Option<RealmId> {
    if !m.is_bent(Quirk::GlobalKept) {
        return None;
    }
    let found = m.realms.iter().position(|realm| realm.scope == Scope::ServiceWorker(worker));
    found.map(|index| RealmId(index as u32))
}

/// Setup ServiceWorkerGlobalScope. <https://w3c.github.io/ServiceWorker/#setup-serviceworkerglobalscope>
///
/// Whether a worker's script can be started is the scenario's to say.
fn setup_service_worker_global_scope(m: &mut Machine, worker: WorkerId) -> Option<RealmId> {
    step!(m, SETUP, "10");
    if branch!(m, SETUP, "10", m.worker(worker).fails_to_start) {
        return None;
    }
    step!(m, SETUP, "8.1");
    if let Some(before) = realm_before(m, worker) {
        m.realm_mut(before).ended = false;
        return Some(before);
    }
    let realm = m.create_realm(Scope::ServiceWorker(worker));
    step!(m, SETUP, "11");
    Some(realm)
}
