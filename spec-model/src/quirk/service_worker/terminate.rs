//! Quirks of Terminate Service Worker. <https://w3c.github.io/ServiceWorker/#terminate-service-worker-algorithm>

use crate::quirk::hook::names;

names! {
    "service-workers/Terminate Service Worker";

    "stop-keeps-timers" "SWL" skip "1.2":
        "The timers of a worker run on after it was terminated.";
    "extended-events-kept" "SWL" skip "1.3":
        "The extended events of a worker that was terminated hold back its successor.";
}
