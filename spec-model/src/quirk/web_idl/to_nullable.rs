//! Quirks of the conversion to a nullable type. <https://webidl.spec.whatwg.org/#js-to-nullable>

use crate::quirk::hook::quirks;
use crate::value::Completion;
use crate::web_idl::to_nullable::{Inner, ToNullable};

quirks! {
    ToNullable, "webidl/convert a JavaScript value to nullable" => Completion, |v, m, h, holds|;

    written {
        "uncallable-handler-null" "EH" at "1" []:
            "An object that can't be called counts as null for an event handler." {
                always "1" if v.inner == Inner::EventHandler && !v.value.object().is_some_and(|value| m.is_callable(value));
            }
        "null-callback-refused" "ADD REM" at "3" []:
            "A listener that is null or undefined throws a TypeError.",
            "A listener that is null or undefined is no error: nothing is added or removed." {
                ends "3" if v.inner == Inner::EventListener => Err(m.type_error());
            }
    }
}
