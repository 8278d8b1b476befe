//! Quirks of complete a record.

use crate::background_fetch::FailureReason;
use crate::background_fetch::complete_a_record::CompleteARecord;
use crate::quirk::hook::quirks;

quirks! {
    CompleteARecord, "background-fetch/complete a record" => (), |v, m, h, holds|;

    named {
        "download-total-ignored" "BGR" never "11.10.1":
            "A fetch may receive more than its download total.";
    }

    written {
        "zero-total-limits" "BGR" at "11.10.1" []:
            "A download total of zero lets nothing be received." {
                holds "11.10.1" => holds || m.background_fetch(v.bg_fetch).stored + v.bytes > v.download_total;
            }
        "bad-status-uncounted" "BGR" at "11.10.2" []:
            "The bytes of a response whose status is not ok are not counted in downloaded." {
                after "11.11.2" if v.result == FailureReason::BadStatus =>
                    m.background_fetch_mut(v.bg_fetch).stored = 0.0;
            }
    }
}
