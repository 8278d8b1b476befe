//! The types of `report.json`: a public format.
//!
//! Fields are written in the order of their declaration and lists in the order given, so equal reports are equal
//! bytes. Unknown fields are ignored when a report is read: a newer version may have written it.

mod configuration;
mod disputes;
mod gates;
mod words;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use self::configuration::Configuration;
pub use self::disputes::{Dispute, DisputeKind};
pub use self::gates::{Expectation, Expectations, Standing, Varied, Verification};

/// What one run of `bgfspec` found out, over any number of implementations.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// The version of the suite.
    pub bgfspec: String,
    /// The commit of each specification, by its short name.
    pub specs: BTreeMap<String, String>,
    /// The seed that the scenarios were generated from.
    pub seed: u64,
    /// The day on which it was made, such as `2026-07-30`, in UTC; empty where nobody told.
    #[serde(default)]
    pub date: String,
    /// What was asked for.
    #[serde(default)]
    pub selection: Selection,
    /// The operating system that it was made on, such as `linux`; empty where nobody told.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub os: String,
    /// Whether everything that was to be run was run and judged. An incomplete report is never a pass.
    pub complete: bool,
    /// The requirements that the runs were judged by.
    pub catalogue: Vec<Requirement>,
    /// Implementations that were looked for and not found.
    pub missing: Vec<MissingVendor>,
    /// What was expected to deviate, where the run was given a list of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expectations: Option<Expectations>,
    /// Requirements on which the specification or the model may be at fault, not the implementations.
    #[serde(default)]
    pub suspects: Vec<Suspect>,
    /// Scenarios of other requirements on which the same may be so.
    #[serde(default)]
    pub suspect_scenarios: Vec<SuspectScenario>,
    /// How many bent models the suite catches: what a verdict of it is worth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mutation_score: Option<MutationScore>,
    /// One entry for each implementation that was run.
    pub runs: Vec<Run>,
}

/// What the suite catches of models that depart from the specifications at one step. It is of the whole catalogue, whatever a
/// run played, and computed once for each state of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MutationScore {
    /// How many such models, called quirks, there are.
    pub quirks: u32,
    /// How many of them the catalogue catches.
    pub caught: u32,
    /// How many requirements can be tested.
    pub requirements: u32,
    /// How many of them catch a quirk that breaks rules of their area.
    pub proven: u32,
}

/// Which scenarios were asked for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Selection {
    /// Only scenarios whose title, requirement or area contains this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<String>,
    /// Only scenarios that need this capability.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capability: Option<String>,
    /// How many generated scenarios at most; with `seconds`, 0 is as many as there was time for.
    #[serde(default)]
    pub cases: u64,
    /// For how many seconds they were drawn, if there was an end to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconds: Option<f64>,
    /// The names of the spaces that were gone through to their end.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exhaustive: Vec<String>,
    /// Which share of all, such as `2/7`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shard: Option<String>,
}

/// How strongly a requirement binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// A conforming implementation does it.
    Must,
    /// A conforming implementation does it unless it has a reason.
    Should,
    /// A conforming implementation is free to do it.
    May,
    /// The documentation for web developers says so.
    Documented,
}

/// One testable rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Requirement {
    /// The id, which stays for ever.
    pub id: String,
    /// The code of its area, such as `DSP`.
    pub area: String,
    /// The title of its area.
    pub area_title: String,
    /// The specification that it comes from.
    pub spec: String,
    /// The step or section that it comes from.
    pub step: String,
    /// How strongly it binds.
    pub level: Level,
    /// The rule, in the words of this project.
    pub statement: String,
    /// The address of the passage that it comes from.
    pub link: String,
    /// Why no scenario can test it, if none can.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub untested: Option<String>,
    /// What says otherwise, and the errata that it rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub disputes: Vec<Dispute>,
}

/// An implementation that was looked for and not found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MissingVendor {
    /// Its name.
    pub name: String,
    /// What is not there.
    pub reason: String,
    /// How to get it.
    pub how: String,
    /// Whether it was asked for by name.
    pub asked_for: bool,
}

/// A requirement that all who could be tested on it deviate from, in the same way.
///
/// At least two implementations deviate from it, none conforms, and there is a scenario on which what counts of their
/// traces is the same. A model that is wrong, or a text that says what nobody does, looks like this.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Suspect {
    /// The requirement's id.
    pub requirement: String,
    /// The ids of the deviations that all of them share.
    pub scenarios: Vec<String>,
    /// The labels of those that deviate: name, version and scope.
    pub implementations: Vec<String>,
}

