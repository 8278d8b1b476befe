//! `BackgroundFetchRegistration`: what is copied into it.
//! <https://wicg.github.io/background-fetch/#background-fetch-registration>

use crate::atom::{self, Atom};
use crate::background_fetch::stored_body_bytes_total::stored_body_bytes_total;
use crate::background_fetch::{FailureReason, FetchResult};
use crate::machine::Machine;
use crate::value::{BackgroundFetchId, Kind, ObjectId, Value};

/// What an object copies of its background fetch, so that script can read it at once.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Instance {
    /// The background fetch.
    pub background_fetch: BackgroundFetchId,
    /// Its id.
    pub id: Atom,
    /// Its upload total, in bytes.
    pub upload_total: f64,
    /// Its download total, in bytes.
    pub download_total: f64,
    /// The bytes sent when last copied.
    pub uploaded: f64,
    /// The bytes stored when last copied.
    pub downloaded: f64,
    /// The result when last copied.
    pub result: FetchResult,
    /// The failure reason when last copied.
    pub failure_reason: FailureReason,
    /// Whether the records were available when last copied.
    pub records_available: bool,
}

impl Instance {
    pub(super) fn of(m: &mut Machine, bg_fetch: BackgroundFetchId) -> Self {
        let downloaded = stored_body_bytes_total(m, bg_fetch);
        let data = m.background_fetch(bg_fetch);
        Instance {
            background_fetch: bg_fetch,
            id: data.id,
            upload_total: data.upload_total,
            download_total: data.download_total,
            uploaded: data.uploaded,
            downloaded,
            result: data.result,
            failure_reason: data.failure_reason,
            records_available: data.records_available,
        }
    }
}

/// An attribute of the object.
#[must_use]
pub fn attribute(instance: &Instance, name: Atom) -> Value {
    match name {
        atom::ID => Value::String(instance.id),
        atom::UPLOAD_TOTAL => Value::Number(instance.upload_total),
        atom::UPLOADED => Value::Number(instance.uploaded),
        atom::DOWNLOAD_TOTAL => Value::Number(instance.download_total),
        atom::DOWNLOADED => Value::Number(instance.downloaded),
        atom::RESULT => Value::String(instance.result.name()),
        atom::FAILURE_REASON => Value::String(instance.failure_reason.name()),
        atom::RECORDS_AVAILABLE => Value::Bool(instance.records_available),
        _ => Value::Undefined,
    }
}

/// What an object has copied, to change.
///
/// # Panics
/// Panics where the object is no `BackgroundFetchRegistration`.
pub(crate) fn instance_mut(m: &mut Machine, object: ObjectId) -> &mut Instance {
    match &mut m.objects[object.index()].kind {
        Kind::BackgroundFetchRegistration(instance) => instance,
        _ => panic!("a BackgroundFetchRegistration"),
    }
}
