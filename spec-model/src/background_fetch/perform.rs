//! Perform a background fetch: what its end sets off.
//! <https://wicg.github.io/background-fetch/#perform-a-background-fetch-algorithm>
//!
//! What completes a record is abstract; a record's result is said from outside.

use crate::atom;
use crate::background_fetch::{FailureReason, FetchResult, contains, remove, update_instances};
use crate::html::event_loop::InParallel;
use crate::machine::Machine;
use crate::quirk::Quirk;
use crate::service_worker::fire_functional_event::{Then, fire_functional_event};
use crate::step::{Algorithm, branch, step};
use crate::value::BackgroundFetchId;
use crate::web_idl::interfaces::Interface;

const PERFORM: Algorithm = Algorithm::of("background-fetch/perform a background fetch");
const COMPLETE: Algorithm = Algorithm::of("background-fetch/complete a record");

/// The network has ended a fetch: well, or for a reason. Of a paused fetch it knows nothing.
///
/// An abort ends a paused fetch too; read literally it would wait until the fetch is resumed.
pub fn end(m: &mut Machine, fetch: BackgroundFetchId, reason: FailureReason) {
    let data = m.background_fetch(fetch);
    let pauses = data.paused && reason != FailureReason::Aborted;
    if data.ended.is_some() || data.cleared || pauses {
        return;
    }
    step!(m, PERFORM, "5.1");
    step!(m, PERFORM, "5.2");
    m.background_fetch_mut(fetch).ended = Some(reason);
    if reason == FailureReason::BadStatus && m.is_bent(Quirk::BadStatusUncounted) {
        m.background_fetch_mut(fetch).stored = 0.0;
    }
    step!(m, PERFORM, "6");
    branch!(m, PERFORM, "7", reason == FailureReason::DownloadTotalExceeded);
    m.in_parallel.push_back(InParallel::Settle(fetch));
}

/// So many bytes were received, or more than had been announced.
pub fn received(m: &mut Machine, fetch: BackgroundFetchId, bytes: f64) {
    let data = m.background_fetch(fetch);
    if data.paused || data.ended.is_some() {
        return;
    }
    let (total, limit) = (data.stored + bytes, data.download_total);
    step!(m, COMPLETE, "11.10.1");
    let limited = limit > 0.0 || m.is_bent(Quirk::ZeroTotalLimits);
    if branch!(m, COMPLETE, "11.10.1", limited && total > limit) && !m.is_bent(Quirk::DownloadTotalIgnored) {
        step!(m, COMPLETE, "11.10.1.2");
        step!(m, PERFORM, "7");
        return end(m, fetch, FailureReason::DownloadTotalExceeded);
    }
    step!(m, COMPLETE, "11.10.2");
    m.background_fetch_mut(fetch).stored = total;
    step!(m, COMPLETE, "11.10.4");
    update_instances::update_background_fetch_instances(m, fetch);
}

/// So many bytes were sent.
pub fn sent(m: &mut Machine, fetch: BackgroundFetchId, bytes: f64) {
    let data = m.background_fetch(fetch);
    if data.paused || data.ended.is_some() {
        return;
    }
    step!(m, COMPLETE, "11.2");
    m.background_fetch_mut(fetch).uploaded += bytes;
    step!(m, COMPLETE, "11.4");
    update_instances::update_background_fetch_instances(m, fetch);
}

/// Sets the abort all flag, which ends every record.
pub fn abort_all(m: &mut Machine, fetch: BackgroundFetchId) {
    m.background_fetch_mut(fetch).abort_all = true;
    end(m, fetch, FailureReason::Aborted);
}

/// The steps once all records are complete.
pub fn settle(m: &mut Machine, fetch: BackgroundFetchId) {
    let registration = m.background_fetch(fetch).registration;
    if m.background_fetch(fetch).cleared {
        return;
    }
    // 5.3 tests the wrong way round, so that only an abort could ever be recorded (erratum `failure-bookkeeping`).
    let mut reason = m.background_fetch(fetch).ended.unwrap_or(FailureReason::None);
    step!(m, PERFORM, "8.3");
    if branch!(m, PERFORM, "8.3", contains(m, registration, fetch)) {
        remove(m, registration, fetch);
    } else {
        step!(m, PERFORM, "8.4");
        reason = FailureReason::Aborted;
    }
    if branch!(m, PERFORM, "8.5", reason != FailureReason::None) {
        step!(m, PERFORM, "8.5.1");
        m.background_fetch_mut(fetch).result = FetchResult::Failure;
        step!(m, PERFORM, "8.5.2");
        if !m.is_bent(Quirk::FailureUnreasoned) {
            m.background_fetch_mut(fetch).failure_reason = reason;
        }
    } else {
        step!(m, PERFORM, "8.6");
        m.background_fetch_mut(fetch).result = FetchResult::Success;
    }
    step!(m, PERFORM, "8.7");
    if reason == FailureReason::Aborted && m.is_bent(Quirk::AbortResetsBytes) {
        m.background_fetch_mut(fetch).stored = 0.0;
    }
    update_instances::update_background_fetch_instances(m, fetch);
    let (event_type, interface) = if branch!(m, PERFORM, "8.10", reason == FailureReason::Aborted) {
        step!(m, PERFORM, "8.10.1");
        step!(m, PERFORM, "8.10.2");
        if m.is_bent(Quirk::AbortIsFailure) {
            (atom::BACKGROUND_FETCH_FAIL, Interface::BackgroundFetchUpdateUIEvent)
        } else {
            (atom::BACKGROUND_FETCH_ABORT, Interface::BackgroundFetchEvent)
        }
    } else if branch!(m, PERFORM, "8.11", reason != FailureReason::None) {
        step!(m, PERFORM, "8.11.1");
        step!(m, PERFORM, "8.11.2");
        (atom::BACKGROUND_FETCH_FAIL, Interface::BackgroundFetchUpdateUIEvent)
    } else {
        step!(m, PERFORM, "8.12.1");
        step!(m, PERFORM, "8.12.2");
        (atom::BACKGROUND_FETCH_SUCCESS, Interface::BackgroundFetchUpdateUIEvent)
    };
    step!(m, PERFORM, "8.13");
    fire_functional_event(m, registration, event_type, interface, fetch, Then::UnsetRecordsAvailable);
}

/// The steps once the event that told of the end is no longer active.
pub fn unset_records_available(m: &mut Machine, fetch: BackgroundFetchId) {
    step!(m, PERFORM, "8.13.1");
    step!(m, PERFORM, "8.13.2");
    m.background_fetch_mut(fetch).records_available = m.is_bent(Quirk::RecordsStay);
    step!(m, PERFORM, "8.13.3");
    update_instances::update_background_fetch_instances(m, fetch);
}
