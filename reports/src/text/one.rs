//! One implementation, in about a dozen lines: its verdict, what is behind most of what deviates, where, and what to do next.

use bgfspec_report::printable::{count, duration, line, shorten, wrap};
use bgfspec_report::{Cause, Deviation, Report, Run, Verdict};

use super::{MOST_FAILURES, Style, told};
use crate::gates;
use crate::overview::{Area, Outcomes, Standing, diagnosis};

/// So many causes are shown, but for `--verbose`.
const MOST_CAUSES: usize = 5;

/// The number of scenarios stands in so many characters, before the sentence.
const NUMBER: usize = 7;

pub(super) fn summary(run: &Run, report: &Report, areas: &[Area<'_>], style: Style) -> Vec<String> {
    let outcomes = Outcomes::of(run, report);
    let mut lines = vec![verdict(run, &outcomes, areas, style)];
    let scenarios = format!("{} in {}.", count(run.scenarios, "scenario", "scenarios"), duration(run.elapsed_ms));
    let filtered = (run.causes.len() + run.unexplained as usize > 0 && report.selection.filter.is_some())
        .then_some("Only what the filter left was diagnosed.");
    let sentences = [Some(scenarios), diagnosis(run), filtered.map(str::to_owned)];
    lines.extend(indented(&sentences.into_iter().flatten().collect::<Vec<_>>().join(" "), 2, style));
    let (unexpected, expected): (Vec<_>, Vec<_>) = run.causes.iter().partition(|cause| !run.is_expected_cause(cause));
    let shown = if style.verbose { unexpected.len() } else { MOST_CAUSES };
    lines.extend(unexpected.iter().take(shown).flat_map(|of| cause(of, style)));
    lines.extend(unexplained(run, style));
    let more = unexpected.len().saturating_sub(shown) as u64;
    let mut rest = Vec::new();
    rest.extend((more > 0).then(|| count(more, "more cause", "more causes") + " with --verbose"));
    rest.extend((!expected.is_empty()).then(|| count(expected.len() as u64, "cause is", "causes are") + " expected"));
    if !rest.is_empty() {
        lines.push(format!("{:>NUMBER$}  {}", "…", rest.join(", ")));
    }
    lines.extend(apart(run, style));
    lines.extend(if style.verbose { rules(run, &outcomes, areas, style) } else { in_areas(&outcomes, areas, style) });
    if style.verbose {
        lines.extend(generated(run));
        lines.extend(ran(run, style));
    }
    lines.extend(failures(run, style));
    let verification = gates::verification(run);
    lines.extend(verification.iter().map(|(standing, text)| told(*standing, &format!("  {text}"), style)));
    lines.extend(run.acts().map(|acts| format!("  {acts}.")));
    lines.extend(next(run, unexpected.first().copied()));
    lines
}

/// Who, and how many requirements got which verdict.
fn verdict(run: &Run, outcomes: &Outcomes<'_>, areas: &[Area<'_>], style: Style) -> String {
    let tally = outcomes.total(areas);
    let counts = [
        (tally.conforms, "conform"),
        (tally.deviates, "deviate"),
        (tally.blocked, "blocked"),
        (tally.not_applicable, "not applicable"),
        (tally.inconclusive, "inconclusive"),
        (tally.untested, "untested"),
    ];
    let said: Vec<String> =
        counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    let said = if said.is_empty() { "nothing was judged".to_owned() } else { said.join(", ") };
    let incomplete = if run.complete { "" } else { " [incomplete]" };
    let label = style.strong(&line(&run.implementation.label()));
    format!("{label}: {}{incomplete}", style.paint(tally.standing(), &said))
}

/// How many scenarios a cause is behind, what is done and what should be.
fn cause(cause: &Cause, style: Style) -> Vec<String> {
    let partly = if cause.contradicted_by.is_empty() { "" } else { " (in part)" };
    let id = if style.verbose { format!(" ({})", line(&cause.id)) } else { String::new() };
    let mut lines = numbered(cause.scenarios, &format!("{}{partly}{id}", line(&cause.does)), style);
    if style.verbose {
        let rules = if cause.requirements.is_empty() {
            String::new()
        } else {
            format!(" ({})", cause.requirements.iter().map(|id| line(id)).collect::<Vec<_>>().join(" "))
        };
        lines.extend(indented(&format!("It should: {}{rules}", line(&cause.should)), NUMBER + 2, style));
        lines.extend(indented(&format!("At {} {}", line(&cause.step), line(&cause.link)), NUMBER + 2, style));
        lines.extend(cause.contradicted_by.iter().flat_map(|against| {
            let text = format!("Against it: {} ({})", line(&against.title), line(&against.scenario));
            indented(&text, NUMBER + 2, style)
        }));
    }
    lines
}

/// What nothing explains, the smallest first.
fn unexplained(run: &Run, style: Style) -> Vec<String> {
    let of = run.unexplained_deviations();
    let Some(first) = of.first() else { return Vec::new() };
    let one = |deviation: &Deviation| format!("{} ({})", line(&deviation.title), line(&deviation.id));
    if style.verbose {
        return of
            .iter()
            .flat_map(|of| numbered(of.occurrences, &format!("Not explained: {}", one(of)), style))
            .collect();
    }
    let others = if of.len() > 1 { " and others" } else { "" };
    numbered(run.unexplained, &format!("not explained: {}{others}", one(first)), style).into_iter().take(1).collect()
}

