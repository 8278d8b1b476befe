//! Quirks of Request Matches Cached Item.

use crate::background_fetch::request_matches_cached_item::RequestMatches;
use crate::background_fetch::url::fragment;
use crate::quirk::hook::quirks;

quirks! {
    RequestMatches<'_>, "service-workers/Request Matches Cached Item" => bool, |v, m, h, holds|;

    named {
        "match-ignores-method" "BGR" never "1":
            "match() and matchAll() give records of requests with other methods than GET without being asked to.";
        "match-keeps-search" "BGR" never "3":
            "match() and matchAll() tell queries apart, even where they are to be ignored.";
    }

    written {
        "match-keeps-fragments" "BGR" at "4" []:
            "match() and matchAll() tell URLs apart by their fragments." {
                always "4" if fragment(m.atoms.text(v.query.url())) != fragment(m.atoms.text(v.request.url));
            }
    }
}
