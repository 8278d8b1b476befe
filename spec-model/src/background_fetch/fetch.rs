//! `BackgroundFetchManager.fetch()`. <https://wicg.github.io/background-fetch/#background-fetch-manager-fetch>

use crate::atom::{self, Atom};
use crate::background_fetch::queue_a_bgfetch_task::queue_a_bgfetch_task;
use crate::background_fetch::{BackgroundFetch, FailureReason, FetchResult, Permission, options, request};
use crate::ecmascript::promise::{self, Settlement};
use crate::html::event_loop::{InParallel, Task};
use crate::machine::{Host, Machine};
use crate::step::Algorithm;
use crate::value::{BackgroundFetchId, Kind, PromiseId, RealmId, RegistrationId, Value};
use crate::watch::{branch, returns, set, step};
use crate::web_idl::dom_string::convert_to_dom_string as to_string;

const ALGORITHM: Algorithm = Algorithm::of("background-fetch/fetch(id, requests, options)");

/// A call of `fetch()` whose promise was returned.
#[derive(Clone, PartialEq, Debug)]
pub struct Call {
    pub(crate) promise: PromiseId,
    pub(crate) registration: RegistrationId,
    pub(crate) realm: RealmId,
    pub(crate) id: Atom,
    records: Vec<request::Request>,
    upload_total: f64,
    download_total: f64,
}

/// The variables of the steps that `fetch()` takes at once.
pub(crate) struct Fetch {
    pub(crate) registration: RegistrationId,
    pub(crate) records: Vec<request::Request>,
    pub(crate) upload_total: f64,
    pub(crate) requests: Vec<Value>,
}

/// The variables of the steps of the edit queue.
pub(crate) struct FetchInParallel<'a> {
    pub(crate) call: &'a Call,
    pub(crate) bg_fetch: BackgroundFetchId,
}

/// `fetch()`.
///
/// # Errors
/// What the conversion of an argument threw; what the promise is rejected with where the steps say so at once.
pub(crate) fn fetch(
    m: &mut Machine,
    h: &mut impl Host,
    this: RegistrationId,
    arguments: &[Value],
) -> Result<PromiseId, Value> {
    let id = to_string(m, h, arguments[0])?;
    let mut v = Fetch { registration: this, records: Vec::new(), upload_total: 0.0, requests: Vec::new() };
    // 1, 2, 3. Holds by type: the manager's registration is an argument, and the variables begin empty.
    let sequence = arguments[1].object().and_then(|object| match &m.object(object).kind {
        Kind::Array(items) => Some(items.clone()),
        _ => None,
    });
    if branch!(m, v, "4", sequence.is_none()) {
        set!(m, h, v, "4", v.requests = vec![arguments[1]]);
    } else {
        v.requests = sequence.unwrap_or_default();
    }
    let mut requests = Vec::with_capacity(v.requests.len());
    for request in v.requests.clone() {
        requests.push(request::info(m, h, request)?);
    }
    let download_total =
        options::background_fetch_options(m, h, arguments.get(2).copied().unwrap_or(Value::Undefined))?;
    if branch!(m, v, "5", requests.is_empty()) {
        return Err(m.type_error());
    }
    // 6. Abstracted: it only holds the steps below it together, which have code.
    for request in requests {
        let internal_request = request::of_info(m, request);
        if branch!(m, v, "6.1", internal_request.is_err()) {
            return internal_request.map(|_| unreachable!("it threw"));
        }
        let internal_request = internal_request?;
        if branch!(m, v, "6.2", internal_request.no_cors) {
            return Err(m.type_error());
        }
        // 6.3. Holds by type: a background fetch knows nothing of the page that started it.
        // 6.4, 6.5. Abstracted: of a record, its request is kept.
        step!(m, h, v, "6.6", v.records.push(internal_request));
        v.upload_total += f64::from(internal_request.body.unwrap_or(0));
    }
    let promise;
    set!(m, "7", promise = promise::create(m));
    let Fetch { registration, records, upload_total, .. } = v;
    let realm = m.current;
    let call = Call { promise, registration, realm, id, records, upload_total, download_total };
    step!(m, "8", m.in_parallel.push_back(InParallel::StartFetch(call)));
    returns!(m, "9", Ok(promise))
}

/// The steps of the edit queue.
pub(crate) fn fetch_in_parallel(m: &mut Machine, call: &Call) {
    let mut v = FetchInParallel { call, bg_fetch: BackgroundFetchId(0) };
    let registration = call.registration;
    // 8.1. Holds by type: the permission is the machine's.
    if branch!(m, v, "8.2", m.permission == Permission::Denied) {
        return step!(m, v, "8.2", reject(m, call, atom::NOT_ALLOWED_ERROR));
    }
    // 8.3. Holds by type: a field of the registration.
    if branch!(m, v, "8.4", m.registration(registration).active.is_none()) {
        return step!(m, v, "8.4", reject(m, call, atom::TYPE_ERROR));
    }
    let exists = m.registration(registration).active_background_fetches.iter().any(|(id, _)| *id == call.id);
    if branch!(m, v, "8.5", exists) {
        return step!(m, v, "8.5", reject(m, call, atom::TYPE_ERROR));
    }
    // 8.6, 8.7, 8.8, 8.8.1, 8.8.2. Abstracted: the length of a body is known at once: nothing has to be read.
    // 8.8.3, 8.8.3.1, 8.8.3.1.1, 8.8.3.1.2. Abstracted: no body is a stream that could fail.
    // 8.8.3.2, 8.8.3.3, 8.8.3.4. Abstracted: the lengths of the bodies are summed up with the requests.
    // 8.9. Out of scope: there is always room for the requests.
    // 8.10, 8.11. Abstracted: the length of a body is known at once: nothing has to be read.
    set!(m, v, "8.12", {
        v.bg_fetch = BackgroundFetchId(m.background_fetches.len() as u32);
        m.background_fetches.push(BackgroundFetch {
            id: call.id,
            registration,
            records: call.records.clone(),
            download_total: call.download_total,
            upload_total: call.upload_total,
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
    });
    let bg_fetch = v.bg_fetch;
    step!(m, v, "8.13", m.registration_mut(registration).active_background_fetches.push((call.id, bg_fetch)));
    // 8.14. Abstracted: the task is data; running it gets the instance and resolves the promise.
    step!(m, v, "8.14.1", queue_a_bgfetch_task(m, call.realm, Task::ResolveWithInstance(call.promise, bg_fetch)));
    // 8.15. Abstracted: the UI is there as long as the background fetch is.
    // 8.16. Abstracted: from outside it is said how the network goes on.
}

/// Rejects the promise of a call with an exception of this name.
pub(crate) fn reject(m: &mut Machine, call: &Call, name: Atom) {
    m.current = call.realm;
    let error = if name == atom::TYPE_ERROR { m.type_error() } else { m.dom_exception(name) };
    queue_a_bgfetch_task(m, call.realm, Task::Settle(call.promise, Settlement::Reject(error)));
}
