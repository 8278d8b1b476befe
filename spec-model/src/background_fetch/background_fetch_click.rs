//! The WebDriver command *background fetch click*. <https://wicg.github.io/background-fetch/#automation-click>

use crate::atom::Atom;
use crate::background_fetch::fire_a_background_fetch_click_event::fire_a_background_fetch_click_event;
use crate::machine::Machine;
use crate::step::Algorithm;
use crate::value::{BackgroundFetchId, RegistrationId};
use crate::watch::{branch, returns, set, step};

const ALGORITHM: Algorithm = Algorithm::of("background-fetch/background fetch click");

/// Which of the background fetches that share an id.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Which {
    /// The one started last.
    Newest,
    /// The one started first.
    Oldest,
}

/// The page that the current top-level browsing context shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Page {
    /// One within the scope of the registration.
    Inside,
    /// One outside of it.
    Outside,
    /// None: it was closed.
    Closed,
}

/// What the WebDriver command answers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The JSON error code, none on success.
    pub error: Option<&'static str>,
}

impl Answer {
    pub(crate) const SUCCESS: Answer = Answer { status: 200, error: None };

    pub(crate) fn error(status: u16, error: &'static str) -> Self {
        Answer { status, error: Some(error) }
    }
}

/// The variables of the command.
pub(crate) struct BackgroundFetchClick {
    pub(crate) page: Page,
    pub(crate) id: Atom,
    /// The only registration, whose scope the page is in or not.
    pub(crate) only: RegistrationId,
    pub(crate) sw_registration: Option<RegistrationId>,
    pub(crate) bg_fetch: Option<BackgroundFetchId>,
}

/// Runs the remote end steps.
pub fn background_fetch_click(m: &mut Machine, only: RegistrationId, id: Atom, page: Page) -> Answer {
    let mut v = BackgroundFetchClick { page, id, only, sw_registration: None, bg_fetch: None };
    if branch!(m, v, "1", page == Page::Closed) {
        return returns!(m, v, "1", Answer::error(404, "no such window"));
    }
    // 2. Holds by type: it is an argument whether the page is within the scope.
    let matches = page != Page::Outside && !m.registration(only).unregistered;
    set!(m, v, "3", v.sw_registration = matches.then_some(only));
    let Some(sw_registration) = v.sw_registration else {
        branch!(m, v, "4", true);
        return returns!(m, v, "4", Answer::error(400, "invalid service worker state"));
    };
    branch!(m, v, "4", false);
    set!(m, v, "5", v.bg_fetch = find(m, sw_registration, id, Which::Newest));
    let Some(bg_fetch) = v.bg_fetch else {
        branch!(m, v, "6", true);
        return returns!(m, v, "6", Answer::error(404, "background fetch not found"));
    };
    branch!(m, v, "6", false);
    step!(m, v, "7", fire_a_background_fetch_click_event(m, bg_fetch));
    returns!(m, v, "8", Answer::SUCCESS)
}

/// The background fetch of an id, settled ones included.
#[must_use]
pub fn find(m: &Machine, registration: RegistrationId, id: Atom, which: Which) -> Option<BackgroundFetchId> {
    let mut found = m
        .background_fetches
        .iter()
        .enumerate()
        .filter(|(_, fetch)| fetch.id == id && fetch.registration == registration && !fetch.cleared)
        .map(|(index, _)| BackgroundFetchId(index as u32));
    match which {
        Which::Newest => found.next_back(),
        Which::Oldest => found.next(),
    }
}
