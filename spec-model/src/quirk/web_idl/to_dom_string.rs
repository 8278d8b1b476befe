//! Quirks of the conversion to `DOMString`. <https://webidl.spec.whatwg.org/#js-DOMString>

use crate::atom::Atom;
use crate::ecmascript::conversions::{to_primitive, to_string};
use crate::machine::{Host, Machine};
use crate::quirk::hook::quirks;
use crate::value::Value;
use crate::web_idl::to_strings::ToDomString;

quirks! {
    ToDomString, "webidl/convert a JavaScript value to DOMString" => Result<Atom, Value>, |v, m, h, holds|;

    written {
        "symbols-converted" "EVC ADD REM INI" at "2" []:
            "A symbol is converted to a string." {
                instead "2" if matches!(v.value, Value::Symbol | Value::Object(_)) => v.x = with_symbols(m, h, v.value);
            }
    }
}

fn with_symbols(m: &mut Machine, h: &mut impl Host, value: Value) -> Result<Atom, Value> {
    match to_primitive(m, h, value)? {
        Value::Symbol => Ok(m.atoms.intern("Symbol(symbol)")),
        primitive => to_string(m, h, primitive),
    }
}
