//! Quirks of `stopPropagation()`. <https://dom.spec.whatwg.org/#dom-event-stoppropagation>

use crate::dom::event::StopPropagation;
use crate::quirk::hook::quirks;

quirks! {
    StopPropagation, "dom/Event.stopPropagation()" => (), |v, m, h, holds|;

    named {
        "stop-propagation-inert" "FLG DSP" skip "body":
            "stopPropagation() does nothing.";
    }

    written {
        "stop-propagation-immediate" "DSP FLG" at "body" []:
            "stopPropagation() keeps the event from the other listeners of the target too." {
                after "body" => m.event_mut(v.event).stop_immediate_propagation = true;
            }
        "stop-cancels" "FLG" at "body" []:
            "stopPropagation() cancels the event." {
                after "body" => m.event_mut(v.event).canceled = true;
            }
    }

    also {
        "cancel-bubble-partial" {
            after "body" => m.watch.aside.stopped_unseen.retain(|unseen| *unseen != v.event);
        }
    }
}
