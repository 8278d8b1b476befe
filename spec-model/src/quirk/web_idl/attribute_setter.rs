//! Quirks of attribute setters. <https://webidl.spec.whatwg.org/#dfn-attribute-setter>

use crate::atom;
use crate::machine::Machine;
use crate::quirk::hook::quirks;
use crate::value::{Kind, ObjectId, Property, Value};
use crate::web_idl::interfaces::Member;
use crate::web_idl::set::AttributeSetter;

quirks! {
    AttributeSetter, "webidl/attribute setter" => Result<(), Value>, |v, m, h, holds|;

    subject { v.this.object() }

    written {
        "read-only-writable" "IDL EVC ABT BGE BGR EXT" at "2" []:
            "Setting a read-only attribute does nothing instead of throwing." {
                ends "2" if v.attribute == Member::ReadOnly => Ok(());
            }
        "signal-attributes-inert" "ABT" at "2" []:
            "Setting aborted or reason of an AbortSignal does nothing instead of throwing." {
                ends "2" if v.attribute == Member::ReadOnly && is(m, v.this, |kind| matches!(kind, Kind::AbortSignal(_))) => Ok(());
            }
        "signal-replaceable" "ABT" at "2" []:
            "Setting the signal of an AbortController replaces it instead of throwing." {
                ends "2" if v.id == atom::SIGNAL && is(m, v.this, |kind| matches!(kind, Kind::AbortController(_))) => {
                    define(m, v.this.object(), v);
                    Ok(())
                };
            }
        "setter-needs-this" "EH" at "4.5.1" []:
            "The setter of a handler called with undefined or null as this throws instead of taking the global." {
                ends "4.5.1" if matches!(v.this, Value::Undefined | Value::Null) => Err(m.type_error());
            }
        "handler-must-be-callable" "EH" at "4.6.*2" []:
            "Setting an event handler to anything but a function throws a TypeError.",
            "Setting an event handler throws for no value: an object is stored, and anything else stores null." {
                ends "4.6.*2" if v.attribute == Member::Handler
                    && !v.value.object().is_some_and(|value| m.is_callable(value)) => Err(m.type_error());
            }
        "handlers-plain" "EH" at "1" of "webidl/convert a JavaScript value to nullable" ["webidl/attribute setter"]:
            "An event handler attribute keeps whatever it is set to." {
                before "4.7" if v.attribute == Member::Handler => define(m, v.idl_object, v);
            }
    }

    also {
        "reason-writable" {
            ends "2" if v.id == atom::REASON => {
                define(m, v.this.object(), v);
                Ok(())
            };
        }
        "src-element-writable" {
            ends "2" if v.id == atom::SRC_ELEMENT => Ok(());
        }
    }
}

fn is(m: &Machine, this: Value, is: impl FnOnce(&Kind) -> bool) -> bool {
    this.object().is_some_and(|object| is(&m.object(object).kind))
}

/// Defines a property with what the attribute is set to.
fn define(m: &mut Machine, object: Option<ObjectId>, v: &AttributeSetter) {
    if let Some(object) = object {
        m.define_property(object, v.id, Property::Data(v.value));
    }
}
