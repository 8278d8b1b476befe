//! Quirks of the inner event creation steps. <https://dom.spec.whatwg.org/#inner-event-creation-steps>

use crate::dom::event::EventPhase;
use crate::dom::inner_event_creation_steps::InnerEventCreationSteps;
use crate::quirk::hook::quirks;
use crate::value::EventId;
use crate::web_idl::interfaces::Interface;

quirks! {
    InnerEventCreationSteps, "dom/inner event creation steps" => EventId, |v, m, h, holds|;

    named {
        "time-stamp-zero" "EVC" skip "3":
            "The timeStamp of an event is 0.";
    }

    written {
        "born-at-target" "EVC" at "1" []:
            "A new event is in the phase at target." {
                after "1" => m.event_mut(v.event).event_phase = EventPhase::AtTarget;
            }
        "time-stamp-ahead" "EVC" at "3" []:
            "The timeStamp of an event counts from 1970, like Date.now(), and not from the time origin." {
                after "3" => m.event_mut(v.event).time_stamp += 1e12;
            }
        "bubbles-ignored" "EVC BGE EXT" at "4" []:
            "An event never bubbles, whatever its init dictionary says." {
                after "4" => m.event_mut(v.event).bubbles = false;
            }
        "cancelable-ignored" "EVC BGE EXT" at "4" []:
            "An event is never cancelable, whatever its init dictionary says." {
                after "4" => m.event_mut(v.event).cancelable = false;
            }
        "composed-ignored" "EVC BGE EXT" at "4" []:
            "An event is never composed, whatever its init dictionary says." {
                after "4" => m.event_mut(v.event).composed = false;
            }
        "message-composed-ignored" "EXT" at "4" []:
            "An ExtendableMessageEvent is never composed, whatever its init dictionary says.",
            "A constructed ExtendableMessageEvent takes composed from its init dictionary, like bubbles and cancelable." {
                after "4" if v.interface == Interface::ExtendableMessageEvent => m.event_mut(v.event).composed = false;
            }
    }
}
