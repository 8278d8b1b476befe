//! What a page says of expectations and repetitions, as sentences.

use bgfspec_report::printable::count;
use bgfspec_report::{self as report, Report, Run};

use crate::overview::Standing;

/// What there is to say of the expectations of a report: what fails it first.
pub(crate) fn expectations(report: &Report) -> Vec<(Standing, String)> {
    let Some(expectations) = &report.expectations else { return Vec::new() };
    let broken = report.broken_expectations().filter_map(|entry| {
        let problem = entry.problem.as_ref()?;
        Some((Standing::Fail, format!("{problem} ({} of {})", entry.what(), entry.whose())))
    });
    let mut sentences: Vec<(Standing, String)> = broken.collect();
    let deviations = report.runs.iter().flat_map(|run| &run.deviations);
    let (expected, surprising): (Vec<_>, Vec<_>) = deviations.partition(|one| !one.expected_by.is_empty());
    let number = |standing| expectations.entries.iter().filter(|entry| entry.standing == standing).count() as u64;
    let mut text = format!(
        "{} expected by {} of {}; {} not.",
        count(expected.len() as u64, "deviation is", "deviations are"),
        count(number(report::Standing::Met), "entry", "entries"),
        expectations.file,
        surprising.len(),
    );
    let unnamed: u64 = report.runs.iter().map(Run::unnamed_ways).sum();
    if unnamed > 0 {
        let ways = count(unnamed, "way", "ways");
        text += &format!(
            " Generated scenarios deviate in {ways} more that can't be expected: `--cases 0` leaves them out."
        );
    }
    let untold = number(report::Standing::NotJudged);
    if untold > 0 {
        text += &format!(" Of {} this run can't tell.", count(untold, "entry", "entries"));
    }
    sentences.push((if surprising.is_empty() && unnamed == 0 { Standing::Nothing } else { Standing::Fail }, text));
    sentences
}

/// What there is to say of the repetitions of a run.
pub(crate) fn verification(run: &Run) -> Vec<(Standing, String)> {
    let Some(verification) = &run.verification else { return Vec::new() };
    let times = count(verification.repetitions, "time", "times");
    let summary = match verification.varied.len() as u64 {
        0 => (Standing::Nothing, format!("Played {times} more, in other orders: no verdict changed.")),
        some => {
            let changed = count(some, "verdict", "verdicts");
            (
                Standing::Unclear,
                format!("Played {times} more, in other orders: {changed} changed, and count for nothing."),
            )
        }
    };
    let problems = verification.problems.iter().map(|problem| (Standing::Unclear, problem.clone()));
    let varied = verification.varied.iter().map(|varied| {
        let verdicts: Vec<&str> = varied.verdicts.iter().map(|verdict| verdict.words()).collect();
        let scenario = varied.scenario.as_ref().map(|id| format!(" scenario {id} “{}”", varied.title));
        let text =
            format!("{}{}: {}", varied.requirements.join(", "), scenario.unwrap_or_default(), verdicts.join(", "));
        (Standing::Unclear, text)
    });
    std::iter::once(summary).chain(problems).chain(varied).collect()
}
