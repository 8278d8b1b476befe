//! Quirks of deactivate an event handler.
//! <https://html.spec.whatwg.org/multipage/webappapis.html#deactivate-an-event-handler>

use crate::html::deactivate_an_event_handler::Deactivate;
use crate::quirk::hook::quirks;

quirks! {
    Deactivate, "html/deactivate an event handler" => (), |v, m, h, holds|;

    written {
        "handler-keeps-place" "EH" at "5" []:
            "An event handler that is cleared keeps its place among the listeners." {
                never "5";
                skip "6";
            }
    }
}
