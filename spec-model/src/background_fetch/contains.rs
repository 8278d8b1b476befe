//! Contains, and does not contain, background fetch.
//! <https://wicg.github.io/background-fetch/#contains-background-fetch-algorithm>

use crate::machine::Machine;
use crate::step::Algorithm;
use crate::value::{BackgroundFetchId, RegistrationId};
use crate::watch::{branch, returns};

/// Returns whether a background fetch is among the active ones of a registration.
pub(crate) fn contains_background_fetch(
    m: &mut Machine,
    registration: RegistrationId,
    bg_fetch: BackgroundFetchId,
) -> bool {
    const ALGORITHM: Algorithm = Algorithm::of("background-fetch/contains background fetch");
    // 1. Holds by type: the background fetch has its id.
    let id = m.background_fetch(bg_fetch).id;
    let map = &m.registration(registration).active_background_fetches;
    let (exists, equals) = (map.iter().any(|(other, _)| *other == id), map.contains(&(id, bg_fetch)));
    if branch!(m, "2", !exists) {
        return false;
    }
    if branch!(m, "3", !equals) {
        return false;
    }
    returns!(m, "4", true)
}

/// Returns whether a background fetch isn't among the active ones of a registration.
pub(crate) fn does_not_contain_background_fetch(
    m: &mut Machine,
    registration: RegistrationId,
    bg_fetch: BackgroundFetchId,
) -> bool {
    const ALGORITHM: Algorithm = Algorithm::of("background-fetch/does not contain background fetch");
    if branch!(m, "1", contains_background_fetch(m, registration, bg_fetch)) {
        return false;
    }
    returns!(m, "2", true)
}
