//! A scenario as a file that others can run without this project.
//!
//! The facts come from whoever has the model; what is here only writes them down. `script` is plain JavaScript that says for
//! itself whether a host does what is permitted, `wpt` a test of the web platform's suite, and `json` the facts for a program to read.

mod operation;
mod program;
mod recorder;
mod script;
mod value;
mod wpt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::javascript::stimulus::words;
use crate::report::Requirement;

pub use script::script;
pub use wpt::{File, files as wpt_files, wpt};

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
    fn observes(&self, detail: &str) -> bool {
        match self.scenario.get("observe") {
            Some(Value::Array(details)) => details.iter().any(|one| one == detail),
            _ => true,
        }
    }

    fn needs(&self, capability: &str) -> bool {
        self.capabilities.iter().any(|one| one == capability)
    }
}

/// The word of a stimulus, if a step is one; `drain` is none, as it only waits.
fn stimulus(step: &Value) -> Option<&str> {
    let word = step.as_object()?.keys().next()?;
    words().any(|known| known == word && known != "drain").then_some(word)
}
