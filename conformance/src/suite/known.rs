//! Deviations that are known and expected, in the tests of an implementation.

use std::sync::Arc;

use bgfspec_report::{Expectation, Report, Run};

use super::shared::Shared;
use crate::catalogue::Catalogue;
use crate::date;
use crate::expectations::{Expected, Played};
use crate::runner::{self, Options, Silent};

/// Plays everything, and looks whether each entry still occurs.
///
/// # Errors
/// Says which do not, or have expired.
pub(super) fn are_met(expected: &Expected, catalogue: &Catalogue, shared: &Arc<Shared>) -> Result<(), String> {
    let (of, options) = (Arc::clone(shared), Options::default());
    let run = runner::run(Box::new(move || of.adapter()), catalogue, &options, &Default::default(), &mut Silent)
        .map_err(|error| error.to_string())?;
    let report = applied(expected, run, catalogue, &options);
    let entries: Vec<Expectation> = report.expectations.map(|all| all.entries).unwrap_or_default();
    let problems: Vec<String> = entries.into_iter().filter_map(|entry| entry.problem).collect();
    if problems.is_empty() { Ok(()) } else { Err(problems.join("\n")) }
}

/// Notes in a run which deviations were expected.
pub(super) fn note(expected: Option<&Expected>, run: Run, catalogue: &Catalogue, options: &Options) -> Option<Run> {
    match expected {
        None => Some(run),
        Some(expected) => applied(expected, run, catalogue, options).runs.pop(),
    }
}

fn applied(expected: &Expected, run: Run, catalogue: &Catalogue, options: &Options) -> Report {
    let today = date::today();
    let mut report = Report { runs: vec![run], ..Report::default() };
    expected.apply(&mut report, Played { catalogue, options, known: &[], today: &today });
    report
}
