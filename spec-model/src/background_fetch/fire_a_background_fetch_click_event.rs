//! Fire a background fetch click event.
//! <https://wicg.github.io/background-fetch/#fire-a-background-fetch-click-event-algorithm>

use crate::atom;
use crate::machine::Machine;
use crate::service_worker::fire_functional_event::{Then, fire_functional_event};
use crate::step::Algorithm;
use crate::value::BackgroundFetchId;
use crate::watch::step;
use crate::web_idl::interfaces::Interface;

const ALGORITHM: Algorithm = Algorithm::of("background-fetch/fire a background fetch click event");

/// The variables of fire a background fetch click event.
pub(crate) struct FireClick {
    pub(crate) event_constructor: Interface,
}

/// Fires `backgroundfetchclick` at the worker of a background fetch.
pub fn fire_a_background_fetch_click_event(m: &mut Machine, bg_fetch: BackgroundFetchId) {
    let mut v = FireClick { event_constructor: Interface::BackgroundFetchEvent };
    let registration = m.background_fetch(bg_fetch).registration;
    let name = atom::BACKGROUND_FETCH_CLICK;
    step!(m, v, "body", fire_functional_event(m, registration, name, v.event_constructor, bg_fetch, Then::Nothing));
}
