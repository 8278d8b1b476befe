//! `BackgroundFetchManager.getIds()`. <https://wicg.github.io/background-fetch/#background-fetch-manager-get-ids>

use crate::atom::Atom;
use crate::background_fetch::queue_a_bgfetch_task::queue_a_bgfetch_task;
use crate::ecmascript::promise::{self, Settlement};
use crate::html::event_loop::{InParallel, Task};
use crate::machine::Machine;
use crate::step::Algorithm;
use crate::value::{Kind, PromiseId, RealmId, RegistrationId, Value};
use crate::watch::step;

const ALGORITHM: Algorithm = Algorithm::of("background-fetch/getIds()");

/// The variables of `getIds()`.
pub(crate) struct GetIds {
    pub(crate) registration: RegistrationId,
    pub(crate) promise: PromiseId,
    pub(crate) realm: RealmId,
}

/// `getIds()`.
pub(crate) fn get_ids(m: &mut Machine, registration: RegistrationId) -> PromiseId {
    let promise = promise::create(m);
    m.in_parallel.push_back(InParallel::GetIds(promise, registration, m.current));
    promise
}

/// The steps in parallel.
pub(crate) fn get_ids_in_parallel(m: &mut Machine, promise: PromiseId, registration: RegistrationId, realm: RealmId) {
    let mut v = GetIds { registration, promise, realm };
    // 1. Holds by type: the registration is an argument.
    step!(m, v, "2", {
        let ids = m.registration(registration).active_background_fetches.iter().map(|(id, _)| *id);
        let ids = ids.collect();
        resolve(m, promise, realm, ids);
    });
}

/// Resolves the promise with an array of ids.
pub(crate) fn resolve(m: &mut Machine, promise: PromiseId, realm: RealmId, ids: Vec<Atom>) {
    let ids = ids.into_iter().map(Value::String).collect();
    let array = m.create_object_in(realm, Kind::Array(ids));
    let resolve = Task::Settle(promise, Settlement::Resolve(Value::Object(array)));
    queue_a_bgfetch_task(m, realm, resolve);
}
