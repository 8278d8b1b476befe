//! What a run was held against: deviations that were expected, and the same scenarios played again.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Verdict;

/// The deviations that were expected, as a file lists them, and what came of each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Expectations {
    /// The file, as the command line named it.
    pub file: String,
    /// One entry for each that the file has, in its order.
    pub entries: Vec<Expectation>,
}

/// An entry of a file of expectations, and what came of it. Exactly one of quirk, requirement and deviation is there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Expectation {
    /// The line of the file on which it begins.
    pub line: u64,
    /// The name of the implementation that is expected to deviate.
    pub implementation: String,
    /// Only this version, or the versions that begin with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Only this scope.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// The id of a quirk behind the deviations.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quirk: Option<String>,
    /// The id of a requirement that is deviated from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requirement: Option<String>,
    /// The id of a deviation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deviation: Option<String>,
    /// Why it is expected.
    pub reason: String,
    /// Where more is said of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// The last day on which it is expected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<String>,
    /// What came of it.
    pub standing: Standing,
    /// What is wrong with it and what to do, as a sentence; then the run fails.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}

/// What came of an expectation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// It occurs.
    Met,
    /// It does not occur any more, or never did. The run fails.
    Stale,
    /// Its last day is over, so it expects nothing. The run fails.
    Expired,
    /// The run can't tell: who is meant was not judged, or not on all that could show it.
    NotJudged,
}

/// What came of playing the same scenarios again, in other orders.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Verification {
    /// How many times more all of it was played.
    pub repetitions: u64,
    /// The seed of the order of each.
    pub seeds: Vec<u64>,
    /// What was not the same each time. Its requirements are inconclusive unless they deviate each time on something else.
    pub varied: Vec<Varied>,
    /// Why a repetition is missing or not whole, as sentences.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<String>,
}

/// A verdict that was not the same each time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Varied {
    /// The ids of the requirements that it is about.
    pub requirements: Vec<String>,
    /// The id of the scenario; nothing where no single scenario is to blame.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scenario: Option<String>,
    /// What the scenario shows.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// The verdict of the run and then of each repetition.
    pub verdicts: Vec<Verdict>,
}
