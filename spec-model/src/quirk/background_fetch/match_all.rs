//! Quirks of `matchAll()`.

use crate::background_fetch::FetchResult;
use crate::background_fetch::match_all::MatchAll;
use crate::background_fetch::request::Info;
use crate::quirk::hook::quirks;
use crate::value::PromiseId;

quirks! {
    MatchAll, "background-fetch/matchAll(request, options)" => PromiseId, |v, m, h, holds|;

    named {
        "matches-gone-records" "CLK BGR" never "1":
            "matchAll() works when the records are not available any more.";
        "match-ignores-request" "BGR" always "3.2.1":
            "match() and matchAll() give records of all requests, whatever request they are asked for.";
    }

    written {
        "records-gone-in-event" "BGR" at "1" []:
            "The records can't be matched in the event that tells of the end of a background fetch." {
                always "1" if v.this.result != FetchResult::Pending;
            }
        "match-by-address-alone" "BGR" at "3.2.1" []:
            "match() and matchAll() find no records for a Request object." {
                never "3.2.1" if matches!(v.request, Some(Info::Object(..)));
            }
    }

    also {
        "click-claims-records" {
            never "3.2.1" if !m.background_fetch(v.this.background_fetch).records_available;
        }
    }
}
