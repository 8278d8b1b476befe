//! Get a BackgroundFetchRegistration instance.
//! <https://wicg.github.io/background-fetch/#get-a-backgroundfetchregistration-instance-algorithm>

use crate::background_fetch::registration::Instance;
use crate::machine::Machine;
use crate::quirk::Quirk;
use crate::step::{Algorithm, branch, step};
use crate::value::{BackgroundFetchId, Kind, ObjectId, RealmId};

const GET_INSTANCE: Algorithm = Algorithm::of("background-fetch/get a BackgroundFetchRegistration instance");

/// The one object that stands for a background fetch in a realm.
///
/// The text keeps them with "the only" manager of the realm, and there can be several (erratum `one-manager`): here
/// they belong to the realm.
pub fn get_an_instance(m: &mut Machine, fetch: BackgroundFetchId, realm: RealmId) -> ObjectId {
    step!(m, GET_INSTANCE, "2");
    let known = m.realm(realm).instances.iter().find(|(of, _)| *of == fetch).map(|(_, object)| *object);
    branch!(m, GET_INSTANCE, "2", known.is_some());
    if let Some(object) = known
        && !m.is_bent(Quirk::InstancePerUse)
    {
        return object;
    }
    if m.is_bent(Quirk::InstanceShared)
        && let Some((_, object)) = m.realms.iter().flat_map(|realm| &realm.instances).find(|(of, _)| *of == fetch)
    {
        return *object;
    }
    step!(m, GET_INSTANCE, "3");
    let instance = Instance::of(m, fetch);
    let object = m.create_object_in(realm, Kind::BackgroundFetchRegistration(instance));
    step!(m, GET_INSTANCE, "4");
    m.realm_mut(realm).instances.push((fetch, object));
    step!(m, GET_INSTANCE, "5");
    object
}
