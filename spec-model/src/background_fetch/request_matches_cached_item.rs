//! Request Matches Cached Item. <https://w3c.github.io/ServiceWorker/#request-matches-cached-item-algorithm>
//!
//! The algorithm is not among the pinned ones: of its steps, those that decide here are listed as definitions.

use crate::atom;
use crate::background_fetch::request::{Info, QueryOptions, Request};
use crate::background_fetch::url::same_url;
use crate::machine::Machine;
use crate::step::Algorithm;
use crate::watch::branch;

const ALGORITHM: Algorithm = Algorithm::of("service-workers/Request Matches Cached Item");

/// The variables of Request Matches Cached Item.
pub(crate) struct RequestMatches<'a> {
    pub(crate) query: Info,
    pub(crate) request: &'a Request,
}

/// Returns whether a request is the one that is asked for. No response here has a `Vary`.
pub(crate) fn request_matches_cached_item(
    m: &mut Machine,
    query: Info,
    request: &Request,
    options: QueryOptions,
) -> bool {
    let mut v = RequestMatches { query, request };
    if branch!(m, v, "1", !options.ignore_method && request.method != atom::GET_METHOD) {
        return false;
    }
    let ignores_search = branch!(m, v, "3", options.ignore_search);
    let same = same_url(m.atoms.text(query.url()), m.atoms.text(request.url), ignores_search);
    m.unknown |= same.is_none();
    !branch!(m, v, "4", same != Some(true))
}
