//! Conversions of JavaScript values to strings. <https://webidl.spec.whatwg.org/#js-DOMString>

use crate::atom::{self, Atom};
use crate::ecmascript::conversions::to_string;
use crate::machine::{Host, Machine};
use crate::step::Algorithm;
use crate::value::Value;
use crate::watch::{returns, set};

/// The variables of the conversion to `DOMString`.
pub(crate) struct ToDomString {
    /// V.
    pub(crate) value: Value,
    pub(crate) x: Result<Atom, Value>,
}

/// Converts a value to `DOMString`.
///
/// # Errors
/// What the conversion of an object threw, or a `TypeError` for a symbol.
pub(crate) fn convert_to_dom_string(m: &mut Machine, h: &mut impl Host, value: Value) -> Result<Atom, Value> {
    const ALGORITHM: Algorithm = Algorithm::of("webidl/convert a JavaScript value to DOMString");
    // 1. Out of scope: no type in scope is associated with [LegacyNullToEmptyString].
    let mut v = ToDomString { value, x: Ok(atom::EMPTY) };
    set!(m, h, v, "2", v.x = to_string(m, h, value));
    returns!(m, h, v, "3", v.x)
}

/// Converts a value to `USVString`.
///
/// # Errors
/// What the conversion to `DOMString` throws.
pub(crate) fn convert_to_usv_string(m: &mut Machine, h: &mut impl Host, value: Value) -> Result<Atom, Value> {
    const ALGORITHM: Algorithm = Algorithm::of("webidl/convert a JavaScript value to USVString");
    let string;
    set!(m, "1", string = convert_to_dom_string(m, h, value)?);
    // The model's strings have no lone surrogates.
    returns!(m, "2", Ok(string))
}
