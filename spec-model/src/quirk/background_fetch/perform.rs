//! Quirks of perform a background fetch.

use crate::atom;
use crate::background_fetch::FailureReason;
use crate::background_fetch::perform::Perform;
use crate::quirk::hook::quirks;
use crate::web_idl::interfaces::Interface;

quirks! {
    Perform, "background-fetch/perform a background fetch" => (), |v, m, h, holds|;

    named {
        "failure-unreasoned" "BGR" skip "8.5.2":
            "The reason of a failure is not told.";
        "records-stay" "BGR" skip "8.13.2":
            "Records stay available after the event that tells of the end.";
    }

    written {
        "abort-resets-bytes" "BGR" at "8.7" []:
            "When a fetch is aborted, downloaded goes back to 0." {
                before "8.7" if v.failure_reason == FailureReason::Aborted =>
                    m.background_fetch_mut(v.bg_fetch).stored = 0.0;
            }
        "abort-is-failure" "BGR BGE" at "8.10.1" []:
            "An aborted fetch fires backgroundfetchfail." {
                after "8.10.1" => v.event_name = atom::BACKGROUND_FETCH_FAIL;
                after "8.10.2" => v.event_constructor = Interface::BackgroundFetchUpdateUIEvent;
            }
    }
}