/// What all causes together do not explain.
fn apart(run: &Run, style: Style) -> Vec<String> {
    let Some(first) = run.apart.first() else { return Vec::new() };
    let those = count(run.apart.len() as u64, "deviation", "deviations");
    indented(&format!("The causes explain {those} one by one and not together: {} first.", line(first)), 2, style)
}

/// How many requirements deviate in which areas, in two lines.
fn in_areas(outcomes: &Outcomes<'_>, areas: &[Area<'_>], style: Style) -> Vec<String> {
    let deviating = areas.iter().map(|area| (area, outcomes.tally(area).deviates)).filter(|(_, deviate)| *deviate > 0);
    let cells: Vec<String> = deviating.map(|(area, deviate)| format!("{} {deviate}", line(area.code))).collect();
    if cells.is_empty() {
        return Vec::new();
    }
    let mut lines = indented(&format!("Requirements by area: {}", cells.join(", ")), 2, style);
    if lines.len() > 2 {
        lines.truncate(2);
        lines[1] = shorten(&(lines[1].clone() + " …"), style.width);
    }
    lines
}

/// The requirements that deviate, under their areas.
fn rules(run: &Run, outcomes: &Outcomes<'_>, areas: &[Area<'_>], style: Style) -> Vec<String> {
    let mut lines = Vec::new();
    for area in areas {
        let rules: Vec<_> = area
            .rules
            .iter()
            .filter_map(|rule| outcomes.get(rule.id).map(|outcome| (rule, outcome)))
            .filter(|(_, outcome)| outcome.verdict == Verdict::Deviates)
            .collect();
        lines.extend((!rules.is_empty()).then(|| format!("  {} {}", line(area.code), line(area.title))));
        for (rule, outcome) in rules {
            let expected = if run.is_expected(outcome) { " [expected]" } else { "" };
            let level = outcome.level.word();
            let text = format!("{} ({level}){expected} {}", line(rule.id), line(rule.statement()));
            lines.extend(indented(&text, 4, style));
        }
    }
    lines
}

/// What came of generated scenarios.
fn generated(run: &Run) -> Vec<String> {
    let kept = run.kept.iter().map(|result| ("kept scenarios".to_owned(), result));
    let drawn = run.generated.iter().map(|result| ("generated scenarios".to_owned(), result));
    let all = run.exhaustive.iter().map(|of| (format!("scenarios, all of the set {}", line(&of.space)), &of.result));
    let said = kept.chain(drawn).chain(all).map(|(what, result)| {
        let (played, deviating, ways) = (result.played, result.deviating, result.ways.len() as u64);
        match deviating {
            0 => format!("  {played} {what}: none deviates."),
            _ => format!("  {played} {what}: {deviating} deviate, in {}.", count(ways, "way", "ways")),
        }
    });
    said.collect()
}

/// Where it ran, and how it was started.
fn ran(run: &Run, style: Style) -> Vec<String> {
    if run.configuration.is_unknown() {
        return Vec::new();
    }
    let flags: String = run.configuration.flags.iter().map(|flag| format!(" {}", line(flag))).collect();
    indented(&format!("Ran on {}{flags}", line(&run.configuration.words())), 2, style)
}

fn failures(run: &Run, style: Style) -> Vec<String> {
    let most = if style.verbose { MOST_FAILURES } else { 2 };
    let more = run.failures.len().saturating_sub(most);
    let more = (more > 0).then(|| format!("  … and {more} more failures"));
    let one = |failure: &bgfspec_report::Failure| {
        let what = if failure.title.is_empty() { String::new() } else { format!(" in \"{}\"", line(&failure.title)) };
        let text = format!("  {}{what}: {}", failure.kind.word(), line(&failure.message));
        style.paint(Standing::Unclear, &shorten(&text, style.width))
    };
    run.failures.iter().take(most).map(one).chain(more).collect()
}

/// Two commands that lead on.
fn next(run: &Run, first: Option<&Cause>) -> Vec<String> {
    let name = line(&run.implementation.name);
    let explain = first.map(|cause| format!("bgfspec explain {}", line(&cause.id)));
    let unexplained = run.unexplained_deviations();
    let id = first.map(|cause| &cause.id).or_else(|| unexplained.first().map(|deviation| &deviation.id));
    let replay = id.map(|id| format!("bgfspec replay {} --vendor {name}", line(id)));
    let commands = explain.into_iter().chain(replay).enumerate();
    commands.map(|(at, command)| format!("{}{command}", if at == 0 { "Next: " } else { "      " })).collect()
}

/// A sentence behind its number, wrapped under itself.
fn numbered(number: u64, text: &str, style: Style) -> Vec<String> {
    let mut lines = indented(text, NUMBER + 2, style);
    if let Some(first) = lines.first_mut() {
        *first = format!("{number:>NUMBER$}  {}", first.trim_start());
    }
    lines
}

fn indented(text: &str, by: usize, style: Style) -> Vec<String> {
    let lines = wrap(text, style.width.saturating_sub(by).max(20));
    lines.iter().map(|text| format!("{:by$}{text}", "")).collect()
}