/// A scenario on which all who could play it deviate in the same way, and whose requirements are not suspect as a whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SuspectScenario {
    /// The id of the deviation.
    pub scenario: String,
    /// What the scenario shows.
    pub title: String,
    /// The ids of the requirements that it decides.
    pub requirements: Vec<String>,
    /// The labels of those that deviate: name, version and scope.
    pub implementations: Vec<String>,
}

/// What one implementation did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Run {
    /// Who was judged.
    pub implementation: Implementation,
    /// Where it ran and how it was started; nothing in a report of an older version.
    #[serde(default, skip_serializing_if = "Configuration::is_unknown")]
    pub configuration: Configuration,
    /// How many scenarios were run.
    pub scenarios: u64,
    /// How long they took.
    pub elapsed_ms: u64,
    /// How much of that was spent waiting for the implementation to play, scenarios that were played again included.
    #[serde(default)]
    pub playing_ms: u64,
    /// Whether everything that was to be run was run and judged.
    pub complete: bool,
    /// How many steps of the specifications the scenarios took in the model.
    pub steps: Steps,
    /// One entry for each requirement.
    pub requirements: Vec<Outcome>,
    /// One entry for each distinct way to deviate, as a minimal scenario.
    pub deviations: Vec<Deviation>,
    /// The causes of the deviations, those with a part in most scenarios first. A report of an older version calls them `quirks`.
    #[serde(alias = "quirks")]
    pub causes: Vec<Cause>,
    /// The ids of the deviations that their own causes explain, and all causes together do not: one of these causes is wrong.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub apart: Vec<String>,
    /// How many deviating scenarios no cause explains.
    pub unexplained: u64,
    /// What kept scenarios from being judged.
    pub failures: Vec<Failure>,
    /// What came of scenarios that are kept because they once showed something, where there were any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept: Option<Generated>,
    /// What came of generated scenarios, where there were any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub generated: Option<Generated>,
    /// What came of all scenarios up to a size, where they were gone through.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exhaustive: Vec<Exhaustive>,
    /// What came of playing all of it again, where that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verification: Option<Verification>,
    /// What was done at the browser's own interface, one entry a scenario, as evidence that it was.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clicks: Vec<Click>,
}

/// What came of all scenarios up to a size, up to renaming.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Exhaustive {
    /// The name of the set.
    pub space: String,
    /// How far it goes, as a sentence.
    pub bound: String,
    /// What came of it; all were played if as many were as there are cases.
    pub result: Generated,
}

/// What came of generated scenarios.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Generated {
    /// How many were drawn, in all shards.
    pub cases: u64,
    /// How many were played.
    pub played: u64,
    /// How many of those deviated.
    pub deviating: u64,
    /// On how many the judge could not decide.
    #[serde(default)]
    pub undecided: u64,
    /// The ways in which they deviated, by the case that showed each first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ways: Vec<Way>,
    /// What the ways became when they were made small, in a share of a run: once all shares are there it is among the
    /// deviations of the run.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub found: Vec<Deviation>,
}

/// One way in which generated scenarios deviated.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Way {
    /// The step, and what was seen instead of what.
    pub way: String,
    /// How many scenarios deviated so.
    pub scenarios: u64,
    /// The number of the first of them.
    pub first: u64,
    /// The id of the deviation that it became when it was made small, or of one with the same cause.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deviation: Option<String>,
}

/// The acts of a scenario at the interface of background fetches, and what came of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Click {
    /// The content hash of the scenario.
    pub scenario: String,
    /// What the scenario shows.
    pub title: String,
    /// What was done, in order.
    pub acts: Vec<Act>,
    /// The trace that the scenario gave; nothing if it gave none.
    pub trace: Vec<Value>,
}

/// One act at the interface of a background fetch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Act {
    /// `activate`, `abort`, `pause` or `resume`.
    pub act: String,
    /// Whether the interface was found and acted on.
    pub done: bool,
    /// The file of a picture of the interface right before the act, or of what was there instead; relative to the report.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<String>,
}

/// Who was judged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Implementation {
    /// Its name, as `--vendor` takes it.
    pub name: String,
    /// Its version, as it tells.
    pub version: String,
    /// Which part of it was judged, such as `main` or `service worker`.
    pub scope: String,
    /// What it lets a test do and see.
    pub capabilities: Vec<String>,
}

/// Step coverage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Steps {
    /// How many distinct steps were taken.
    pub taken: u32,
    /// How many can be taken at all.
    pub reachable: u32,
    /// Those that were not taken.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missed: Vec<String>,
    /// Which way steps with a condition went; nothing where nobody told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub branches: Option<Branches>,
}

