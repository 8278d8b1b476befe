//! Conversions of JavaScript values to integers. <https://webidl.spec.whatwg.org/#js-integer-types>

use crate::ecmascript::conversions::to_number;
use crate::machine::{Host, Machine};
use crate::step::Algorithm;
use crate::value::Value;
use crate::watch::{branch, returns, set};

/// The variables of `ConvertToInt`.
pub(crate) struct ConvertToInt {
    /// V.
    pub(crate) value: Value,
    pub(crate) bit_length: i32,
    /// Whether the type is associated with `[EnforceRange]`.
    pub(crate) enforce_range: bool,
    pub(crate) upper_bound: f64,
    pub(crate) x: f64,
}

/// Converts a value to `unsigned long`.
///
/// # Errors
/// What a conversion threw.
pub(crate) fn convert_to_unsigned_long(m: &mut Machine, h: &mut impl Host, value: Value) -> Result<f64, Value> {
    const ALGORITHM: Algorithm = Algorithm::of("webidl/convert a JavaScript value to unsigned long");
    let x;
    set!(m, "1", x = convert_to_int(m, h, value, 32, false)?);
    returns!(m, "2", Ok(x))
}

/// Converts a value to `unsigned long long`.
///
/// # Errors
/// What a conversion threw; a `TypeError` for a number out of range, where that is enforced.
pub(crate) fn convert_to_unsigned_long_long(
    m: &mut Machine,
    h: &mut impl Host,
    value: Value,
    enforce_range: bool,
) -> Result<f64, Value> {
    const ALGORITHM: Algorithm = Algorithm::of("webidl/convert a JavaScript value to unsigned long long");
    let x;
    set!(m, "1", x = convert_to_int(m, h, value, 64, enforce_range)?);
    returns!(m, "2", Ok(x))
}

/// Converts a value to an unsigned integer. <https://webidl.spec.whatwg.org/#abstract-opdef-converttoint>
///
/// # Errors
/// What the conversion to a number threw; a `TypeError` for a number out of range, where that is enforced.
fn convert_to_int(
    m: &mut Machine,
    h: &mut impl Host,
    value: Value,
    bit_length: i32,
    enforce_range: bool,
) -> Result<f64, Value> {
    const ALGORITHM: Algorithm = Algorithm::of("webidl/ConvertToInt(V, bitLength, signedness)");
    // 1, 1.1, 1.2, 1.3, 2, 2.1, 2.2. Abstracted: the upper bound is the type's; the lower bound is 0.
    // 3, 3.1, 3.2. Out of scope: no type in scope is signed.
    let upper_bound = 2_f64.powi(bit_length.min(53)) - 1.0;
    let mut v = ConvertToInt { value, bit_length, enforce_range, upper_bound, x: 0.0 };
    set!(m, h, v, "4", v.x = to_number(m, h, value)?);
    // 5. Unobservable: no conversion in scope tells the two zeros apart.
    if branch!(m, v, "6", enforce_range) {
        if branch!(m, v, "6.1", !v.x.is_finite()) {
            return returns!(m, h, v, "6.1", Err(m.type_error()));
        }
        set!(m, h, v, "6.2", v.x = v.x.trunc());
        if branch!(m, v, "6.3", v.x < 0.0 || v.x > v.upper_bound) {
            return returns!(m, h, v, "6.3", Err(m.type_error()));
        }
        return returns!(m, h, v, "6.4", Ok(v.x));
    }
    // 7, 7.1, 7.2, 7.3. Out of scope: no type in scope is associated with [Clamp].
    if branch!(m, v, "8", !v.x.is_finite() || v.x == 0.0) {
        return Ok(0.0);
    }
    set!(m, h, v, "9", v.x = v.x.trunc());
    set!(m, h, v, "10", v.x = v.x.rem_euclid(2_f64.powi(v.bit_length)));
    // 11. Out of scope: no type in scope is signed.
    returns!(m, h, v, "12", Ok(v.x))
}
