//! `BackgroundFetchRegistration.abort()`.
//! <https://wicg.github.io/background-fetch/#background-fetch-registration-abort>

use crate::background_fetch::contains::does_not_contain_background_fetch;
use crate::background_fetch::queue_a_bgfetch_task::queue_a_bgfetch_task;
use crate::background_fetch::{perform, remove};
use crate::ecmascript::promise::{self, Settlement};
use crate::html::event_loop::{InParallel, Task};
use crate::machine::Machine;
use crate::step::Algorithm;
use crate::value::{BackgroundFetchId, PromiseId, Value};
use crate::watch::{branch, set, step};

const ALGORITHM: Algorithm = Algorithm::of("background-fetch/abort()");

/// The variables of `abort()`.
pub(crate) struct Abort {
    pub(crate) bg_fetch: BackgroundFetchId,
    pub(crate) promise: PromiseId,
}

/// `abort()`.
pub(crate) fn abort(m: &mut Machine, this: BackgroundFetchId) -> PromiseId {
    let promise = promise::create(m);
    enqueue(m, promise, this);
    promise
}

/// The first steps, which nothing holds back.
fn enqueue(m: &mut Machine, promise: PromiseId, this: BackgroundFetchId) {
    let mut v = Abort { bg_fetch: this, promise };
    set!(m, v, "1", v.bg_fetch = this);
    // 2. Holds by type: the background fetch has its registration.
    // 3. Abstracted: the steps wait in parallel, behind what is there already.
    m.in_parallel.push_back(InParallel::Abort(promise, v.bg_fetch));
}

/// The steps of the edit queue.
pub(crate) fn abort_in_parallel(m: &mut Machine, promise: PromiseId, bg_fetch: BackgroundFetchId) {
    let mut v = Abort { bg_fetch, promise };
    let registration = m.background_fetch(bg_fetch).registration;
    // 3.1, 3.2. Holds by type: fields of the registration and of the background fetch.
    if branch!(m, v, "3.3", does_not_contain_background_fetch(m, registration, bg_fetch)) {
        return step!(m, v, "3.3", resolve(m, promise, false));
    }
    step!(m, v, "3.4", remove(m, registration, bg_fetch));
    step!(m, v, "3.5", resolve(m, promise, true));
    step!(m, v, "3.6", perform::abort_all(m, bg_fetch));
}

/// Resolves the promise, in a task.
pub(crate) fn resolve(m: &mut Machine, promise: PromiseId, aborted: bool) {
    let realm = m.object(m.promise(promise).object).realm;
    queue_a_bgfetch_task(m, realm, Task::Settle(promise, Settlement::Resolve(Value::Bool(aborted))));
}
