//! The verdict on one requirement, as a test tells it.

use std::fmt::Write as _;
use std::sync::Arc;

use bgfspec_report::aligned::side_by_side;
use bgfspec_report::javascript::javascript;
use bgfspec_report::printable::{block, line};
use bgfspec_report::{Deviation, Outcome, Run, Verdict};

use super::conclusion::Collected;
use super::known;
use super::shared::Shared;
use crate::catalogue::{Catalogue, Kept, Requirement};
use crate::expectations::Expected;
use crate::runner::{self, Options, Silent};

/// How many characters a line of two traces has.
pub(super) const WIDTH: usize = 100;

/// The most deviations that a test shows whole.
const MOST_SHOWN: usize = 3;

/// Plays the scenarios of a requirement.
///
/// # Errors
/// Tells how it deviates, or why that can't be told.
pub(super) fn of(
    catalogue: &Catalogue,
    id: &str,
    shared: &Arc<Shared>,
    expected: Option<&Expected>,
    collected: &Collected,
) -> Result<(), String> {
    let requirement = catalogue.requirement(id)?;
    let scenarios = catalogue.scenarios_of(id).cloned().collect();
    let alone = Catalogue { areas: catalogue.areas.clone(), scenarios, kept: Kept::default() };
    let of = Arc::clone(shared);
    let run = runner::run(Box::new(move || of.adapter()), &alone, &Options::default(), &Arc::default(), &mut Silent)
        .map_err(|error| error.to_string())?;
    let run = known::note(expected, run, &alone, &Options::default()).ok_or("it was not judged")?;
    collected.add(Some(id), &run);
    let outcome = run.requirements.iter().find(|outcome| outcome.id == id);
    let outcome = outcome.ok_or("it was not judged; please report this as a fault of bgfspec")?;
    match outcome.verdict {
        Verdict::Conforms => Ok(()),
        Verdict::Deviates if unexpected(outcome, &run).is_empty() => Ok(()),
        Verdict::Deviates => Err(deviates(requirement, outcome, &run)),
        Verdict::Blocked | Verdict::Inconclusive | Verdict::NotApplicable | Verdict::Untested => {
            Err(undecided(requirement, outcome, &run))
        }
    }
}

/// Plays generated scenarios.
///
/// # Errors
/// Tells the ways in which it deviates, each as small as it gets, or why that can't be told.
pub(super) fn of_generated(
    catalogue: &Catalogue,
    cases: u64,
    shared: &Arc<Shared>,
    expected: Option<&Expected>,
    collected: &Collected,
) -> Result<(), String> {
    let of = Arc::clone(shared);
    let options = Options { cases, only_generated: true, ..Options::default() };
    let run = runner::run(Box::new(move || of.adapter()), catalogue, &options, &Arc::default(), &mut Silent)
        .map_err(|error| error.to_string())?;
    let run = known::note(expected, run, catalogue, &options).ok_or("it was not judged")?;
    collected.add(None, &run);
    let deviations: Vec<&Deviation> =
        run.deviations.iter().filter(|deviation| deviation.expected_by.is_empty()).collect();
    // A way that nobody made small is nobody's to expect.
    let is_clear = deviations.is_empty() && run.unnamed_ways() == 0;
    let undecided: u64 = run.sweeps().map(|sweep| sweep.undecided).sum();
    if is_clear && run.complete && undecided == 0 && run.failures.is_empty() {
        return Ok(());
    }
    let (deviating, played) =
        run.sweeps().fold((0, 0), |(deviating, played), sweep| (deviating + sweep.deviating, played + sweep.played));
    let mut text = format!("{deviating} of {played} generated scenarios deviate.\n");
    show(&mut text, &deviations, &run);
    failures(&mut text, &run);
    Err(text)
}

fn head(requirement: &Requirement) -> String {
    let Requirement { id, level, statement, link, .. } = requirement;
    format!("{id} ({}): {}\n{}\n", level.word(), line(statement), line(link))
}

fn undecided(requirement: &Requirement, outcome: &Outcome, run: &Run) -> String {
    let mut text = head(requirement);
    let reason = outcome.reason.as_deref().unwrap_or("nobody said why");
    let _ = writeln!(text, "{}: {}", outcome.verdict.words(), line(reason));
    failures(&mut text, run);
    text
}

fn failures(text: &mut String, run: &Run) {
    for failure in &run.failures {
        let _ = writeln!(text, "  {} in \"{}\": {}", failure.kind.word(), line(&failure.title), line(&failure.message));
    }
}

/// The deviations from a requirement that nobody expects.
fn unexpected<'a>(outcome: &Outcome, run: &'a Run) -> Vec<&'a Deviation> {
    run.deviations_from(outcome).filter(|deviation| deviation.expected_by.is_empty()).collect()
}

fn deviates(requirement: &Requirement, outcome: &Outcome, run: &Run) -> String {
    let mut text = head(requirement);
    let deviations = unexpected(outcome, run);
    let _ = writeln!(text, "{} of {} scenarios deviate.", deviations.len(), outcome.scenarios);
    show(&mut text, &deviations, run);
    text
}

/// The scenario of each deviation, what was expected beside what was observed, the step and the quirk.
fn show(text: &mut String, deviations: &[&Deviation], run: &Run) {
    for deviation in deviations.iter().take(MOST_SHOWN) {
        let Deviation { title, id, scenario, expected, observed, first_difference, step, link, .. } = deviation;
        let _ = write!(text, "\n{} ({id})\n\n{}\n", line(title), block(&javascript(scenario)));
        for row in side_by_side(expected, observed, *first_difference, WIDTH) {
            let _ = writeln!(text, "{}", row.text);
        }
        let _ = writeln!(text, "It departs at {}, {}", line(step), line(link));
        for cause in run.causes.iter().filter(|cause| deviation.quirks.contains(&cause.id)) {
            let _ = writeln!(text, "The quirk {} explains it: {}", line(&cause.id), line(&cause.does));
        }
    }
    for deviation in deviations.iter().skip(MOST_SHOWN) {
        let _ = writeln!(text, "{} ({}) deviates too.", line(&deviation.title), deviation.id);
    }
}
