//! Steps without code, and why: every step of the registry is either taken somewhere or listed here.
//!
//! In the source, a comment stands where such a step belongs: `// 4, 5. Out of scope: no event in scope has a related target.`
//! `steps_without_code.txt` is made from these comments; `algorithms_without_code.txt` lists the algorithms that have no code at all.
//! `tests/registry` holds both against the code.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::step::StepId;

/// Why a step has no code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Status {
    /// The types, or the shape of the code, make it hold.
    HoldsByType,
    /// No script and no page can see it.
    Unobservable,
    /// The model does it together with others, or says its outcome from outside.
    Abstracted,
    /// It concerns what the model leaves out.
    OutOfScope,
}

impl Status {
    /// The status by the words that a comment begins with.
    fn named(words: &str) -> Option<Self> {
        match words {
            "Holds by type" => Some(Status::HoldsByType),
            "Unobservable" => Some(Status::Unobservable),
            "Abstracted" => Some(Status::Abstracted),
            "Out of scope" => Some(Status::OutOfScope),
            _ => None,
        }
    }
}

/// The reason why a step has no code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Reason {
    /// Of which kind the reason is.
    pub status: Status,
    /// The reason, as a sentence.
    pub why: &'static str,
}

/// Steps that have code which no scenario can have taken, and why. A test holds them against the default run.
pub const UNREACHED: &[(&str, &str)] = &[
    ("dom/invoke/11.3", ANIMATIONS),
    ("dom/invoke/11.4", ANIMATIONS),
    ("service-workers/Clear Registration/2.1", INSTALLING),
    ("service-workers/Clear Registration/2.2", INSTALLING),
    ("service-workers/Clear Registration/2.3", INSTALLING),
    ("service-workers/WindowClient.focus()/1", FOCUS),
    ("service-workers/WindowClient.focus()/3", FOCUS),
    ("service-workers/WindowClient.focus()/4", FOCUS),
    ("service-workers/WindowClient.focus()/5", FOCUS),
];

const ANIMATIONS: &str =
    "Only a trusted animation or transition event has an old name, and no scenario can have one fired.";

/// Branches that no scenario of the catalogue takes, and why; generated ones come by some of them. A test holds them
/// against a run of the catalogue.
pub const UNTAKEN: &[(&str, &str)] = &[
    ("dom/invoke/11.2 holds", ANIMATIONS),
    ("dom/AbortSignal.add/1 holds", "No listener is added with an aborted signal, and nothing else in scope is."),
    ("service-workers/Run Service Worker/9.2 holds", BACKED_UP),
    ("service-workers/Terminate Service Worker/1.4 holds", BACKED_UP),
    (
        "service-workers/Try Activate/2 holds",
        "A worker that is installed while another is being activated is tried again before or after that counts as \
         activated, by chance.",
    ),
    (
        "service-workers/Activate/10.1 does not hold",
        "A scenario can stop the active worker alone: one that is activated has been running since it was installed.",
    ),
    (
        "service-workers/Handle Service Worker Client Unload/4 holds",
        "A scenario has one page at a time, so no other uses the registration when it is closed.",
    ),
    ("service-workers/Clear Registration/2 holds", INSTALLING),
    (
        "service-workers/Clear Registration/4 does not hold",
        "Only a first worker that unregisters itself while it is being installed has none active, and nobody is left to tell.",
    ),
    (
        "background-fetch/fetch(id, requests, options)/8.4 holds",
        "A page that uses the registration keeps its worker, and while the first is being installed it would be judged for \
         whether a worker may fetch at all.",
    ),
    (
        "html/The event handler processing algorithm/3 holds",
        "A handler that is null has lost its listener, so nobody asks it.",
    ),
    ("service-workers/WindowClient.focus()/1 holds", FOCUS),
    ("service-workers/WindowClient.focus()/1 does not hold", FOCUS),
];

const INSTALLING: &str =
    "What is still being installed when nothing else is left to be done stays so: cleared or not, nobody hears of it.";

const FOCUS: &str = "A scenario has a window only after a click, and whether that click still counts as activation is left to the user agent.";

const BACKED_UP: &str =
    "No scenario stops a worker between the firing of an event and its task: which of them came first would be chance.";

/// Why a step has no code; none if it has.
///
/// ```
/// # use bgfspec_model::{status::{Status, without_code}, step::StepId};
/// let step = StepId::named("dom/inner invoke/2.10").unwrap();
/// assert_eq!(without_code(step).unwrap().status, Status::OutOfScope);
/// ```
#[must_use]
pub fn without_code(step: StepId) -> Option<Reason> {
    static REASONS: LazyLock<BTreeMap<StepId, Reason>> = LazyLock::new(reasons);
    REASONS.get(&step).copied()
}

/// The reasons of all steps without code.
fn reasons() -> BTreeMap<StepId, Reason> {
    let reason = |line: &'static str| {
        let mut parts = line.split('\t');
        let (name, status, why) = (parts.next()?, parts.next()?, parts.next()?);
        Some((name, Reason { status: Status::named(status)?, why }))
    };
    let lines = |text: &'static str| text.lines().filter_map(reason);
    let steps = lines(include_str!("../steps_without_code.txt"));
    let steps = steps.filter_map(|(name, reason)| Some((StepId::named(name)?, reason)));
    let whole: BTreeMap<&str, Reason> = lines(include_str!("../algorithms_without_code.txt")).collect();
    let of_whole = |step: StepId| Some((step, *whole.get(step.algorithm())?));
    steps.chain(StepId::all().filter_map(of_whole)).collect()
}
