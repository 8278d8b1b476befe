//! Many runs, one line each.

use bgfspec_report::printable::{duration, line, shorten};
use bgfspec_report::{Report, Run};

use super::{MOST_FAILURES, Style};
use crate::gates;
use crate::overview::{Area, Outcomes, Standing, diagnosis};

/// The columns of numbers, with what stands above them. What no scenario can test is the same for all and left out, and so is a verdict that
/// nobody got: 80 characters have to be enough for a name, a scope and most of a version.
const HEADINGS: [&str; 7] = ["conform", "deviate", "blocked", "n/a", "unclear", "scenarios", "time"];

/// The least room for the name of an implementation, however narrow the terminal.
const NARROWEST: usize = 12;

/// A table of the runs: who, and how many requirements got which verdict.
pub(super) fn table(report: &Report, areas: &[Area<'_>], style: Style) -> Vec<String> {
    let rows: Vec<(&Run, [String; 7], Standing)> = report
        .runs
        .iter()
        .map(|run| {
            let tally = Outcomes::of(run, report).total(areas);
            let numbers = [
                tally.conforms.to_string(),
                tally.deviates.to_string(),
                tally.blocked.to_string(),
                tally.not_applicable.to_string(),
                tally.inconclusive.to_string(),
                run.scenarios.to_string(),
                duration(run.elapsed_ms),
            ];
            (run, numbers, tally.standing())
        })
        .collect();
    let got = |at: &usize| !(2..5).contains(at) || rows.iter().any(|(_, numbers, _)| numbers[*at] != "0");
    let columns: Vec<usize> = (0..HEADINGS.len()).filter(got).collect();
    let width = |at: usize| {
        let cells = rows.iter().map(|(_, numbers, _)| numbers[at].chars().count());
        cells.chain([HEADINGS[at].len()]).max().unwrap_or_default()
    };
    let widths: Vec<usize> = columns.iter().map(|at| width(*at)).collect();
    let taken: usize = widths.iter().map(|width| width + 2).sum();
    let longest = rows.iter().map(|(run, ..)| label(run, usize::MAX).chars().count()).max().unwrap_or_default();
    let room = longest.min(style.width.saturating_sub(taken)).max(NARROWEST);
    let numbers = |cells: &[String; 7]| -> String {
        columns.iter().zip(&widths).map(|(at, width)| format!("  {:>width$}", cells[*at])).collect()
    };
    let headings = HEADINGS.map(str::to_owned);
    let mut lines = vec![style.strong(&format!("{:room$}{}", "", numbers(&headings)))];
    lines.extend(rows.iter().map(|(run, cells, standing)| {
        let text = format!("{:room$}{}", label(run, room), numbers(cells));
        style.paint(*standing, &text)
    }));
    lines.push(shorten(
        "Counted are requirements. With --vendor NAME those that it deviates from are listed here.",
        style.width,
    ));
    lines
}

/// Who it is, in so much room. The version is cut first: names and scopes tell the rows apart.
fn label(run: &Run, room: usize) -> String {
    let [name, version, scope] =
        [&run.implementation.name, &run.implementation.version, &run.implementation.scope].map(|text| line(text));
    let scope = if scope.is_empty() { scope } else { format!(" ({scope})") };
    let incomplete = if run.complete { "" } else { " [incomplete]" };
    let left = room.saturating_sub(name.chars().count() + scope.chars().count() + incomplete.len() + 1);
    let version = if version.is_empty() || left < 2 { String::new() } else { format!(" {}", shorten(&version, left)) };
    shorten(&format!("{name}{version}{scope}{incomplete}"), room)
}

/// What is behind the deviations of each, the causes that explain most first.
pub(super) fn diagnoses(report: &Report, style: Style) -> Vec<String> {
    let one = |run: &Run| {
        let unexpected = run.causes.iter().filter(|cause| !run.is_expected_cause(cause));
        let causes: Vec<String> = unexpected.map(|cause| format!("{} {}", cause.scenarios, line(&cause.id))).collect();
        let text = format!("{}: {} {}", label(run, usize::MAX), diagnosis(run)?, causes.join(", "));
        Some(shorten(text.trim_end(), style.width))
    };
    report.runs.iter().filter_map(one).collect()
}

/// What came of the repetitions of each that was not the same each time, and of how many all was.
pub(super) fn verifications(report: &Report, style: Style) -> Vec<String> {
    let one = |run: &Run| {
        let label = line(&run.implementation.label());
        let told = gates::verification(run).into_iter().filter(|_| !run.is_verified());
        let lines = told.map(|(standing, text)| style.paint(standing, &format!("{label}: {}", line(&text))));
        lines.collect::<Vec<String>>()
    };
    let mut lines: Vec<String> = report.runs.iter().flat_map(one).collect();
    let repeated: Vec<&Run> = report.runs.iter().filter(|run| run.verification.is_some()).collect();
    if !repeated.is_empty() {
        let same = repeated.iter().filter(|run| run.is_verified()).count();
        lines.push(format!("Played again in other orders: {same} of {} the same each time.", repeated.len()));
    }
    lines
}

/// The first failures, and how many more there are.
pub(super) fn failures(report: &Report, style: Style) -> Vec<String> {
    let all = report.runs.iter().flat_map(|run| run.failures.iter().map(move |failure| (run, failure)));
    let more = all.clone().count().saturating_sub(MOST_FAILURES);
    let one = all.take(MOST_FAILURES).map(|(run, failure)| {
        let label = line(&run.implementation.label());
        let text = format!("{label}: {}: {}: {}", failure.kind.word(), line(&failure.title), line(&failure.message));
        style.paint(Standing::Unclear, &shorten(&text, style.width))
    });
    one.chain((more > 0).then(|| format!("… and {more} more failures"))).collect()
}
