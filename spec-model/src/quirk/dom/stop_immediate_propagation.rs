//! Quirks of `stopImmediatePropagation()`. <https://dom.spec.whatwg.org/#dom-event-stopimmediatepropagation>

use crate::dom::event::StopImmediatePropagation;
use crate::quirk::hook::quirks;

quirks! {
    StopImmediatePropagation, "dom/Event.stopImmediatePropagation()" => (), |v, m, h, holds|;

    written {
        "stop-immediate-unseen" "FLG" at "body" []:
            "stopImmediatePropagation() does not set the stop propagation flag." {
                instead "body" => m.event_mut(v.event).stop_immediate_propagation = true;
            }
    }

    also {
        "cancel-bubble-partial" {
            before "body" if !m.event(v.event).stop_propagation => m.watch.aside.stopped_unseen.push(v.event);
        }
    }
}
