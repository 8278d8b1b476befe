//! Steps without code, and why: every step of the registry is either taken somewhere or listed here.

use crate::step::StepId;

/// Why a step has no code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Status {
    /// The types make it hold.
    HoldsByType,
    /// No script and no page can see it.
    Unobservable,
    /// The model does it together with others, or says its outcome from outside.
    Abstracted,
    /// It concerns what the model leaves out.
    OutOfScope,
}

/// A step without code, or a whole algorithm (`spec/algorithm/*`), with the reason.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct WithoutCode {
    /// The step, or `spec/algorithm/*` for all steps of an algorithm that no other line names and no code takes.
    pub steps: &'static str,
    /// Of which kind the reason is.
    pub status: Status,
    /// The reason.
    pub why: &'static str,
}

include!("without_code.rs");

/// Why a step has no code; none if it has.
#[must_use]
pub fn without_code(step: StepId) -> Option<&'static WithoutCode> {
    let name = step.name();
    WITHOUT_CODE.iter().find(|entry| match entry.steps.strip_suffix("/*") {
        None => entry.steps == name,
        Some(algorithm) => name.strip_prefix(algorithm).is_some_and(|rest| rest.starts_with('/')),
    })
}
