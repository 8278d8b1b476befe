//! The interface of a background fetch, the click on it, and the WebDriver command that stands for one.
//! <https://wicg.github.io/background-fetch/#fire-a-background-fetch-click-event-algorithm>

use crate::atom::{self, Atom};
use crate::background_fetch::{FetchResult, perform};
use crate::latitude::Latitude;
use crate::machine::Machine;
use crate::quirk::Quirk;
use crate::service_worker::fire_functional_event::{Then, fire_functional_event};
use crate::step::{Algorithm, branch, step};
use crate::value::{BackgroundFetchId, RegistrationId};
use crate::web_idl::interfaces::Interface;

const DISPLAY: Algorithm = Algorithm::of("background-fetch/display");
const FIRE_CLICK: Algorithm = Algorithm::of("background-fetch/fire a background fetch click event");
const WEBDRIVER: Algorithm = Algorithm::of("background-fetch/background fetch click");

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

/// The user activates the interface of a background fetch, where it still is.
pub fn activate_the_interface(m: &mut Machine, fetch: BackgroundFetchId) {
    step!(m, DISPLAY, "body");
    let ended = m.background_fetch(fetch).result != FetchResult::Pending;
    if m.is_bent(Quirk::ClickNeedsBytes) && !ended && m.background_fetch(fetch).stored == 0.0 {
        return;
    }
    if ended && m.choose(Latitude::InterfaceRemains, 2) == 1 {
        return;
    }
    fire_a_background_fetch_click_event(m, fetch);
}

/// The user aborts a background fetch from its interface.
pub fn abort_from_the_interface(m: &mut Machine, fetch: BackgroundFetchId) {
    step!(m, DISPLAY, "body");
    perform::abort_all(m, fetch);
}

/// Fire a background fetch click event.
pub fn fire_a_background_fetch_click_event(m: &mut Machine, fetch: BackgroundFetchId) {
    step!(m, FIRE_CLICK, "body");
    let registration = m.background_fetch(fetch).registration;
    let name = atom::BACKGROUND_FETCH_CLICK;
    if m.is_bent(Quirk::NoClickEvent) {
        return;
    }
    let interface = if m.is_bent(Quirk::ClickCanUpdateUi) {
        Interface::BackgroundFetchUpdateUIEvent
    } else if m.is_bent(Quirk::ClickIsExtendableAlone) {
        Interface::ExtendableEvent
    } else {
        Interface::BackgroundFetchEvent
    };
    fire_functional_event(m, registration, name, interface, fetch, Then::Nothing);
}

/// The WebDriver command. <https://wicg.github.io/background-fetch/#automation-click>
pub fn background_fetch_click(m: &mut Machine, registration: RegistrationId, id: Atom, page: Page) -> Answer {
    step!(m, WEBDRIVER, "1");
    if m.is_bent(Quirk::WebDriverUnknown) {
        return Answer { status: 404, error: Some("unknown command") };
    }
    if branch!(m, WEBDRIVER, "1", page == Page::Closed) && !m.is_bent(Quirk::WebDriverWithoutWindow) {
        return Answer { status: 404, error: Some("no such window") };
    }
    step!(m, WEBDRIVER, "3");
    step!(m, WEBDRIVER, "4");
    let outside = page == Page::Outside && !m.is_bent(Quirk::WebDriverAnywhere);
    if branch!(m, WEBDRIVER, "4", outside || m.registration(registration).unregistered) {
        return Answer { status: 400, error: Some("invalid service worker state") };
    }
    step!(m, WEBDRIVER, "5");
    step!(m, WEBDRIVER, "6");
    let which = if m.is_bent(Quirk::WebDriverOldest) { Which::Oldest } else { Which::Newest };
    let found = find(m, registration, id, which);
    branch!(m, WEBDRIVER, "6", found.is_none());
    let Some(fetch) = found else {
        if m.is_bent(Quirk::WebDriverUnknownFetch) {
            return Answer { status: 200, error: None };
        }
        return Answer { status: 404, error: Some("background fetch not found") };
    };
    step!(m, WEBDRIVER, "7");
    if !m.is_bent(Quirk::WebDriverFiresNothing) {
        fire_a_background_fetch_click_event(m, fetch);
    }
    step!(m, WEBDRIVER, "8");
    Answer { status: 200, error: None }
}
