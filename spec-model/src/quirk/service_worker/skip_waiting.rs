//! Quirks of `skipWaiting()`. <https://w3c.github.io/ServiceWorker/#service-worker-global-scope-skipwaiting>

use crate::quirk::hook::names;

names! {
    "service-workers/skipWaiting()";

    "skip-waiting-hangs" "SWL" skip "2.3":
        "The promise of skipWaiting() is never settled.";
}
