//! Complete a record. <https://wicg.github.io/background-fetch/#complete-a-record-algorithm>
//!
//! The network is abstract: it is said from outside how many bytes were sent and received.

use crate::background_fetch::update_instances::update_background_fetch_instances;
use crate::background_fetch::{FailureReason, perform};
use crate::machine::Machine;
use crate::step::Algorithm;
use crate::value::BackgroundFetchId;
use crate::watch::{branch, set, step};

const ALGORITHM: Algorithm = Algorithm::of("background-fetch/complete a record");

/// The variables of complete a record.
pub(crate) struct CompleteARecord {
    pub(crate) bg_fetch: BackgroundFetchId,
    /// 0 where it isn't known.
    pub(crate) download_total: f64,
    /// The bytes that come.
    pub(crate) bytes: f64,
    /// How the record ends.
    pub(crate) result: FailureReason,
}

// 1. Holds by type: a field of the background fetch.

/// Bytes were sent.
pub fn sent(m: &mut Machine, bg_fetch: BackgroundFetchId, bytes: f64) {
    // 2. Holds by type: a field of the background fetch.
    // 3. Abstracted: what comes while the fetch is paused counts for nothing.
    let data = m.background_fetch(bg_fetch);
    if data.paused || data.ended.is_some() {
        return;
    }
    // 4, 5, 6, 7, 8. Out of scope: requests are not sent: the network is abstract.
    // 9, 10. Holds by type: local variables.
    // 11. Abstracted: bytes sent, bytes received and the end are said from outside.
    // 11.1. Abstracted: it is said from outside how many bytes were sent since the last time.
    step!(m, "11.2", m.background_fetch_mut(bg_fetch).uploaded += bytes);
    // 11.3. Abstracted: it is said from outside how many bytes were sent since the last time.
    step!(m, "11.4", update_background_fetch_instances(m, bg_fetch));
}

/// Bytes were received.
pub fn received(m: &mut Machine, bg_fetch: BackgroundFetchId, bytes: f64) {
    // 11.5, 11.5.1, 11.5.2, 11.5.3. Abstracted: that a fetch failed is said from outside.
    // 11.6, 11.6.1, 11.6.1.1, 11.6.1.2, 11.6.1.3. Out of scope: there are no partial responses.
    // 11.7, 11.7.1, 11.7.2, 11.7.3, 11.7.4, 11.8, 11.9. Out of scope: there are no responses, only their bytes.
    let data = m.background_fetch(bg_fetch);
    if data.paused || data.ended.is_some() {
        return;
    }
    let mut v = CompleteARecord { bg_fetch, download_total: data.download_total, bytes, result: FailureReason::None };
    // 11.10. Abstracted: each time, it is said from outside that bytes were received.
    let total = m.background_fetch(bg_fetch).stored + bytes;
    if branch!(m, v, "11.10.1", v.download_total > 0.0 && total > v.download_total) {
        // 11.10.1.1. Unobservable: nobody can see the stream that is canceled.
        let exceeded = FailureReason::DownloadTotalExceeded;
        return step!(m, v, "11.10.1.2", perform::end(m, bg_fetch, exceeded));
    }
    step!(m, v, "11.10.2", m.background_fetch_mut(bg_fetch).stored = total);
    // 11.10.3. Abstracted: it is said from outside that there was no more room.
    step!(m, v, "11.10.4", update_background_fetch_instances(m, bg_fetch));
}

/// The network has ended a fetch: well, or for a reason.
pub fn end(m: &mut Machine, bg_fetch: BackgroundFetchId, reason: FailureReason) {
    // 11.11. Abstracted: it is said from outside how a fetch ended.
    // 11.11.1, 11.11.1.1, 11.11.1.2. Out of scope: there are no partial responses.
    if !perform::can_end(m, bg_fetch, reason) {
        return;
    }
    let mut v = CompleteARecord { bg_fetch, download_total: 0.0, bytes: 0.0, result: FailureReason::None };
    set!(m, v, "11.11.2", v.result = reason);
    perform::end(m, bg_fetch, reason);
    // 11.11.3, 11.11.4. Abstracted: it is said from outside how a fetch ended.
    // 11.12, 11.12.1, 11.12.2. Abstracted: that a fetch failed is said from outside.
    // 12. Holds by type: a field of the background fetch.
    // 13, 13.1, 13.2, 14. Abstracted: to abort a fetch is to end it, for that reason.
    // 14.1. Unobservable: an assertion.
    // 14.2, 14.3, 14.4. Abstracted: to abort a fetch is to end it, for that reason.
    // 15. Abstracted: a fetch that was paused goes on where it was; it is not sent again.
}
