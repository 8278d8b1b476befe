//! What a user does at the interface of a background fetch, as a page's controller asks for it.

use serde::{Deserialize, Serialize};

/// The most characters of a scenario's title that the name of a picture has.
const LONGEST_NAME: usize = 80;

/// An act.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
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
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
pub struct Deed {
    /// What is done.
    pub act: Act,
    /// To the fetch with this title.
    pub title: String,
    /// Whether what is shown may be out of date.
    pub afresh: bool,
    /// What it is for, as the name of a picture.
    #[serde(deserialize_with = "file_name")]
    pub name: String,
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

/// Nothing of what a scenario is called may lead elsewhere.
fn file_name<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?.to_lowercase();
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    Ok(words.collect::<Vec<_>>().join("-").chars().take(LONGEST_NAME).collect())
}
