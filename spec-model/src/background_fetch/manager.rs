//! `BackgroundFetchManager`. <https://wicg.github.io/background-fetch/#background-fetch-manager>

use crate::machine::Machine;
use crate::value::{Kind, ObjectId, RealmId, RegistrationId};

/// Returns the one manager of a registration in a realm.
pub(crate) fn of(m: &mut Machine, realm: RealmId, registration: RegistrationId) -> ObjectId {
    if let Some(manager) = m.realm(realm).manager {
        return manager;
    }
    let manager = m.create_object_in(realm, Kind::BackgroundFetchManager(registration));
    m.realm_mut(realm).manager = Some(manager);
    manager
}
