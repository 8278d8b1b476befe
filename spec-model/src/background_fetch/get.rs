//! `BackgroundFetchManager.get()`. <https://wicg.github.io/background-fetch/#background-fetch-manager-get>

use crate::atom::Atom;
use crate::background_fetch::queue_a_bgfetch_task::queue_a_bgfetch_task;
use crate::ecmascript::promise::{self, Settlement};
use crate::html::event_loop::{InParallel, Task};
use crate::machine::Machine;
use crate::step::Algorithm;
use crate::value::{BackgroundFetchId, PromiseId, RealmId, RegistrationId, Value};
use crate::watch::{branch, set, step};

const ALGORITHM: Algorithm = Algorithm::of("background-fetch/get(id)");

/// The variables of `get()`.
pub(crate) struct Get {
    pub(crate) id: Atom,
    pub(crate) promise: PromiseId,
    pub(crate) realm: RealmId,
    pub(crate) bg_fetch: Option<BackgroundFetchId>,
}

/// `get()`.
pub(crate) fn get(m: &mut Machine, registration: RegistrationId, id: Atom) -> PromiseId {
    let promise = promise::create(m);
    m.in_parallel.push_back(InParallel::Get(promise, registration, id, m.current));
    promise
}

/// The steps in parallel.
pub(crate) fn get_in_parallel(
    m: &mut Machine,
    promise: PromiseId,
    registration: RegistrationId,
    id: Atom,
    realm: RealmId,
) {
    let mut v = Get { id, promise, realm, bg_fetch: None };
    // 1. Holds by type: the registration is an argument.
    let active = &m.registration(registration).active_background_fetches;
    let found = active.iter().find(|(active, _)| *active == id).map(|(_, bg_fetch)| *bg_fetch);
    set!(m, v, "2", v.bg_fetch = found);
    if branch!(m, v, "3", v.bg_fetch.is_none()) {
        let resolve = Task::Settle(promise, Settlement::Resolve(Value::Undefined));
        return step!(m, v, "3", queue_a_bgfetch_task(m, realm, resolve));
    }
    let Some(bg_fetch) = v.bg_fetch else { return };
    // 4, 4.1. Abstracted: the task is queued at once, behind the updates that were queued before.
    // 4.1.1, 4.1.2. Abstracted: the task is data; running it gets the instance and resolves the promise.
    queue_a_bgfetch_task(m, realm, Task::ResolveWithInstance(promise, bg_fetch));
    // 4.2. Abstracted: the task is queued at once, behind the updates that were queued before.
}
