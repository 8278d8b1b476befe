//! Quirks of the setter of `cancelBubble`. <https://dom.spec.whatwg.org/#dom-event-cancelbubble>

use crate::dom::event::SetCancelBubble;
use crate::quirk::hook::quirks;

quirks! {
    SetCancelBubble, "dom/Event.cancelBubble setter" => (), |v, m, h, holds|;

    written {
        "cancel-bubble-resets" "FLG" at "body" []:
            "Setting cancelBubble to false unsets the stop propagation flag." {
                holds "body" if !v.value => {
                    m.event_mut(v.event).stop_propagation = false;
                    holds
                };
            }
    }
}
