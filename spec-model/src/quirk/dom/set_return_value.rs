//! Quirks of the setter of `returnValue`. <https://dom.spec.whatwg.org/#dom-event-returnvalue>

use crate::dom::event::SetReturnValue;
use crate::quirk::hook::quirks;

quirks! {
    SetReturnValue, "dom/Event.returnValue setter" => (), |v, m, h, holds|;

    named {
        "return-value-setter-inert" "FLG" never "body":
            "Setting returnValue to false does nothing.";
    }

    written {
        "return-value-resets" "FLG" at "body" []:
            "Setting returnValue to true takes a cancelation back." {
                holds "body" if v.value => {
                    m.event_mut(v.event).canceled = false;
                    holds
                };
            }
    }
}
