//! Quirks of `initCustomEvent()`. <https://dom.spec.whatwg.org/#dom-customevent-initcustomevent>

use crate::dom::event::Event;
use crate::dom::init_custom_event::InitCustomEvent;
use crate::dom::initialize::initialize;
use crate::machine::Machine;
use crate::quirk::hook::quirks;

quirks! {
    InitCustomEvent, "dom/CustomEvent.initCustomEvent(type, bubbles, cancelable, detail)" => (), |v, m, h, holds|;

    named {
        "init-custom-during-dispatch" "EVC" never "1":
            "initCustomEvent() works while the event is being dispatched.";
    }

    written {
        "init-custom-keeps-flags" "EVC" at "2" []:
            "initCustomEvent() leaves the stop propagation, stop immediate propagation and canceled flags as they were.",
            "initCustomEvent() unsets the stop propagation, stop immediate propagation and canceled flags, as initEvent() does." {
                instead "2" => initialize_but_flags(m, v);
            }
    }
}

/// Initializes the event, and leaves its flags as they are.
fn initialize_but_flags(m: &mut Machine, v: &InitCustomEvent) {
    let Event { stop_propagation, stop_immediate_propagation, canceled, .. } = *m.event(v.event);
    initialize(m, v.event, v.event_type, v.bubbles, v.cancelable);
    let event = m.event_mut(v.event);
    (event.stop_propagation, event.stop_immediate_propagation) = (stop_propagation, stop_immediate_propagation);
    event.canceled = canceled;
}
