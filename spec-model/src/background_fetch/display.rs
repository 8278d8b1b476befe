//! The UI of a background fetch. <https://wicg.github.io/background-fetch/#background-fetch-display-algorithm>

use crate::background_fetch::fire_a_background_fetch_click_event::fire_a_background_fetch_click_event;
use crate::background_fetch::{FetchResult, perform};
use crate::latitude::Latitude;
use crate::machine::Machine;
use crate::step::Algorithm;
use crate::value::BackgroundFetchId;
use crate::watch::step;

const ALGORITHM: Algorithm = Algorithm::of("background-fetch/display");

/// The variables of display.
pub(crate) struct Display {
    pub(crate) bg_fetch: BackgroundFetchId,
}

/// The user activates the UI of a background fetch, where it still is: once the fetch has ended, the UI may be gone.
pub fn activate_the_ui(m: &mut Machine, bg_fetch: BackgroundFetchId) {
    let mut v = Display { bg_fetch };
    let ended = m.background_fetch(bg_fetch).result != FetchResult::Pending;
    if ended && m.choose(Latitude::UiRemains, 2) == 1 {
        return;
    }
    step!(m, v, "body", fire_a_background_fetch_click_event(m, bg_fetch));
}

/// The user aborts a background fetch from its UI.
pub fn abort_from_the_ui(m: &mut Machine, bg_fetch: BackgroundFetchId) {
    step!(m, "body", perform::abort_all(m, bg_fetch));
}
