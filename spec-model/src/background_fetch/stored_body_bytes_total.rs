//! Stored body bytes total. <https://wicg.github.io/background-fetch/#background-fetch-stored-body-bytes-total>

use crate::machine::Machine;
use crate::step::Algorithm;
use crate::value::BackgroundFetchId;
use crate::watch::returns;

const ALGORITHM: Algorithm = Algorithm::of("background-fetch/stored body bytes total");

/// Returns how many bytes of a background fetch are stored.
pub(crate) fn stored_body_bytes_total(m: &mut Machine, bg_fetch: BackgroundFetchId) -> f64 {
    // 1, 2, 2.1. Abstracted: the total is kept, and not summed up: no record is told apart.
    returns!(m, "3", m.background_fetch(bg_fetch).stored)
}
