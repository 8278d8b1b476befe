//! `skipWaiting()`. <https://w3c.github.io/ServiceWorker/#service-worker-global-scope-skipwaiting>

use crate::ecmascript::promise::{self, Settlement};
use crate::html::event_loop::{InParallel, Task, TaskSource, queue_a_task};
use crate::machine::{Machine, Scope};
use crate::value::{PromiseId, Value};

/// Asks that this worker needs not wait.
pub fn skip_waiting(m: &mut Machine) -> PromiseId {
    let promise = promise::create(m);
    let realm = m.current;
    if let Scope::ServiceWorker(worker) = m.realm(realm).scope {
        m.worker_mut(worker).skip_waiting = true;
        m.in_parallel.push_back(InParallel::TryActivate(m.worker(worker).registration));
    }
    let settle = Task::Settle(promise, Settlement::Resolve(Value::Undefined));
    queue_a_task(m, realm, TaskSource::DomManipulation, settle);
    promise
}
