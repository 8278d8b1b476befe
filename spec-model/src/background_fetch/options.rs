//! The dictionaries `BackgroundFetchOptions` and `BackgroundFetchUIOptions`.
//! <https://wicg.github.io/background-fetch/#background-fetch-manager>

use crate::atom;
use crate::machine::{Host, Machine};
use crate::value::Value;
use crate::web_idl::dictionary_types::{BACKGROUND_FETCH_OPTIONS, BACKGROUND_FETCH_UI_OPTIONS};
use crate::web_idl::to_dictionary::convert_to_dictionary;

/// Converts `BackgroundFetchOptions`; returns `downloadTotal`.
///
/// # Errors
/// What the conversion threw.
pub(crate) fn background_fetch_options(m: &mut Machine, h: &mut impl Host, value: Value) -> Result<f64, Value> {
    let options = convert_to_dictionary(m, h, &BACKGROUND_FETCH_OPTIONS, value)?;
    Ok(options.number(atom::DOWNLOAD_TOTAL))
}

/// Converts `BackgroundFetchUIOptions`, whose values only the user sees.
///
/// # Errors
/// What the conversion threw.
pub(crate) fn background_fetch_ui_options(m: &mut Machine, h: &mut impl Host, value: Value) -> Result<(), Value> {
    convert_to_dictionary(m, h, &BACKGROUND_FETCH_UI_OPTIONS, value).map(drop)
}
