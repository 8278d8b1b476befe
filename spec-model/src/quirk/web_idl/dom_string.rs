//! Quirks of convert a JavaScript value to DOMString. <https://webidl.spec.whatwg.org/#js-to-DOMString>

use crate::atom::Atom;
use crate::ecmascript::conversions::{to_primitive, to_string};
use crate::machine::{Host, Machine};
use crate::quirk::hook::quirks;
use crate::value::Value;
use crate::web_idl::dom_string::DomString;

quirks! {
    DomString, "webidl/convert a JavaScript value to DOMString" => Result<Atom, Value>, |v, m, h, holds|;

    subject { v.v.object() }

    written {
        "symbols-converted" "EVC ADD REM INI" at "2" []:
            "A symbol is converted to a string instead of throwing a TypeError.",
            "A symbol given as the type of an event or of a listener throws a TypeError." {
                instead "2" => v.x = symbol_to_string(m, h, v.v);
            }
    }
}

/// Converts a value to a string, a symbol too.
fn symbol_to_string(m: &mut Machine, h: &mut impl Host, value: Value) -> Result<Atom, Value> {
    match to_primitive(m, h, value)? {
        Value::Symbol => Ok(m.atoms.intern("Symbol(symbol)")),
        primitive => to_string(m, h, primitive),
    }
}
