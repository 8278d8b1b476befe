//! Get a BackgroundFetchRegistration instance.
//! <https://wicg.github.io/background-fetch/#get-a-backgroundfetchregistration-instance-algorithm>

use crate::background_fetch::registration::Instance;
use crate::machine::Machine;
use crate::step::Algorithm;
use crate::value::{BackgroundFetchId, Kind, ObjectId, RealmId};
use crate::watch::{branch, returns, set, step};

const ALGORITHM: Algorithm = Algorithm::of("background-fetch/get a BackgroundFetchRegistration instance");

/// The variables of get a BackgroundFetchRegistration instance.
pub(crate) struct GetInstance {
    pub(crate) bg_fetch: BackgroundFetchId,
    pub(crate) realm: RealmId,
    pub(crate) instance: Option<ObjectId>,
}

/// Returns the one object that stands for a background fetch in a realm.
///
/// The text keeps them with "the only" manager of the realm, and there can be several (erratum `one-manager`): here
/// they belong to the realm.
pub(crate) fn get_an_instance(m: &mut Machine, bg_fetch: BackgroundFetchId, realm: RealmId) -> ObjectId {
    let mut v = GetInstance { bg_fetch, realm, instance: None };
    // 1. Abstracted: the objects belong to the realm (erratum `one-manager`).
    let known = m.realm(realm).instances.iter().find(|(of, _)| *of == bg_fetch).map(|(_, object)| *object);
    if branch!(m, v, "2", known.is_some())
        && let Some(instance) = known
    {
        return instance;
    }
    set!(m, v, "3", {
        let data = Instance::of(m, bg_fetch);
        v.instance = Some(m.create_object_in(v.realm, Kind::BackgroundFetchRegistration(data)));
    });
    let instance = v.instance.expect("step 3 has made it");
    step!(m, v, "4", m.realm_mut(v.realm).instances.push((bg_fetch, instance)));
    returns!(m, v, "5", instance)
}
