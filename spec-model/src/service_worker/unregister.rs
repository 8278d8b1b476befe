//! `unregister()` and Unregister. <https://w3c.github.io/ServiceWorker/#unregister-algorithm>

use crate::ecmascript::promise::{self, Settlement};
use crate::html::event_loop::{InParallel, Task, TaskSource, queue_a_task};
use crate::latitude::Latitude;
use crate::machine::Machine;
use crate::step::Algorithm;
use crate::value::{PromiseId, RegistrationId, Value};
use crate::watch::{branch, step};

const ALGORITHM: Algorithm = Algorithm::of("service-workers/Unregister");

/// The variables of Unregister.
pub(crate) struct Unregister {
    pub(crate) registration: RegistrationId,
    /// The job's promise.
    pub(crate) promise: PromiseId,
}

/// Unregisters a registration: it is cleared as soon as nothing uses it. Returns the job's promise.
pub fn unregister(m: &mut Machine, registration: RegistrationId) -> PromiseId {
    let mut v = Unregister { registration, promise: promise::create(m) };
    // 1. Holds by type: the registration is an argument.
    if branch!(m, v, "2", m.registration(v.registration).unregistered) {
        step!(m, v, "2.1", resolve_job_promise(m, v.promise, false));
        // 2.2. Out of scope: jobs are left out.
        return v.promise;
    }
    step!(m, v, "3", m.registration_mut(v.registration).unregistered = true);
    step!(m, v, "4", resolve_job_promise(m, v.promise, true));
    step!(m, v, "5", {
        let at_once = m.choose(Latitude::ClearsAtOnce, 2) == 1;
        m.in_parallel.push_back(if at_once {
            InParallel::TryClearRegistration(v.registration)
        } else {
            InParallel::TryClearRegistrationAfterTasks(v.registration)
        });
    });
    // 6. Out of scope: jobs are left out.
    v.promise
}

/// Queues the task of Resolve Job Promise.
pub(crate) fn resolve_job_promise(m: &mut Machine, promise: PromiseId, value: bool) {
    let settle = Task::Settle(promise, Settlement::Resolve(Value::Bool(value)));
    queue_a_task(m, m.current, TaskSource::DomManipulation, settle);
}
