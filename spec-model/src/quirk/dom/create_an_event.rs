//! Quirks of create an event. <https://dom.spec.whatwg.org/#concept-event-create>

use crate::dom::create_an_event::CreateAnEvent;
use crate::quirk::hook::quirks;
use crate::value::EventId;

quirks! {
    CreateAnEvent, "dom/create an event" => EventId, |v, m, h, holds|;

    named {
        "untrusted-user-agent" "ABT EXT DSP" skip "4":
            "The events of the user agent are not trusted.";
    }

    shared {
        after "4" => m.watch.aside.fired.push(v.event);
    }
}
