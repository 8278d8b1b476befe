//! `unregister()`. <https://w3c.github.io/ServiceWorker/#navigator-service-worker-unregister>

use crate::ecmascript::promise::{self, Settlement};
use crate::html::event_loop::{InParallel, Task, TaskSource, queue_a_task};
use crate::latitude::Latitude;
use crate::machine::Machine;
use crate::quirk::Quirk;
use crate::step::{Algorithm, branch, step};
use crate::value::{PromiseId, RegistrationId, Value};

const UNREGISTER: Algorithm = Algorithm::of("service-workers/Unregister");

/// Unregisters a registration: it is cleared as soon as nothing uses it.
pub fn unregister(m: &mut Machine, registration: RegistrationId) -> PromiseId {
    let promise = promise::create(m);
    step!(m, UNREGISTER, "2");
    if branch!(m, UNREGISTER, "2", m.registration(registration).unregistered) {
        step!(m, UNREGISTER, "2.1");
        let settle = Task::Settle(promise, Settlement::Resolve(Value::Bool(m.is_bent(Quirk::UnregistersTwice))));
        queue_a_task(m, m.current, TaskSource::DomManipulation, settle);
        return promise;
    }
    step!(m, UNREGISTER, "3");
    m.registration_mut(registration).unregistered = true;
    step!(m, UNREGISTER, "4");
    let settle = Task::Settle(promise, Settlement::Resolve(Value::Bool(true)));
    queue_a_task(m, m.current, TaskSource::DomManipulation, settle);
    step!(m, UNREGISTER, "5");
    let at_once = m.choose(Latitude::ClearsAtOnce, 2) == 1;
    m.in_parallel.push_back(if at_once {
        InParallel::TryClearRegistration(registration)
    } else {
        InParallel::TryClearRegistrationAfterTasks(registration)
    });
    promise
}
