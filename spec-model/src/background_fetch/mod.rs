//! Background Fetch. <https://wicg.github.io/background-fetch/>
//!
//! The network is abstract: from outside it is said how many bytes came or went, and how the fetch ends.

pub mod click;
pub mod fetch;
pub mod get_instance;
pub mod manager;
pub mod perform;
pub mod registration;
pub mod request;
pub mod update_instances;
pub mod update_ui;

use crate::atom::{self, Atom};
use crate::machine::Machine;
use crate::step::{Algorithm, branch, step};
use crate::value::{BackgroundFetchId, RegistrationId};

const CONTAINS: Algorithm = Algorithm::of("background-fetch/contains background fetch");
const DOES_NOT_CONTAIN: Algorithm = Algorithm::of("background-fetch/does not contain background fetch");

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

/// Contains background fetch. <https://wicg.github.io/background-fetch/#contains-background-fetch-algorithm>
pub fn contains(m: &mut Machine, registration: RegistrationId, fetch: BackgroundFetchId) -> bool {
    let id = m.background_fetch(fetch).id;
    step!(m, CONTAINS, "2");
    step!(m, CONTAINS, "3");
    step!(m, CONTAINS, "4");
    let fetches = &m.registration(registration).active_background_fetches;
    let (exists, is_listed) = (fetches.iter().any(|(other, _)| *other == id), fetches.contains(&(id, fetch)));
    !branch!(m, CONTAINS, "2", !exists) && !branch!(m, CONTAINS, "3", !is_listed)
}

/// Does not contain background fetch.
fn does_not_contain(m: &mut Machine, registration: RegistrationId, fetch: BackgroundFetchId) -> bool {
    step!(m, DOES_NOT_CONTAIN, "1");
    step!(m, DOES_NOT_CONTAIN, "2");
    !branch!(m, DOES_NOT_CONTAIN, "1", contains(m, registration, fetch))
}

fn remove(m: &mut Machine, registration: RegistrationId, fetch: BackgroundFetchId) {
    m.registration_mut(registration).active_background_fetches.retain(|(_, active)| *active != fetch);
}
