//! `BackgroundFetchManager.fetch()`. <https://wicg.github.io/background-fetch/#background-fetch-manager-fetch>

use crate::atom::{self, Atom};
use crate::background_fetch::{BackgroundFetch, FailureReason, FetchResult, Permission, request};
use crate::ecmascript::promise::{self, Settlement};
use crate::html::event_loop::{InParallel, Task, TaskSource, queue_a_task};
use crate::machine::{Host, Machine, Scope};
use crate::quirk::Quirk;
use crate::step::{Algorithm, branch, step};
use crate::value::{BackgroundFetchId, Kind, PromiseId, RealmId, RegistrationId, Value};
use crate::web_idl::convert;
use crate::web_idl::dom_string::convert_to_dom_string as to_string;

const FETCH: Algorithm = Algorithm::of("background-fetch/fetch(id, requests, options)");
const QUEUE: Algorithm = Algorithm::of("background-fetch/queue a bgfetch task");

/// A call of `fetch()` whose arguments were converted.
#[derive(Clone, PartialEq, Debug)]
pub struct Request {
    promise: PromiseId,
    registration: RegistrationId,
    realm: RealmId,
    id: Atom,
    records: Vec<request::Request>,
    upload_total: f64,
    download_total: f64,
}

/// `fetch()`.
///
/// # Errors
/// What the conversion of an argument threw.
pub fn fetch(
    m: &mut Machine,
    h: &mut impl Host,
    registration: RegistrationId,
    arguments: &[Value],
) -> Result<PromiseId, Value> {
    let id = to_string(m, h, arguments[0])?;
    // 4: one request is a list of one.
    step!(m, FETCH, "4");
    let sequence = arguments[1].object().and_then(|object| match &m.object(object).kind {
        Kind::Array(items) => Some(items.clone()),
        _ => None,
    });
    branch!(m, FETCH, "4", sequence.is_none());
    let requests = sequence.unwrap_or_else(|| vec![arguments[1]]);
    let mut converted = Vec::new();
    for request in requests {
        converted.push(request::info(m, h, request)?);
    }
    let options = convert::dictionary(m, arguments.get(2).copied().unwrap_or(Value::Undefined))?;
    let mut download_total = 0.0;
    if options.is_some() {
        if m.is_bent(Quirk::FetchTotalReadFirst) {
            convert::member(m, h, options, atom::DOWNLOAD_TOTAL)?;
        }
        convert::member(m, h, options, atom::ICONS)?;
        let title = convert::member(m, h, options, atom::TITLE)?;
        if let Some(title) = title.filter(|_| !m.is_bent(Quirk::FetchTitleUnconverted)) {
            to_string(m, h, title)?;
        }
        if let Some(total) = convert::member(m, h, options, atom::DOWNLOAD_TOTAL)? {
            download_total = convert::unsigned_long_long(m, h, total)?;
        }
    }
    let in_worker = matches!(m.realm(m.current).scope, Scope::ServiceWorker(_));
    if in_worker && m.is_bent(Quirk::FetchFromPagesAlone) {
        return Err(m.type_error());
    }
    step!(m, FETCH, "5");
    if branch!(m, FETCH, "5", converted.is_empty()) && !m.is_bent(Quirk::EmptyFetch) {
        return Err(m.type_error());
    }
    let mut records = Vec::new();
    let mut upload_total = 0.0;
    for info in converted {
        step!(m, FETCH, "6.1");
        let request = request::of_info(m, info);
        branch!(m, FETCH, "6.1", request.is_err());
        let request = request?;
        step!(m, FETCH, "6.2");
        if branch!(m, FETCH, "6.2", request.no_cors) && !m.is_bent(Quirk::NoCorsAllowed) {
            return Err(m.type_error());
        }
        upload_total += f64::from(request.body.unwrap_or(0));
        step!(m, FETCH, "6.6");
        records.push(request);
    }
    step!(m, FETCH, "7");
    let promise = promise::create(m);
    step!(m, FETCH, "8");
    let realm = m.current;
    let request = Request { promise, registration, realm, id, records, upload_total, download_total };
    m.in_parallel.push_back(InParallel::StartFetch(request));
    step!(m, FETCH, "9");
    Ok(promise)
}

/// What runs in parallel.
pub fn go_on(m: &mut Machine, request: &Request) {
    step!(m, FETCH, "8.2");
    if m.permission == Permission::Denied && m.is_bent(Quirk::PermissionErrorType) {
        return reject(m, request, atom::TYPE_ERROR);
    }
    let in_worker = matches!(m.realm(request.realm).scope, Scope::ServiceWorker(_));
    if in_worker && m.is_bent(Quirk::FetchRefusedInWorker) {
        return reject(m, request, atom::NOT_ALLOWED_ERROR);
    }
    if branch!(m, FETCH, "8.2", m.permission == Permission::Denied) && !m.is_bent(Quirk::PermissionIgnored) {
        return reject(m, request, atom::NOT_ALLOWED_ERROR);
    }
    step!(m, FETCH, "8.4");
    if branch!(m, FETCH, "8.4", m.registration(request.registration).active.is_none()) {
        return reject(m, request, atom::TYPE_ERROR);
    }
    step!(m, FETCH, "8.5");
    let fetches = &m.registration(request.registration).active_background_fetches;
    let exists = fetches.iter().any(|(id, _)| *id == request.id);
    if branch!(m, FETCH, "8.5", exists) && !m.is_bent(Quirk::IdsReused) {
        return reject(m, request, atom::TYPE_ERROR);
    }
    if m.is_bent(Quirk::IdsStayUsed) && m.background_fetches.iter().any(|fetch| fetch.id == request.id) {
        return reject(m, request, atom::TYPE_ERROR);
    }
    step!(m, FETCH, "8.12");
    let fetch = BackgroundFetchId(m.background_fetches.len() as u32);
    m.background_fetches.push(BackgroundFetch {
        id: request.id,
        registration: request.registration,
        records: request.records.clone(),
        download_total: request.download_total,
        upload_total: request.upload_total,
        uploaded: 0.0,
        stored: 0.0,
        result: FetchResult::Pending,
        failure_reason: FailureReason::None,
        records_available: true,
        paused: false,
        abort_all: false,
        ended: None,
        cleared: false,
    });
    step!(m, FETCH, "8.13");
    m.registration_mut(request.registration).active_background_fetches.push((request.id, fetch));
    step!(m, FETCH, "8.14.1");
    step!(m, QUEUE, "body");
    let task = Task::ResolveWithInstance(request.promise, fetch);
    queue_a_task(m, request.realm, TaskSource::BackgroundFetch, task);
    step!(m, FETCH, "8.15");
    step!(m, FETCH, "8.16");
}

fn reject(m: &mut Machine, request: &Request, name: Atom) {
    m.current = request.realm;
    let error = if name == atom::TYPE_ERROR { m.type_error() } else { m.dom_exception(name) };
    let task = Task::Settle(request.promise, Settlement::Reject(error));
    queue_a_task(m, request.realm, TaskSource::BackgroundFetch, task);
}
