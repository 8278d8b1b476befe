//! What a user does at the interface of a background fetch, as a page's controller asks for it.

use serde::{Deserialize, Serialize};

use crate::scenario::Scenario;

/// An act.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Act {
    /// Activate the interface of a fetch.
    Activate,
    /// Abort a fetch.
    Abort,
    /// Pause a fetch.
    Pause,
    /// Let a paused fetch go on.
    Resume,
}

/// An act and what it is done to.
#[derive(Clone, PartialEq, Debug, Deserialize)]
pub struct Deed {
    /// What is done.
    pub act: Act,
    /// To the fetch with this title.
    pub title: String,
    /// Whether what is shown may be out of date.
    pub afresh: bool,
    /// The scenario that it is done for.
    pub scenario: Scenario,
}

/// What came of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Acted {
    /// It was done.
    Done,
    /// The interface of that fetch is not there; more about it for people.
    NotThere(String),
}

impl std::fmt::Display for Act {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Act::Activate => "activate",
            Act::Abort => "abort",
            Act::Pause => "pause",
            Act::Resume => "resume",
        })
    }
}
