//! Convert a JavaScript value to `USVString`. <https://webidl.spec.whatwg.org/#js-to-USVString>

use crate::atom::Atom;
use crate::machine::{Host, Machine};
use crate::step::Algorithm;
use crate::value::Value;
use crate::watch::{returns, set};
use crate::web_idl::dom_string::convert_to_dom_string;

const ALGORITHM: Algorithm = Algorithm::of("webidl/convert a JavaScript value to USVString");

/// Converts a value to `USVString`.
///
/// # Errors
/// What the conversion to `DOMString` throws.
pub(crate) fn convert_to_usv_string(m: &mut Machine, h: &mut impl Host, value: Value) -> Result<Atom, Value> {
    let string;
    set!(m, "1", string = convert_to_dom_string(m, h, value)?);
    // The model's strings have no lone surrogates.
    returns!(m, "2", Ok(string))
}
