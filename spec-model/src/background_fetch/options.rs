//! The dictionaries `BackgroundFetchOptions` and `BackgroundFetchUIOptions`.
//! <https://wicg.github.io/background-fetch/#background-fetch-manager>

use crate::atom;
use crate::machine::{Host, Machine};
use crate::quirk::Quirk;
use crate::value::Value;
use crate::web_idl::convert;
use crate::web_idl::dom_string::convert_to_dom_string as to_string;

/// Converts `BackgroundFetchOptions`; returns `downloadTotal`.
///
/// # Errors
/// What the conversion threw.
pub(crate) fn background_fetch_options(m: &mut Machine, h: &mut impl Host, value: Value) -> Result<f64, Value> {
    let Some(options) = convert::dictionary(m, value)? else { return Ok(0.0) };
    if m.is_bent(Quirk::FetchTotalReadFirst) {
        convert::member(m, h, Some(options), atom::DOWNLOAD_TOTAL)?;
    }
    convert::member(m, h, Some(options), atom::ICONS)?;
    let title = convert::member(m, h, Some(options), atom::TITLE)?;
    if let Some(title) = title.filter(|_| !m.is_bent(Quirk::FetchTitleUnconverted)) {
        to_string(m, h, title)?;
    }
    match convert::member(m, h, Some(options), atom::DOWNLOAD_TOTAL)? {
        Some(total) => convert::unsigned_long_long(m, h, total),
        None => Ok(0.0),
    }
}

/// Converts `BackgroundFetchUIOptions`, whose values only the user sees.
///
/// # Errors
/// What the conversion threw.
pub(crate) fn background_fetch_ui_options(m: &mut Machine, h: &mut impl Host, value: Value) -> Result<(), Value> {
    let Some(options) = convert::dictionary(m, value)? else { return Ok(()) };
    convert::member(m, h, Some(options), atom::ICONS)?;
    let title = convert::member(m, h, Some(options), atom::TITLE)?;
    if let Some(title) = title.filter(|_| !m.is_bent(Quirk::UiTitleUnconverted)) {
        to_string(m, h, title)?;
    }
    Ok(())
}
