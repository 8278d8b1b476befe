//! Quirks of `initEvent()`. <https://dom.spec.whatwg.org/#dom-event-initevent>

use crate::dom::init_event::InitEvent;
use crate::quirk::hook::quirks;

quirks! {
    InitEvent, "dom/Event.initEvent(type, bubbles, cancelable)" => (), |v, m, h, holds|;

    named {
        "init-during-dispatch" "INI" never "1":
            "initEvent() works while the event is being dispatched.";
    }
}
