//! Quirks of ConvertToInt. <https://webidl.spec.whatwg.org/#abstract-opdef-converttoint>

use crate::machine::Machine;
use crate::quirk::hook::quirks;
use crate::value::Value;
use crate::web_idl::to_numbers::ConvertToInt;

quirks! {
    ConvertToInt, "webidl/ConvertToInt(V, bitLength, signedness)" => Result<f64, Value>, |v, m, h, holds|;

    named {
        "not-finite-kept" "BGR" never "8":
            "A number that is not finite is converted to an integer like any other, and becomes NaN.";
    }

    written {
        "timeout-unconverted" "ABT" at "4" []:
            "AbortSignal.timeout() throws a TypeError for what is no number, and converts nothing.",
            "AbortSignal.timeout() converts its argument to a number: null counts as 0 and \"5\" as 5." {
                ends "4" if v.enforce_range && !matches!(v.value, Value::Number(_)) => Err(m.type_error());
            }
        "timeout-short" "ABT" at "6.3" []:
            "Fractions and numbers above 2**32 - 1 are out of range for AbortSignal.timeout()." {
                always "6.1" if v.x.trunc() != v.x || v.x > f64::from(u32::MAX);
            }
        "timeout-not-checked" "ABT" at "6.3" []:
            "AbortSignal.timeout() accepts numbers that are out of range." {
                ends "6.1" => Ok(0.0);
                ends "6.3" => Ok(0.0);
            }
        "timeout-range-error" "ABT" at "6.3" []:
            "AbortSignal.timeout() throws a RangeError for a number that is out of range." {
                ends "6.1" => Err(range_error(m));
                ends "6.3" => Err(range_error(m));
            }
        "error-init-signed" "EVC" at "10" []:
            "A negative lineno or colno of ErrorEventInit stays negative.",
            "A negative lineno or colno of ErrorEventInit wraps around: -1 becomes 4294967295." {
                // Only they are unsigned long.
                instead "10" if v.bit_length == 32 => v.x %= f64::from(u32::MAX) + 1.0;
            }
        "error-init-int" "EVC" at "10" []:
            "lineno and colno of ErrorEventInit are signed: a negative stays negative, and 2147483648 throws a TypeError.",
            "lineno and colno of ErrorEventInit are unsigned and wrap around: -1 becomes 4294967295." {
                ends "10" if v.bit_length == 32 => if is_int(v.x) { Ok(v.x) } else { Err(m.type_error()) };
            }
    }
}

/// Whether a whole number fits into 32 bits with a sign.
fn is_int(x: f64) -> bool {
    x >= f64::from(i32::MIN) && x <= f64::from(i32::MAX)
}

fn range_error(m: &mut Machine) -> Value {
    let name = m.atoms.intern("RangeError");
    m.native_error(name)
}
