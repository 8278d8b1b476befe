//! Update background fetch instances.
//! <https://wicg.github.io/background-fetch/#update-background-fetch-instance-algorithm>

use crate::atom;
use crate::background_fetch::queue_a_bgfetch_task::queue_a_bgfetch_task;
use crate::background_fetch::registration::{Instance, instance_mut};
use crate::background_fetch::stored_body_bytes_total::stored_body_bytes_total;
use crate::background_fetch::{FailureReason, FetchResult};
use crate::dom::fire_an_event::fire_a_plain_event;
use crate::html::event_loop::{InParallel, Task};
use crate::machine::{Host, Machine};
use crate::step::Algorithm;
use crate::value::{BackgroundFetchId, ObjectId, RealmId};
use crate::watch::{branch, set, step};

const ALGORITHM: Algorithm = Algorithm::of("background-fetch/update background fetch instances");

/// What the steps of the update handling queue read of a background fetch.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Copy {
    pub(crate) background_fetch: BackgroundFetchId,
    downloaded: f64,
    uploaded: f64,
    pub(crate) result: FetchResult,
    failure_reason: FailureReason,
    records_available: bool,
}

/// The variables of the task.
pub(crate) struct Update<'a> {
    pub(crate) copy: &'a Copy,
    pub(crate) bg_fetch_registration: Option<ObjectId>,
}

impl Copy {
    /// Whether an object has copied the same already.
    pub(crate) fn is_known(&self, instance: &Instance) -> bool {
        self.downloaded == instance.downloaded
            && self.uploaded == instance.uploaded
            && self.result == instance.result
            && self.failure_reason == instance.failure_reason
    }
}

/// Enqueues the update of the objects of a background fetch.
pub(crate) fn update_background_fetch_instances(m: &mut Machine, bg_fetch: BackgroundFetchId) {
    m.in_parallel.push_back(InParallel::UpdateInstances(bg_fetch));
}

/// The steps of the update handling queue.
pub(crate) fn update_background_fetch_instances_in_parallel(m: &mut Machine, bg_fetch: BackgroundFetchId) {
    let mut copy = Copy {
        background_fetch: bg_fetch,
        downloaded: 0.0,
        uploaded: 0.0,
        result: FetchResult::Pending,
        failure_reason: FailureReason::None,
        records_available: true,
    };
    set!(m, "1", copy.downloaded = stored_body_bytes_total(m, bg_fetch));
    set!(m, "2", copy.uploaded = m.background_fetch(bg_fetch).uploaded);
    set!(m, "3", copy.result = m.background_fetch(bg_fetch).result);
    set!(m, "4", copy.failure_reason = m.background_fetch(bg_fetch).failure_reason);
    set!(m, "5", copy.records_available = m.background_fetch(bg_fetch).records_available);
    for realm in 0..m.realms.len() as u32 {
        step!(m, "6", queue_a_bgfetch_task(m, RealmId(realm), Task::UpdateInstance(copy)));
    }
}

/// The task of each realm.
pub(crate) fn update_instance_in_task(m: &mut Machine, h: &mut impl Host, realm: RealmId, copy: &Copy) {
    let mut v = Update { copy, bg_fetch_registration: None };
    let found = m.realm(realm).instances.iter().find(|(of, _)| *of == copy.background_fetch);
    let found = found.map(|(_, object)| *object);
    set!(m, h, v, "6.1", v.bg_fetch_registration = found);
    if branch!(m, v, "6.2", v.bg_fetch_registration.is_none()) {
        return;
    }
    let Some(object) = v.bg_fetch_registration else { return };
    if branch!(m, v, "6.3", !copy.records_available && instance_mut(m, object).records_available) {
        step!(m, h, v, "6.3", instance_mut(m, object).records_available = false);
    }
    if branch!(m, v, "6.4", instance_mut(m, object).result != FetchResult::Pending) {
        return;
    }
    if branch!(m, v, "6.5", copy.is_known(instance_mut(m, object))) {
        return;
    }
    step!(m, h, v, "6.6", instance_mut(m, object).downloaded = copy.downloaded);
    step!(m, h, v, "6.7", instance_mut(m, object).uploaded = copy.uploaded);
    step!(m, h, v, "6.8", instance_mut(m, object).result = copy.result);
    step!(m, h, v, "6.9", instance_mut(m, object).failure_reason = copy.failure_reason);
    step!(m, h, v, "6.10", fire_a_plain_event(m, h, atom::PROGRESS, object));
}
