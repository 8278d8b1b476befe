//! `BackgroundFetchRegistration`: what is copied into it, `abort()`, `match()` and `matchAll()`.
//! <https://wicg.github.io/background-fetch/#background-fetch-registration>

use crate::atom::{self, Atom};
use crate::background_fetch::{FailureReason, FetchResult, does_not_contain, perform, remove, request};
use crate::ecmascript::promise::{self, Reaction, Settlement};
use crate::html::event_loop::{InParallel, Task, TaskSource, queue_a_task};
use crate::machine::{Host, Machine};
use crate::quirk::Quirk;
use crate::step::{Algorithm, branch, step};
use crate::value::{BackgroundFetchId, Kind, ObjectId, PromiseId, Value};

const ABORT: Algorithm = Algorithm::of("background-fetch/abort()");
const MATCH: Algorithm = Algorithm::of("background-fetch/match(request, options)");
const MATCH_ALL: Algorithm = Algorithm::of("background-fetch/matchAll(request, options)");
const STORED_BYTES: Algorithm = Algorithm::of("background-fetch/stored body bytes total");

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
    pub(super) fn of(m: &mut Machine, fetch: BackgroundFetchId) -> Self {
        step!(m, STORED_BYTES, "3");
        let (untold, no_totals) = (m.is_bent(Quirk::ResultUntold), m.is_bent(Quirk::TotalsZero));
        let data = m.background_fetch(fetch);
        Instance {
            background_fetch: fetch,
            id: data.id,
            upload_total: if no_totals { 0.0 } else { data.upload_total },
            download_total: if no_totals { 0.0 } else { data.download_total },
            uploaded: data.uploaded,
            downloaded: data.stored,
            result: if untold { FetchResult::Pending } else { data.result },
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

/// `abort()`. <https://wicg.github.io/background-fetch/#background-fetch-registration-abort>
pub fn abort(m: &mut Machine, fetch: BackgroundFetchId) -> PromiseId {
    if m.is_bent(Quirk::AbortsAtOnce) {
        for object in &mut m.objects {
            if let Kind::BackgroundFetchRegistration(instance) = &mut object.kind
                && instance.background_fetch == fetch
            {
                instance.result = FetchResult::Failure;
            }
        }
    }
    let promise = promise::create(m);
    m.in_parallel.push_back(InParallel::Abort(promise, fetch));
    promise
}

/// What `abort()` runs in parallel.
pub fn abort_go_on(m: &mut Machine, promise: PromiseId, fetch: BackgroundFetchId) {
    let registration = m.background_fetch(fetch).registration;
    let realm = m.object(m.promise(promise).object).realm;
    step!(m, ABORT, "3.3");
    let gone = branch!(m, ABORT, "3.3", does_not_contain(m, registration, fetch));
    if !gone {
        step!(m, ABORT, "3.4");
        remove(m, registration, fetch);
    }
    step!(m, ABORT, "3.5");
    let told = !gone || m.is_bent(Quirk::AbortsTwice);
    let task = Task::Settle(promise, Settlement::Resolve(Value::Bool(told)));
    queue_a_task(m, realm, TaskSource::BackgroundFetch, task);
    if !gone {
        step!(m, ABORT, "3.6");
        perform::abort_all(m, fetch);
    }
}

/// `match()`: the first of `matchAll()`.
///
/// # Errors
/// What the conversion of an argument threw.
pub fn match_first(
    m: &mut Machine,
    h: &mut impl Host,
    instance: &Instance,
    arguments: &[Value],
) -> Result<PromiseId, Value> {
    let request = request::info(m, h, arguments[0])?;
    let options = request::query_options(m, h, arguments.get(1).copied().unwrap_or(Value::Undefined))?;
    step!(m, MATCH, "1");
    let all = find(m, instance, Some(request), options);
    step!(m, MATCH, "2");
    let first = promise::create(m);
    promise::then(m, all, Reaction::First(first));
    Ok(first)
}

/// `matchAll()`. <https://wicg.github.io/background-fetch/#background-fetch-registration-match-all>
///
/// # Errors
/// What the conversion of an argument threw.
pub fn match_all(
    m: &mut Machine,
    h: &mut impl Host,
    instance: &Instance,
    arguments: &[Value],
) -> Result<PromiseId, Value> {
    let request = match arguments.first() {
        None | Some(Value::Undefined) => None,
        Some(request) => Some(request::info(m, h, *request)?),
    };
    let options = request::query_options(m, h, arguments.get(1).copied().unwrap_or(Value::Undefined))?;
    Ok(find(m, instance, request, options))
}

fn find(
    m: &mut Machine,
    instance: &Instance,
    request: Option<request::Info>,
    options: request::QueryOptions,
) -> PromiseId {
    step!(m, MATCH_ALL, "1");
    let ended = instance.result != FetchResult::Pending && m.is_bent(Quirk::RecordsGoneInEvent);
    let gone = branch!(m, MATCH_ALL, "1", !instance.records_available) && !m.is_bent(Quirk::MatchesGoneRecords);
    if gone || ended {
        let error = m.dom_exception(atom::INVALID_STATE_ERROR);
        return promise::rejected_with(m, error);
    }
    step!(m, MATCH_ALL, "2");
    let promise = promise::create(m);
    let fetch = m.background_fetch(instance.background_fetch);
    let gone = !fetch.records_available && m.is_bent(Quirk::ClickClaimsRecords);
    let records = if gone { Vec::new() } else { fetch.records.clone() };
    let request = request.filter(|_| !m.is_bent(Quirk::MatchIgnoresRequest));
    let mut count = 0;
    for record in &records {
        // Without a request all match (erratum `match-of-nothing`).
        let matching = request.is_none_or(|request| request::matches(m, request, record, options));
        count += u32::from(branch!(m, MATCH_ALL, "3.2.1", matching));
    }
    step!(m, MATCH_ALL, "3.2.1");
    step!(m, MATCH_ALL, "3.3");
    let task = Task::ResolveWithRecords(promise, count);
    queue_a_task(m, m.current, TaskSource::BackgroundFetch, task);
    step!(m, MATCH_ALL, "4");
    promise
}

/// What the task of `matchAll()` does.
pub fn resolve_with_records(m: &mut Machine, h: &mut impl Host, promise: PromiseId, count: u32) {
    let records = (0..count).map(|_| Value::Object(m.create_object(Kind::BackgroundFetchRecord))).collect();
    let array = m.create_object(Kind::Array(records));
    promise::resolve(m, h, promise, Value::Object(array));
}

/// Lets an object tell that records are available, as a bent machine does.
pub(crate) fn claim_records(m: &mut Machine, object: ObjectId) {
    if let Kind::BackgroundFetchRegistration(instance) = &mut m.objects[object.index()].kind {
        instance.records_available = true;
    }
}
