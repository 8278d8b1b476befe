//! Quirks of fire a background fetch click event.

use crate::background_fetch::fire_a_background_fetch_click_event::FireClick;
use crate::quirk::hook::quirks;
use crate::web_idl::interfaces::Interface;

quirks! {
    FireClick, "background-fetch/fire a background fetch click event" => (), |v, m, h, holds|;

    named {
        "no-click-event" "CLK MDN" skip "body":
            "A click fires no event.";
    }

    written {
        "click-can-update-ui" "CLK MDN BGE" at "body" []:
            "A click fires a BackgroundFetchUpdateUIEvent." {
                before "body" => v.event_constructor = Interface::BackgroundFetchUpdateUIEvent;
            }
        "click-is-extendable-alone" "CLK MDN BGE" at "body" []:
            "A click fires a plain ExtendableEvent." {
                before "body" => v.event_constructor = Interface::ExtendableEvent;
            }
    }
}