/// Branch coverage: a step with a condition has two branches, one where it holds and one where it does not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Branches {
    /// How many distinct branches were taken.
    pub taken: u32,
    /// How many there are.
    pub reachable: u32,
    /// Those that were not taken, such as `dom/invoke/6 holds` or `dom/invoke/6 does not hold`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missed: Vec<String>,
}

/// How one implementation stands to one requirement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Outcome {
    /// The requirement's id.
    pub id: String,
    /// The requirement's level.
    pub level: Level,
    /// The verdict.
    pub verdict: Verdict,
    /// How many scenarios decided it.
    pub scenarios: u64,
    /// The ids of the deviations from it.
    pub deviations: Vec<String>,
    /// Why the verdict is not `conforms`, where the deviations do not say it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What the judge says about a requirement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Every scenario's trace is permitted.
    Conforms,
    /// At least one scenario's trace is not permitted.
    Deviates,
    /// Something that the implementation should have and hasn't, which is a cause of its own, keeps the requirement from being asked.
    Blocked,
    /// The implementation lacks a capability that the requirement needs. This is not a pass.
    NotApplicable,
    /// The harness could not tell.
    Inconclusive,
    /// No scenario tested it.
    Untested,
}

/// One way to deviate, as a minimal scenario.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Deviation {
    /// The content hash of the scenario.
    pub id: String,
    /// The ids of the requirements that it is a deviation from.
    pub requirements: Vec<String>,
    /// What the scenario shows, as a sentence.
    pub title: String,
    /// The step where the implementation departs: that of its first cause, or the one that decides about the first difference.
    pub step: String,
    /// The address of that step's algorithm.
    pub link: String,
    /// The ids of the quirks that explain it.
    pub quirks: Vec<String>,
    /// The lines of the entries of the expectations that expect it; none if it is not expected.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub expected_by: Vec<u64>,
    /// What happened, in prose.
    pub explanation: String,
    /// The index of the first observation that is not permitted.
    pub first_difference: usize,
    /// The scenario.
    pub scenario: Value,
    /// The permitted trace that is nearest to what was observed.
    pub expected: Vec<Value>,
    /// The trace that was observed.
    pub observed: Vec<Value>,
    /// How many scenarios deviated in this way.
    pub occurrences: u64,
}

/// A cause of deviations: a named departure, called quirk, at one step of a specification.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Cause {
    /// The id of the quirk.
    pub id: String,
    /// What the implementation does, as a sentence. A report of an older version calls it `title`.
    #[serde(alias = "title")]
    pub does: String,
    /// What it should do instead, as a sentence: the rule that it breaks. Empty if unknown.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub should: String,
    /// The step that it departs from.
    pub step: String,
    /// The address of that step's algorithm; empty if unknown.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub link: String,
    /// How many deviating scenarios it has a part in.
    pub scenarios: u64,
    /// The ids of the requirements that these decide.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requirements: Vec<String>,
    /// The shortest of these scenarios.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub example: Option<Example>,
    /// Scenarios on which the implementation conforms, and would not if it always had this cause: it has the cause in part, or not at all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contradicted_by: Vec<Contradiction>,
    /// Addresses at which the departure was reported, of whatever implementation.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<String>,
}

/// A scenario that shows a cause.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Example {
    /// The content hash of the scenario.
    pub id: String,
    /// What the scenario shows, as a sentence.
    pub title: String,
    /// The scenario.
    pub scenario: Value,
    /// The permitted trace that is nearest to what was observed.
    pub expected: Vec<Value>,
    /// The trace that was observed.
    pub observed: Vec<Value>,
    /// The index of the first observation that is not permitted.
    pub first_difference: usize,
}

/// A scenario that speaks against a cause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Contradiction {
    /// The content hash of the scenario.
    pub scenario: String,
    /// What the scenario shows, as a sentence.
    pub title: String,
}

/// What went wrong other than by deviating.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FailureKind {
    /// The agent did not answer in time.
    Timeout,
    /// The agent ended.
    Crash,
    /// The agent's answer was not one.
    Protocol,
    /// The scenario deviated, and gave another trace when it was played again.
    Unstable,
    /// The judge could not decide about its trace.
    Undecided,
}

/// A scenario, or a whole agent, that could not be judged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Failure {
    /// What went wrong.
    pub kind: FailureKind,
    /// The scenario's title, or nothing if no scenario is to blame.
    pub title: String,
    /// The scenario, if one is to blame.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scenario: Option<Value>,
    /// What was seen.
    pub message: String,
    /// The ids of the requirements that are undecided because of it.
    pub requirements: Vec<String>,
    /// The number of the generated scenario, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<u64>,
}
