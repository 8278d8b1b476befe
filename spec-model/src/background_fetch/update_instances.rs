//! Update background fetch instances.
//! <https://wicg.github.io/background-fetch/#update-background-fetch-instance-algorithm>

use crate::atom;
use crate::background_fetch::registration::Instance;
use crate::background_fetch::{FailureReason, FetchResult};
use crate::dom::fire_an_event::fire_a_plain_event;
use crate::html::event_loop::{InParallel, Task, TaskSource, queue_a_task};
use crate::machine::{Host, Machine};
use crate::quirk::Quirk;
use crate::step::{Algorithm, branch, step};
use crate::value::{BackgroundFetchId, Kind, RealmId};

const UPDATE: Algorithm = Algorithm::of("background-fetch/update background fetch instances");

/// What is copied of a background fetch at one time.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Copy {
    background_fetch: BackgroundFetchId,
    downloaded: f64,
    uploaded: f64,
    result: FetchResult,
    failure_reason: FailureReason,
    records_available: bool,
}

/// Has the objects of a background fetch updated, in a task of each realm.
pub fn update_background_fetch_instances(m: &mut Machine, fetch: BackgroundFetchId) {
    m.in_parallel.push_back(InParallel::UpdateInstances(fetch));
}

/// What runs in the update handling queue.
pub fn go_on(m: &mut Machine, fetch: BackgroundFetchId) {
    for step in const { [UPDATE.step("1"), UPDATE.step("2"), UPDATE.step("3"), UPDATE.step("4"), UPDATE.step("5")] } {
        m.took(step, None);
    }
    let data = m.background_fetch(fetch);
    let copy = Copy {
        background_fetch: fetch,
        downloaded: data.stored,
        uploaded: data.uploaded,
        result: data.result,
        failure_reason: data.failure_reason,
        records_available: data.records_available,
    };
    step!(m, UPDATE, "6");
    for realm in 0..m.realms.len() as u32 {
        queue_a_task(m, RealmId(realm), TaskSource::BackgroundFetch, Task::UpdateInstance(copy));
    }
}

/// What the task does.
pub fn update(m: &mut Machine, h: &mut impl Host, realm: RealmId, copy: &Copy) {
    step!(m, UPDATE, "6.1");
    let found = m.realm(realm).instances.iter().find(|(of, _)| *of == copy.background_fetch);
    let found = found.map(|(_, object)| *object);
    branch!(m, UPDATE, "6.2", found.is_none());
    let Some(object) = found else {
        step!(m, UPDATE, "6.2");
        return;
    };
    let Kind::BackgroundFetchRegistration(instance) = m.object(object).kind else {
        unreachable!("instances are of this kind")
    };
    step!(m, UPDATE, "6.3");
    let unset = branch!(m, UPDATE, "6.3", !copy.records_available && instance.records_available);
    let mut updated = Instance { records_available: instance.records_available && !unset, ..instance };
    // 6.4: a settled fetch reports no more progress, but its records may still go.
    step!(m, UPDATE, "6.4");
    let settled = branch!(m, UPDATE, "6.4", instance.result != FetchResult::Pending);
    if !settled {
        updated.downloaded = copy.downloaded;
        updated.uploaded = copy.uploaded;
        if !m.is_bent(Quirk::ResultUntold) {
            updated.result = copy.result;
        }
        updated.failure_reason = copy.failure_reason;
    }
    let progress = Instance { records_available: instance.records_available, ..updated } != instance;
    m.objects[object.index()].kind = Kind::BackgroundFetchRegistration(updated);
    if settled {
        return;
    }
    step!(m, UPDATE, "6.5");
    if branch!(m, UPDATE, "6.5", !progress) || m.is_bent(Quirk::NoProgressEvent) {
        return;
    }
    for step in const { [UPDATE.step("6.6"), UPDATE.step("6.7"), UPDATE.step("6.8"), UPDATE.step("6.9")] } {
        m.took(step, None);
    }
    step!(m, UPDATE, "6.10");
    fire_a_plain_event(m, h, atom::PROGRESS, object);
}
