//! Steps without code, and why: every step of the registry is either taken somewhere or listed here.
//!
//! The lists are told apart by specification. `tests/registry.rs` holds them against the registry and the code.

mod background_fetch;
mod dom;
mod service_workers;

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

/// All algorithms that have steps without code.
pub fn all() -> impl Iterator<Item = &'static WithoutCode> {
    [dom::WITHOUT_CODE, service_workers::WITHOUT_CODE, background_fetch::WITHOUT_CODE].into_iter().flatten()
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
