//! The verdict on one requirement, as a test tells it.

use std::fmt::Write as _;
use std::sync::Arc;

use bgfspec_reports::report::{Deviation, Outcome, Run, Verdict};
use bgfspec_reports::{Style, block, javascript, line, side_by_side};

use super::shared::Shared;
use crate::catalogue::{Catalogue, Requirement};
use crate::runner::{self, Options, Silent};

/// The most deviations that a test shows whole.
const MOST_SHOWN: usize = 3;

/// Plays the scenarios of a requirement.
///
/// # Errors
/// Tells how it deviates, or why that can't be told.
pub(super) fn of(catalogue: &Catalogue, id: &str, shared: &Arc<Shared>) -> Result<(), String> {
    let requirement = catalogue.requirement(id)?;
    let scenarios = catalogue.scenarios_of(id).cloned().collect();
    let alone = Catalogue { areas: catalogue.areas.clone(), scenarios };
    let of = Arc::clone(shared);
    let run = runner::run(Box::new(move || of.adapter()), &alone, &Options::default(), &Arc::default(), &mut Silent)
        .map_err(|error| error.to_string())?;
    let outcome = run.requirements.iter().find(|outcome| outcome.id == id);
    let outcome = outcome.ok_or("it was not judged; please report this as a fault of bgfspec")?;
    match outcome.verdict {
        Verdict::Conforms => Ok(()),
        Verdict::Deviates => Err(deviates(requirement, outcome, &run)),
        Verdict::Inconclusive | Verdict::NotApplicable | Verdict::Untested => {
            Err(undecided(requirement, outcome, &run))
        }
    }
}

fn head(requirement: &Requirement) -> String {
    let Requirement { id, level, statement, link, .. } = requirement;
    format!("{id} ({}): {}\n{}\n", level.word(), line(statement), line(link))
}

fn undecided(requirement: &Requirement, outcome: &Outcome, run: &Run) -> String {
    let mut text = head(requirement);
    let reason = outcome.reason.as_deref().unwrap_or("nobody said why");
    let _ = writeln!(text, "{}: {}", outcome.verdict.words(), line(reason));
    for failure in &run.failures {
        let _ = writeln!(text, "  {} in \"{}\": {}", failure.kind.word(), line(&failure.title), line(&failure.message));
    }
    text
}

fn deviates(requirement: &Requirement, outcome: &Outcome, run: &Run) -> String {
    let mut text = head(requirement);
    let mine = |deviation: &&Deviation| outcome.deviations.contains(&deviation.id);
    let deviations: Vec<&Deviation> = run.deviations.iter().filter(mine).collect();
    let _ = writeln!(text, "{} of {} scenarios deviate.", deviations.len(), outcome.scenarios);
    for deviation in deviations.iter().take(MOST_SHOWN) {
        let Deviation { title, id, scenario, expected, observed, first_difference, step, link, .. } = deviation;
        let table = side_by_side(expected, observed, *first_difference, Style::default());
        let _ = write!(text, "\n{} ({id})\n\n{}\n{table}", line(title), block(&javascript(scenario)));
        let _ = writeln!(text, "It departs at {}, {}", line(step), line(link));
        for quirk in run.quirks.iter().filter(|quirk| deviation.quirks.contains(&quirk.id)) {
            let _ = writeln!(text, "The quirk {} explains it: {}", line(&quirk.id), line(&quirk.title));
        }
    }
    for deviation in deviations.iter().skip(MOST_SHOWN) {
        let _ = writeln!(text, "{} ({}) deviates too.", line(&deviation.title), deviation.id);
    }
    text
}
