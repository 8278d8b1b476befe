//! `BackgroundFetchManager`: `get()` and `getIds()`.
//! <https://wicg.github.io/background-fetch/#background-fetch-manager>

use crate::atom::Atom;
use crate::ecmascript::promise::{self, Settlement};
use crate::html::event_loop::{InParallel, Task, TaskSource, queue_a_task};
use crate::machine::Machine;
use crate::quirk::Quirk;
use crate::step::{Algorithm, branch, step};
use crate::value::{Kind, ObjectId, PromiseId, RealmId, RegistrationId, Value};

const GET: Algorithm = Algorithm::of("background-fetch/get(id)");
const GET_IDS: Algorithm = Algorithm::of("background-fetch/getIds()");

/// The one manager of a registration in a realm.
pub fn of(m: &mut Machine, realm: RealmId, registration: RegistrationId) -> ObjectId {
    if let Some(manager) = m.realm(realm).manager {
        return manager;
    }
    let manager = m.create_object_in(realm, Kind::BackgroundFetchManager(registration));
    m.realm_mut(realm).manager = Some(manager);
    manager
}

/// `get()`.
pub fn get(m: &mut Machine, registration: RegistrationId, id: Atom) -> PromiseId {
    let promise = promise::create(m);
    m.in_parallel.push_back(InParallel::Get(promise, registration, id, m.current));
    promise
}

/// What `get()` runs in parallel.
pub fn get_go_on(m: &mut Machine, promise: PromiseId, registration: RegistrationId, id: Atom, realm: RealmId) {
    step!(m, GET, "2");
    let fetches = &m.registration(registration).active_background_fetches;
    let found = fetches.iter().find(|(active, _)| *active == id).map(|(_, fetch)| *fetch);
    step!(m, GET, "3");
    branch!(m, GET, "3", found.is_none());
    let task = match found {
        _ if m.atoms.text(id).is_empty() && m.is_bent(Quirk::EmptyIdRefused) => {
            m.current = realm;
            let error = m.type_error();
            Task::Settle(promise, Settlement::Reject(error))
        }
        None if m.is_bent(Quirk::GetGivesNull) => Task::Settle(promise, Settlement::Resolve(Value::Null)),
        None => Task::Settle(promise, Settlement::Resolve(Value::Undefined)),
        Some(fetch) => {
            step!(m, GET, "4.1.1");
            step!(m, GET, "4.1.2");
            Task::ResolveWithInstance(promise, fetch)
        }
    };
    queue_a_task(m, realm, TaskSource::BackgroundFetch, task);
}

/// `getIds()`.
pub fn get_ids(m: &mut Machine, registration: RegistrationId) -> PromiseId {
    let promise = promise::create(m);
    m.in_parallel.push_back(InParallel::GetIds(promise, registration, m.current));
    promise
}

/// What `getIds()` runs in parallel.
pub fn get_ids_go_on(m: &mut Machine, promise: PromiseId, registration: RegistrationId, realm: RealmId) {
    step!(m, GET_IDS, "2");
    let ids = m.registration(registration).active_background_fetches.iter().map(|(id, _)| *id);
    let mut ids: Vec<Atom> = ids.collect();
    if m.is_bent(Quirk::IdsOfAll) {
        ids = m.background_fetches.iter().map(|fetch| fetch.id).collect();
    }
    if m.is_bent(Quirk::IdsReversed) {
        ids.reverse();
    }
    if m.is_bent(Quirk::IdsSorted) {
        ids.sort_by_key(|id| m.atoms.text(*id).to_owned());
    }
    let ids = ids.into_iter().map(Value::String).collect();
    let array = m.create_object_in(realm, Kind::Array(ids));
    let task = Task::Settle(promise, Settlement::Resolve(Value::Object(array)));
    queue_a_task(m, realm, TaskSource::BackgroundFetch, task);
}
