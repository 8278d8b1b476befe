//! Update, as far as it runs a new script. <https://w3c.github.io/ServiceWorker/#update-algorithm>
//!
//! A scenario says when a new script is there; jobs and the fetching of scripts are out of scope.

use crate::html::event_loop::InParallel;
use crate::machine::{Host, Machine};
use crate::service_worker::install::install;
use crate::service_worker::run_service_worker::run_service_worker;
use crate::service_worker::terminate::terminate_service_worker;
use crate::service_worker::update_worker_state::update_worker_state;
use crate::service_worker::{State, create_worker};
use crate::step::Algorithm;
use crate::value::{RealmId, RegistrationId, ScriptId, WorkerId};
use crate::watch::{branch, set, step};

const ALGORITHM: Algorithm = Algorithm::of("service-workers/Update");

/// The variables of Update.
pub(crate) struct Update {
    /// The realm in which the script ran.
    pub(crate) run_result: Option<RealmId>,
}

/// Gives a registration a new script, after those that were given before.
pub fn update(m: &mut Machine, registration: RegistrationId, script: ScriptId) {
    m.in_parallel.push_back(InParallel::Install(registration, script));
}

/// Creates a worker for a new script, and installs it if the script can be evaluated.
pub fn update_in_parallel(
    m: &mut Machine,
    h: &mut impl Host,
    registration: RegistrationId,
    script: ScriptId,
) -> WorkerId {
    let mut v = Update { run_result: None };
    let worker;
    set!(m, "10", worker = create_worker(m, registration, Some(script)));
    // 11. Holds by type: the worker is created with its script.
    set!(m, h, v, "15", v.run_result = run_service_worker(m, h, worker));
    if branch!(m, v, "16", v.run_result.is_none() || m.worker(worker).threw) {
        step!(m, h, v, "16", {
            terminate_service_worker(m, worker);
            update_worker_state(m, worker, State::Redundant);
        });
    } else {
        step!(m, h, v, "17", install(m, h, worker, registration));
    }
    worker
}
