//! Quirks of the UI of a background fetch and of the click on it.

use crate::background_fetch::FetchResult;
use crate::background_fetch::display::Display;
use crate::quirk::hook::quirks;

quirks! {
    Display, "background-fetch/display" => (), |v, m, h, holds|;

    written {
        "click-needs-bytes" "CLK MDN" at "body" []:
            "A background fetch can't be clicked before bytes have come." {
                skip "body" if m.background_fetch(v.bg_fetch).result == FetchResult::Pending
                    && m.background_fetch(v.bg_fetch).stored == 0.0;
            }
    }
}
