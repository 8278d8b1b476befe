//! The facts that a scenario is exported with.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::report::Requirement;

/// A scenario with all that the specifications permit to be seen of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Export {
    /// The version of the suite.
    pub bgfspec: String,
    /// The scenario's content hash.
    pub id: String,
    /// The requirements that it decides.
    pub requirements: Vec<Requirement>,
    /// The scenario, as the suite writes it.
    pub scenario: Value,
    /// The capabilities that an implementation needs to be judged by it.
    pub capabilities: Vec<String>,
    /// The traces that are permitted: of each what counts for the verdict, realm by realm. What a call returned is null where that
    /// does not count. An implementation conforms if it gives one of them, without what it has no capability to show.
    pub permitted: Vec<Vec<Value>>,
    /// Whether these are all; there may be too many.
    pub complete: bool,
    /// Whether an exception or a rejection may stay unhandled, even if the verdict does not depend on it.
    pub uncaught: bool,
}

impl Export {
    /// The scenario's title.
    #[must_use]
    pub fn title(&self) -> &str {
        self.scenario.get("title").and_then(Value::as_str).unwrap_or_default()
    }

    /// The facts as JSON.
    #[must_use]
    pub fn json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// Whether a detail counts for the verdict.
    #[must_use]
    pub fn observes(&self, detail: &str) -> bool {
        match self.scenario.get("observe") {
            Some(Value::Array(details)) => details.iter().any(|one| one == detail),
            _ => true,
        }
    }

    /// Whether an implementation needs a capability to be judged by it.
    #[must_use]
    pub fn needs(&self, capability: &str) -> bool {
        self.capabilities.iter().any(|one| one == capability)
    }
}
