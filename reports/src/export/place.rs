//! Where a program runs, and what differs between these places.

use serde_json::Value;

/// Where a program runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In a script, on hosts that lack much of a browser.
    Script,
    /// In a test of one file.
    Test,
    /// In a test whose service worker has a program too.
    Page,
    /// In that service worker, which posts its log to the page.
    Worker,
}

impl Place {
    /// Returns the global object.
    pub(super) fn global(self) -> &'static str {
        if self == Place::Script { "globalThis" } else { "self" }
    }

    /// Returns the function that queues a task.
    pub(super) fn task(self) -> &'static str {
        match self {
            Place::Script | Place::Worker => "setTimeout",
            Place::Test | Place::Page => "step_timeout",
        }
    }

    /// Returns whether an observation is made here.
    pub(super) fn sees(self, item: &Value) -> bool {
        match self {
            Place::Script | Place::Test => true,
            Place::Page => item.get("in").is_some_and(|realm| realm == "page"),
            Place::Worker => item.get("in").is_none(),
        }
    }
}
