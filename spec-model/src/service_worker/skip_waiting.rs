//! `skipWaiting()`. <https://w3c.github.io/ServiceWorker/#service-worker-global-scope-skipwaiting>

use crate::ecmascript::promise::{self, Settlement};
use crate::html::event_loop::{InParallel, Task, TaskSource, queue_a_task};
use crate::machine::{Host, Machine, Scope};
use crate::service_worker::State;
use crate::service_worker::try_activate::try_activate;
use crate::step::Algorithm;
use crate::value::{PromiseId, RealmId, Value, WorkerId};
use crate::watch::{set, step};

const ALGORITHM: Algorithm = Algorithm::of("service-workers/skipWaiting()");

/// Returns a promise that is resolved once the worker need not wait any more.
pub fn skip_waiting(m: &mut Machine) -> PromiseId {
    let promise;
    set!(m, "1", promise = promise::create(m));
    let realm = m.current;
    if let Scope::ServiceWorker(worker) = m.realm(realm).scope {
        step!(m, "2", m.in_parallel.push_back(InParallel::SkipWaiting(promise, worker, realm)));
    }
    promise
}

/// Sets the flag, and activates the worker if nothing else holds it back.
pub fn skip_waiting_in_parallel(
    m: &mut Machine,
    h: &mut impl Host,
    promise: PromiseId,
    worker: WorkerId,
    realm: RealmId,
) {
    step!(m, "2.1", m.worker_mut(worker).skip_waiting = true);
    step!(m, "2.2", try_activate(m, h, m.worker(worker).registration));
    m.in_parallel.push_back(InParallel::SkippedWaiting(promise, worker, realm));
}

/// Waits until an activation that Try Activate began is over, then queues the task that resolves the promise; returns
/// whether the wait is over.
pub fn settle_in_parallel(m: &mut Machine, promise: PromiseId, worker: WorkerId, realm: RealmId) -> bool {
    if m.worker(worker).state == State::Activating {
        return false;
    }
    let settle = Task::Settle(promise, Settlement::Resolve(Value::Undefined));
    step!(m, "2.3", queue_a_task(m, realm, TaskSource::DomManipulation, settle));
    // 3. Holds by type: the method has returned its promise.
    true
}
