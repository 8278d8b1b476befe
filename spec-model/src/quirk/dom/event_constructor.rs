//! Quirks of the constructor of an event. <https://dom.spec.whatwg.org/#concept-event-constructor>

use crate::dom::event_constructor::EventConstructor;
use crate::quirk::hook::quirks;
use crate::value::EventId;

quirks! {
    EventConstructor, "dom/Event.constructor" => EventId, |v, m, h, holds|;

    named {
        "type-kept-empty" "EVC" skip "2":
            "The type of a constructed event is the empty string.";
    }
}
