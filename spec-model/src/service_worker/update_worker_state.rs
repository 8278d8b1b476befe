//! Update Worker State. <https://w3c.github.io/ServiceWorker/#update-state-algorithm>

use crate::machine::Machine;
use crate::service_worker::State;
use crate::step::Algorithm;
use crate::value::WorkerId;
use crate::watch::step;

const ALGORITHM: Algorithm = Algorithm::of("service-workers/Update Worker State");

/// Sets the state of a worker.
pub(super) fn update_worker_state(m: &mut Machine, worker: WorkerId, state: State) {
    // 1. Unobservable: an assertion.
    step!(m, "2", m.worker_mut(worker).state = state);
    // 3, 4, 4.1, 4.2, 4.3, 4.4. Abstracted: the object that stands for a worker reads the worker's own state.
    // 4.5. Out of scope: the event `statechange` is left out.
}
