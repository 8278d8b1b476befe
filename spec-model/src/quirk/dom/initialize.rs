//! Quirks of initialize. <https://dom.spec.whatwg.org/#concept-event-initialize>

use crate::dom::initialize::Initialize;
use crate::quirk::hook::quirks;

quirks! {
    Initialize, "dom/Event.initialize" => (), |v, m, h, holds|;

    named {
        "init-keeps-flags" "INI" skip "2":
            "initEvent() leaves the event stopped and canceled.";
        "init-keeps-trust" "INI" skip "3":
            "initEvent() leaves the event trusted.";
        "init-keeps-target" "INI EVC" skip "4":
            "initEvent() leaves the target as it was.";
    }

    written {
        "init-unsets-composed" "INI" at "7" []:
            "initEvent() makes the event not composed.", "initEvent() leaves composed as it was." {
                after "7" => m.event_mut(v.event).composed = false;
            }
    }
}
