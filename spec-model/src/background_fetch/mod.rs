//! Background Fetch. <https://wicg.github.io/background-fetch/>
//!
//! The network is abstract: from outside it is said how many bytes came or went, and how the fetch ends.

pub(crate) mod abort;
pub mod background_fetch_click;
pub mod complete_a_record;
pub(crate) mod contains;
pub mod display;
pub(crate) mod fetch;
pub mod fire_a_background_fetch_click_event;
pub(crate) mod get;
pub(crate) mod get_ids;
pub(crate) mod get_instance;
pub(crate) mod manager;
pub(crate) mod match_all;
mod options;
pub(crate) mod perform;
pub(crate) mod queue_a_bgfetch_task;
pub mod registration;
pub mod request;
pub(crate) mod request_matches_cached_item;
pub(crate) mod stored_body_bytes_total;
pub(crate) mod update_instances;
pub(crate) mod update_ui;
pub(crate) mod url;

use crate::atom::{self, Atom};
use crate::machine::Machine;
use crate::value::{BackgroundFetchId, RegistrationId};

/// The state of the permission to fetch in the background.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Permission {
    /// `granted`.
    Granted,
    /// `denied`.
    Denied,
    /// `prompt`.
    Prompt,
}

/// How a background fetch ended. <https://wicg.github.io/background-fetch/#enumdef-backgroundfetchresult>
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FetchResult {
    /// Not yet.
    Pending,
    /// All records are there.
    Success,
    /// Something went wrong.
    Failure,
}

impl FetchResult {
    /// The value that script sees.
    #[must_use]
    pub fn name(self) -> Atom {
        match self {
            FetchResult::Pending => atom::EMPTY,
            FetchResult::Success => atom::SUCCESS,
            FetchResult::Failure => atom::FAILURE,
        }
    }
}

/// Why a background fetch failed. <https://wicg.github.io/background-fetch/#enumdef-backgroundfetchfailurereason>
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FailureReason {
    /// It did not, or not yet.
    None,
    /// The user or a script aborted it.
    Aborted,
    /// A response was not ok.
    BadStatus,
    /// A fetch failed otherwise.
    FetchError,
    /// There was no more room.
    QuotaExceeded,
    /// More bytes came than were announced.
    DownloadTotalExceeded,
}

impl FailureReason {
    /// All reasons.
    pub const ALL: [FailureReason; 6] = [
        FailureReason::None,
        FailureReason::Aborted,
        FailureReason::BadStatus,
        FailureReason::FetchError,
        FailureReason::QuotaExceeded,
        FailureReason::DownloadTotalExceeded,
    ];

    /// The value that script sees.
    #[must_use]
    pub fn name(self) -> Atom {
        match self {
            FailureReason::None => atom::EMPTY,
            FailureReason::Aborted => atom::ABORTED,
            FailureReason::BadStatus => atom::BAD_STATUS,
            FailureReason::FetchError => atom::FETCH_ERROR,
            FailureReason::QuotaExceeded => atom::QUOTA_EXCEEDED,
            FailureReason::DownloadTotalExceeded => atom::DOWNLOAD_TOTAL_EXCEEDED,
        }
    }
}

/// A background fetch. <https://wicg.github.io/background-fetch/#background-fetch-concept>
#[derive(Clone, Debug)]
pub struct BackgroundFetch {
    /// The id.
    pub id: Atom,
    /// The service worker registration.
    pub registration: RegistrationId,
    /// The requests of its records.
    pub records: Vec<request::Request>,
    /// The download total, in bytes; 0 if not known.
    pub download_total: f64,
    /// The upload total, in bytes.
    pub upload_total: f64,
    /// The bytes that were sent.
    pub uploaded: f64,
    /// The stored body bytes total.
    pub stored: f64,
    /// The result.
    pub result: FetchResult,
    /// The failure reason.
    pub failure_reason: FailureReason,
    /// The records available flag.
    pub records_available: bool,
    /// The paused flag.
    pub paused: bool,
    /// The abort all flag.
    pub abort_all: bool,
    /// How the network let it end, once it did.
    pub ended: Option<FailureReason>,
    /// Whether it was cleared with its registration.
    pub cleared: bool,
}

/// Removes a background fetch from the active ones of a registration.
fn remove(m: &mut Machine, registration: RegistrationId, fetch: BackgroundFetchId) {
    m.registration_mut(registration).active_background_fetches.retain(|(_, active)| *active != fetch);
}
