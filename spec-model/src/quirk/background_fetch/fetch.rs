//! Quirks of the steps that `fetch()` takes at once.

use crate::background_fetch::fetch::Fetch;
use crate::machine::{Machine, Scope};
use crate::quirk::hook::quirks;
use crate::value::{PromiseId, RealmId, Value};

quirks! {
    Fetch, "background-fetch/fetch(id, requests, options)" => Result<PromiseId, Value>, |v, m, h, holds|;

    named {
        "empty-fetch" "BGR IDL" never "5":
            "A fetch can be started without requests.";
        "no-cors-allowed" "BGR IDL" never "6.2":
            "A fetch can be started with a request whose mode is no-cors.";
    }

    written {
        "fetch-from-pages-alone" "BGR" at "5" []:
            "fetch() rejects with a TypeError in a service worker." {
                always "5" if is_worker(m, m.current);
            }
    }
}

/// Whether a realm is a service worker's.
pub(super) fn is_worker(m: &Machine, realm: RealmId) -> bool {
    matches!(m.realm(realm).scope, Scope::ServiceWorker(_))
}
