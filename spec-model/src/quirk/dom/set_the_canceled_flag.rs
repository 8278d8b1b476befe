//! Quirks of set the canceled flag. <https://dom.spec.whatwg.org/#set-the-canceled-flag>

use crate::dom::event::SetTheCanceledFlag;
use crate::machine::Machine;
use crate::quirk::hook::quirks;

quirks! {
    SetTheCanceledFlag, "dom/set the canceled flag" => (), |v, m, h, holds|;

    written {
        "cancels-uncancelable" "FLG DSP" at "body" []:
            "An event that is not cancelable can be canceled." {
                holds "body" => can_be_canceled(m, v);
            }
        "cancels-in-passive" "FLG" at "body" []:
            "A passive listener can cancel the event." {
                holds "body" => can_be_canceled(m, v);
            }
        "cancels-while-dispatched-alone" "FLG" at "body" []:
            "preventDefault() does nothing unless the event is being dispatched." {
                never "body" if !m.event(v.event).dispatch;
            }
        "passive-for-nested" "FLG" at "body" []:
            "No event can be canceled while a passive listener runs for another." {
                never "body" if m.events.iter().any(|event| event.in_passive_listener);
            }
    }

    also {
        "prevented-regardless" {
            holds "body" if !m.event(v.event).cancelable => {
                m.watch.aside.canceled_in_vain.push(v.event);
                holds
            };
        }
    }
}

fn can_be_canceled(m: &Machine, v: &SetTheCanceledFlag) -> bool {
    let event = m.event(v.event);
    (event.cancelable || m.meets(const { crate::Quirk::of("cancels-uncancelable") }))
        && (!event.in_passive_listener || m.meets(const { crate::Quirk::of("cancels-in-passive") }))
}
