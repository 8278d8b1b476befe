//! Steps without code, and why: every step of the registry is either taken somewhere or listed here.
//!
//! The lists are told apart by specification. `tests/registry.rs` holds them against the registry and the code.

mod background_fetch;
mod dom;
mod service_workers;
mod webidl;

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

/// The steps of one algorithm that have no code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct WithoutCode {
    /// The algorithm, as the registry calls it.
    pub algorithm: &'static str,
    /// Its steps, by reason.
    pub reasons: &'static [Reason],
}

/// A reason, and the steps that it is the reason for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Reason {
    /// The numbers of the steps with a space between them, or `*` for a whole algorithm that no code takes.
    pub steps: &'static str,
    /// Of which kind the reason is.
    pub status: Status,
    /// The reason, as a sentence.
    pub why: &'static str,
}

impl Reason {
    /// Whether it is the reason for the step of this number.
    #[must_use]
    pub fn names(&self, number: &str) -> bool {
        self.steps == "*" || self.steps.split(' ').any(|step| step == number)
    }
}

const fn holds_by_type(steps: &'static str, why: &'static str) -> Reason {
    Reason { steps, status: Status::HoldsByType, why }
}

const fn unobservable(steps: &'static str, why: &'static str) -> Reason {
    Reason { steps, status: Status::Unobservable, why }
}

const fn abstracted(steps: &'static str, why: &'static str) -> Reason {
    Reason { steps, status: Status::Abstracted, why }
}

const fn out_of_scope(steps: &'static str, why: &'static str) -> Reason {
    Reason { steps, status: Status::OutOfScope, why }
}

/// Steps that have code which no scenario can have taken, and why. A test holds them against the default run.
pub const UNREACHED: &[(&str, &str)] = &[("dom/invoke/11.3", ANIMATIONS), ("dom/invoke/11.4", ANIMATIONS)];

const ANIMATIONS: &str =
    "Only a trusted animation or transition event has an old name, and no scenario can have one fired.";

/// Branches that no scenario of the catalogue takes, and why; generated ones come by some of them. A test holds them
/// against a run of the catalogue.
pub const UNTAKEN: &[(&str, &str)] = &[
    ("dom/invoke/11.2 holds", ANIMATIONS),
    ("dom/AbortSignal.add/1 holds", "No listener is added with an aborted signal, and nothing else in scope is."),
    (
        "service-workers/Run Service Worker/2 holds",
        "A worker is started that was active a moment before: whether it became redundant in between would be chance.",
    ),
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
    (
        "service-workers/Clear Registration/2 holds",
        "What is still being installed when nothing else is left to be done stays so: cleared or not, nobody hears of it.",
    ),
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
        "html/the event handler processing algorithm/callback holds",
        "A handler that is null has lost its listener, so nobody asks it.",
    ),
    (
        "service-workers/ServiceWorker.postMessage(message, options)/5 holds",
        "By messages a worker hears of what it is to do, so it has a listener for them from the start.",
    ),
];

const BACKED_UP: &str =
    "No scenario stops a worker between the firing of an event and its task: which of them came first would be chance.";

/// All algorithms that have steps without code.
pub fn all() -> impl Iterator<Item = &'static WithoutCode> {
    [dom::WITHOUT_CODE, service_workers::WITHOUT_CODE, background_fetch::WITHOUT_CODE, webidl::WITHOUT_CODE]
        .into_iter()
        .flatten()
}

/// Why a step has no code; none if it has.
///
/// ```
/// # use bgfspec_model::{status::{Status, without_code}, step::StepId};
/// let step = StepId::named("dom/inner invoke/2.10").unwrap();
/// assert_eq!(without_code(step).unwrap().status, Status::OutOfScope);
/// ```
#[must_use]
pub fn without_code(step: StepId) -> Option<&'static Reason> {
    let (algorithm, number) = step.name().rsplit_once('/')?;
    let found = all().find(|entry| entry.algorithm == algorithm)?;
    found.reasons.iter().find(|reason| reason.names(number))
}
