//! Quirks of the default passive value. <https://dom.spec.whatwg.org/#default-passive-value>

use crate::atom;
use crate::dom::default_passive_value::DefaultPassiveValue;
use crate::quirk::hook::quirks;

quirks! {
    DefaultPassiveValue, "dom/default passive value" => bool, |v, m, h, holds|;

    named {
        "passive-by-default" "ADD" always "1.*2":
            "Listeners for touch and wheel events are passive by default at every target.";
        "never-passive-by-default" "ADD" never "1.*1":
            "At a window no listener is passive by default.";
    }

    written {
        "only-wheel-passive" "ADD" at "1.*1" []:
            "At a window listeners for wheel alone are passive by default." {
                never "1.*1" if v.event_type != atom::WHEEL;
            }
    }
}
