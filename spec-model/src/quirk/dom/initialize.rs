//! Quirks of initialize. <https://dom.spec.whatwg.org/#concept-event-initialize>

use crate::dom::initialize::Initialize;
use crate::quirk::hook::quirks;

quirks! {
    Initialize, "dom/Event.initialize" => (), |v, m, h, holds|;

    named {
        "init-keeps-flags" "INI" skip "2":
            "initEvent() leaves the stop propagation, stop immediate propagation and canceled flags as they were.",
            "initEvent() unsets the stop propagation, stop immediate propagation and canceled flags.";
        "init-keeps-trust" "INI" skip "3":
            "initEvent() leaves the event trusted.";
        "init-keeps-target" "INI EVC" skip "4":
            "An event that is initialized again, by initEvent() or initCustomEvent(), keeps its target.",
            "Initializing an event that was dispatched before, by initEvent() or initCustomEvent(), sets its target to null.";
    }

    written {
        "init-unsets-composed" "INI" at "7" []:
            "initEvent() and initCustomEvent() make the event not composed.",
            "initEvent() and initCustomEvent() leave composed as it was." {
                after "7" => m.event_mut(v.event).composed = false;
            }
    }
}
