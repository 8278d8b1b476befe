//! `BackgroundFetchRegistration.match()` and `matchAll()`.
//! <https://wicg.github.io/background-fetch/#background-fetch-registration-match-all>

use crate::atom;
use crate::background_fetch::queue_a_bgfetch_task::queue_a_bgfetch_task;
use crate::background_fetch::registration::Instance;
use crate::background_fetch::request::{self, Info, QueryOptions};
use crate::background_fetch::request_matches_cached_item::request_matches_cached_item;
use crate::ecmascript::promise::{self, Reaction};
use crate::html::event_loop::Task;
use crate::machine::{Host, Machine};
use crate::step::Algorithm;
use crate::value::{Kind, PromiseId, Value};
use crate::watch::{branch, returns, set, step};

/// The variables of `matchAll()`.
pub(crate) struct MatchAll {
    pub(crate) this: Instance,
    pub(crate) request: Option<Info>,
    pub(crate) promise: Option<PromiseId>,
    /// How many records match.
    pub(crate) matching_records: u32,
}

/// `match()`: the first of `matchAll()`.
///
/// # Errors
/// What the conversion of an argument threw.
pub(crate) fn match_first(
    m: &mut Machine,
    h: &mut impl Host,
    this: &Instance,
    arguments: &[Value],
) -> Result<PromiseId, Value> {
    const ALGORITHM: Algorithm = Algorithm::of("background-fetch/match(request, options)");
    let request = request::info(m, h, arguments[0])?;
    let options = request::query_options(m, h, arguments.get(1).copied().unwrap_or(Value::Undefined))?;
    let promise = returns!(m, "1", match_all(m, this, Some(request), options));
    let first = promise::create(m);
    step!(m, "2", promise::then(m, promise, Reaction::First(first)));
    Ok(first)
}

/// `matchAll()`, with its arguments still to be converted.
///
/// # Errors
/// What the conversion of an argument threw.
pub(crate) fn match_all_of(
    m: &mut Machine,
    h: &mut impl Host,
    this: &Instance,
    arguments: &[Value],
) -> Result<PromiseId, Value> {
    let request = match arguments.first() {
        None | Some(Value::Undefined) => None,
        Some(request) => Some(request::info(m, h, *request)?),
    };
    let options = request::query_options(m, h, arguments.get(1).copied().unwrap_or(Value::Undefined))?;
    Ok(match_all(m, this, request, options))
}

/// `matchAll()`.
fn match_all(m: &mut Machine, this: &Instance, request: Option<Info>, options: QueryOptions) -> PromiseId {
    const ALGORITHM: Algorithm = Algorithm::of("background-fetch/matchAll(request, options)");
    let mut v = MatchAll { this: *this, request, promise: None, matching_records: 0 };
    if branch!(m, v, "1", !this.records_available) {
        let error = m.dom_exception(atom::INVALID_STATE_ERROR);
        return promise::rejected_with(m, error);
    }
    let promise = promise::create(m);
    set!(m, v, "2", v.promise = Some(promise));
    // 3. Abstracted: the records are counted at once: nobody can change them in the meantime.
    set!(m, v, "3.1", v.matching_records = 0);
    // 3.2. Abstracted: the records are counted at once: nobody can change them in the meantime.
    for record in m.background_fetch(this.background_fetch).records.clone() {
        // Without a request all match (erratum `match-of-nothing`).
        let matches = request.is_none_or(|request| request_matches_cached_item(m, request, &record, options));
        if branch!(m, v, "3.2.1", matches) {
            step!(m, v, "3.2.1", v.matching_records += 1);
        }
    }
    let resolve = Task::ResolveWithRecords(promise, v.matching_records);
    step!(m, v, "3.3", queue_a_bgfetch_task(m, m.current, resolve));
    returns!(m, v, "4", promise)
}

/// The task of `matchAll()`.
pub(crate) fn resolve_with_records_in_task(m: &mut Machine, h: &mut impl Host, promise: PromiseId, count: u32) {
    let records = (0..count).map(|_| Value::Object(m.create_object(Kind::BackgroundFetchRecord))).collect();
    let array = m.create_object(Kind::Array(records));
    promise::resolve(m, h, promise, Value::Object(array));
}
