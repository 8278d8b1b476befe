//! `skipWaiting()`. <https://w3c.github.io/ServiceWorker/#service-worker-global-scope-skipwaiting>

use crate::ecmascript::promise::{self, Settlement};
use crate::html::event_loop::{InParallel, Task, TaskSource, queue_a_task};
use crate::machine::{Host, Machine, Scope};
use crate::quirk::Quirk;
use crate::service_worker::{State, activate};
use crate::value::{PromiseId, RealmId, Value, WorkerId};

/// Asks that this worker needs not wait.
pub fn skip_waiting(m: &mut Machine) -> PromiseId {
    let promise = promise::create(m);
    let realm = m.current;
    if let Scope::ServiceWorker(worker) = m.realm(realm).scope {
        m.in_parallel.push_back(InParallel::SkipWaiting(promise, worker, realm));
    }
    promise
}

/// What runs in parallel: the worker is activated if nothing else holds it back.
pub fn go_on(m: &mut Machine, h: &mut impl Host, promise: PromiseId, worker: WorkerId, realm: RealmId) {
    m.worker_mut(worker).skip_waiting = true;
    activate::try_activate(m, h, m.worker(worker).registration);
    if m.is_bent(Quirk::SkipWaitingHangs) {
        return;
    }
    m.in_parallel.push_back(InParallel::SkippedWaiting(promise, worker, realm));
}

/// The promise is settled once an activation that this set off is over; tells whether it was.
pub fn settle(m: &mut Machine, promise: PromiseId, worker: WorkerId, realm: RealmId) -> bool {
    if m.worker(worker).state == State::Activating {
        return false;
    }
    let settle = Task::Settle(promise, Settlement::Resolve(Value::Undefined));
    queue_a_task(m, realm, TaskSource::DomManipulation, settle);
    true
}
