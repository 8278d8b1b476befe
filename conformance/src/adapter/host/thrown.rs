//! What the callbacks of a scenario and the library throw.

use std::fmt;

use serde_json::{Value as Json, json};

/// What was thrown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Thrown(pub(super) What);

#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum What {
    /// An exception of the library's.
    Exception(String),
    /// An error of the scenario's.
    Error(String),
}

impl Thrown {
    /// An exception of the library's, by its name in the specifications: `InvalidStateError`.
    #[must_use]
    pub fn exception(name: &str) -> Self {
        Thrown(What::Exception(name.to_owned()))
    }

    /// Returns what it shows as in a trace.
    pub(super) fn show(&self) -> Json {
        match &self.0 {
            What::Exception(name) => json!({ "$exception": name }),
            What::Error(name) => json!({ "$error": name }),
        }
    }
}

impl fmt::Display for Thrown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (What::Exception(name) | What::Error(name)) = &self.0;
        f.write_str(name)
    }
}

impl std::error::Error for Thrown {}
