//! Perform a background fetch: what its end sets off.
//! <https://wicg.github.io/background-fetch/#perform-a-background-fetch-algorithm>

use crate::atom::{self, Atom};
use crate::background_fetch::contains::contains_background_fetch;
use crate::background_fetch::update_instances::update_background_fetch_instances;
use crate::background_fetch::{FailureReason, FetchResult, remove};
use crate::html::event_loop::InParallel;
use crate::machine::Machine;
use crate::service_worker::fire_functional_event::{Then, fire_functional_event};
use crate::step::Algorithm;
use crate::value::BackgroundFetchId;
use crate::watch::{branch, set, step};
use crate::web_idl::interfaces::Interface;

const ALGORITHM: Algorithm = Algorithm::of("background-fetch/perform a background fetch");

/// The variables of perform a background fetch.
pub(crate) struct Perform {
    pub(crate) bg_fetch: BackgroundFetchId,
    pub(crate) failure_reason: FailureReason,
    pub(crate) event_name: Atom,
    pub(crate) event_constructor: Interface,
}

impl Perform {
    fn new(bg_fetch: BackgroundFetchId, failure_reason: FailureReason) -> Self {
        Perform {
            bg_fetch,
            failure_reason,
            event_name: atom::EMPTY,
            event_constructor: Interface::BackgroundFetchEvent,
        }
    }
}

/// The network has ended a fetch: well, or for a reason. A paused fetch has no network.
///
/// An abort ends a paused fetch too; read literally it would wait until the fetch is resumed.
pub(crate) fn end(m: &mut Machine, bg_fetch: BackgroundFetchId, reason: FailureReason) {
    if !can_end(m, bg_fetch, reason) {
        return;
    }
    let mut v = Perform::new(bg_fetch, reason);
    // 1, 2, 3, 4. Holds by type: local variables, or fields of the background fetch.
    // 5, 5.1. Abstracted: all records end together, as it is said from outside.
    step!(m, v, "5.2", m.background_fetch_mut(bg_fetch).ended = Some(reason));
    // 5.3, 5.3.1, 5.3.2. Abstracted: the reason is said from outside (erratum `failure-bookkeeping`).
    // 5.4, 5.5, 6. Abstracted: all records end together, as it is said from outside.
    if branch!(m, v, "7", reason == FailureReason::DownloadTotalExceeded) {
        step!(m, v, "7", m.background_fetch_mut(bg_fetch).abort_all = true);
    }
    step!(m, v, "8", m.in_parallel.push_back(InParallel::Settle(bg_fetch)));
}

/// Returns whether a background fetch is under way.
pub(crate) fn can_end(m: &Machine, bg_fetch: BackgroundFetchId, reason: FailureReason) -> bool {
    let data = m.background_fetch(bg_fetch);
    let pauses = data.paused && reason != FailureReason::Aborted;
    data.ended.is_none() && !data.cleared && !pauses
}

/// Sets the abort all flag, which ends every record.
pub(crate) fn abort_all(m: &mut Machine, bg_fetch: BackgroundFetchId) {
    m.background_fetch_mut(bg_fetch).abort_all = true;
    end(m, bg_fetch, FailureReason::Aborted);
}

/// The steps of the edit queue.
pub(crate) fn perform_in_parallel(m: &mut Machine, bg_fetch: BackgroundFetchId) {
    let registration = m.background_fetch(bg_fetch).registration;
    if m.background_fetch(bg_fetch).cleared {
        return;
    }
    let mut v = Perform::new(bg_fetch, m.background_fetch(bg_fetch).ended.unwrap_or(FailureReason::None));
    // 8.1, 8.2. Holds by type: local variables, or fields of the background fetch.
    if branch!(m, v, "8.3", contains_background_fetch(m, registration, bg_fetch)) {
        step!(m, v, "8.3", remove(m, registration, bg_fetch));
    } else {
        set!(m, v, "8.4", v.failure_reason = FailureReason::Aborted);
    }
    if branch!(m, v, "8.5", v.failure_reason != FailureReason::None) {
        step!(m, v, "8.5.1", m.background_fetch_mut(bg_fetch).result = FetchResult::Failure);
        step!(m, v, "8.5.2", m.background_fetch_mut(bg_fetch).failure_reason = v.failure_reason);
    } else {
        step!(m, v, "8.6", m.background_fetch_mut(bg_fetch).result = FetchResult::Success);
    }
    step!(m, v, "8.7", update_background_fetch_instances(m, bg_fetch));
    // 8.8, 8.9. Holds by type: local variables.
    if branch!(m, v, "8.10", v.failure_reason == FailureReason::Aborted) {
        set!(m, v, "8.10.1", v.event_name = atom::BACKGROUND_FETCH_ABORT);
        set!(m, v, "8.10.2", v.event_constructor = Interface::BackgroundFetchEvent);
    } else if branch!(m, v, "8.11", v.failure_reason != FailureReason::None) {
        set!(m, v, "8.11.1", v.event_name = atom::BACKGROUND_FETCH_FAIL);
        set!(m, v, "8.11.2", v.event_constructor = Interface::BackgroundFetchUpdateUIEvent);
    } else {
        // 8.12. Abstracted: it only holds the steps below it together, which have code.
        set!(m, v, "8.12.1", v.event_name = atom::BACKGROUND_FETCH_SUCCESS);
        set!(m, v, "8.12.2", v.event_constructor = Interface::BackgroundFetchUpdateUIEvent);
    }
    let then = Then::UnsetRecordsAvailable;
    step!(m, v, "8.13", {
        fire_functional_event(m, registration, v.event_name, v.event_constructor, bg_fetch, then);
    });
}

/// The steps once the event that told of the end is no longer active.
pub(crate) fn unset_records_available_in_parallel(m: &mut Machine, bg_fetch: BackgroundFetchId) {
    // 8.13.1. Abstracted: the event loop waits until the event is not active any more.
    step!(m, "8.13.2", m.background_fetch_mut(bg_fetch).records_available = false);
    step!(m, "8.13.3", update_background_fetch_instances(m, bg_fetch));
}
