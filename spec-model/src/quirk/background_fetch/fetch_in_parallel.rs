//! Quirks of the steps that `fetch()` takes in parallel.

use super::fetch::is_worker;
use crate::atom;
use crate::background_fetch::fetch::{FetchInParallel, reject};
use crate::quirk::hook::quirks;

quirks! {
    FetchInParallel<'_>, "background-fetch/fetch(id, requests, options)" => (), |v, m, h, holds|;

    named {
        "permission-ignored" "BGR IDL" never "8.2":
            "A fetch starts although the permission is denied.";
        "ids-reused" "BGR IDL" never "8.5":
            "Two fetches with the same id can be active at once.";
    }

    written {
        "fetch-refused-in-worker" "BGR" at "8.2" []:
            "fetch() rejects with a NotAllowedError in a service worker." {
                always "8.2" if is_worker(m, v.call.realm);
            }
        "permission-error-type" "BGR IDL" at "8.2" []:
            "fetch() rejects with a TypeError while the permission is denied." {
                instead "8.2" => reject(m, v.call, atom::TYPE_ERROR);
            }
        "ids-stay-used" "BGR" at "8.5" []:
            "The id of a background fetch that has ended can't be used again." {
                always "8.5" if m.background_fetches.iter().any(|fetch| fetch.id == v.call.id);
            }
    }
}
