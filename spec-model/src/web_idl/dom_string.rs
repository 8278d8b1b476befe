//! Convert a JavaScript value to DOMString. <https://webidl.spec.whatwg.org/#js-to-DOMString>

use crate::atom::{self, Atom};
use crate::ecmascript::conversions::to_string;
use crate::machine::{Host, Machine};
use crate::step::Algorithm;
use crate::value::Value;
use crate::watch::{returns, set};

const ALGORITHM: Algorithm = Algorithm::of("webidl/convert a JavaScript value to DOMString");

/// The variables of convert a JavaScript value to DOMString.
pub(crate) struct DomString {
    pub(crate) v: Value,
    pub(crate) x: Result<Atom, Value>,
}

/// Converts a value to a string.
///
/// # Errors
/// What the conversion of an object threw, or a `TypeError` for a symbol.
pub(crate) fn convert_to_dom_string(m: &mut Machine, h: &mut impl Host, value: Value) -> Result<Atom, Value> {
    let mut v = DomString { v: value, x: Ok(atom::EMPTY) };
    // 1. Out of scope: no type in scope has [LegacyNullToEmptyString].
    set!(m, h, v, "2", v.x = to_string(m, h, v.v));
    returns!(m, h, v, "3", v.x)
}
