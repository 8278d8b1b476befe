//! One implementation, in about a dozen lines: its verdict, what is behind most of what deviates, where, and what to do next.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use bgfspec_report::printable::{count, duration, line, shorten, wrap};
use bgfspec_report::{Cause, Deviation, Outcome, Report, Run, Verdict};

use super::{MOST_FAILURES, Style, told};
use crate::gates;
use crate::overview::{Area, Outcomes, Rule, Standing, diagnosis};

/// So many causes are shown, but for `--verbose`.
const MOST_CAUSES: usize = 5;

/// So many lines one implementation takes, but for `--verbose`: with the conclusion 16.
const MOST_LINES: usize = 15;

/// The number of scenarios stands in so many characters, before the sentence.
const NUMBER: usize = 7;

pub(super) fn summary(run: &Run, report: &Report, areas: &[Area<'_>], style: Style) -> Vec<String> {
    let outcomes = Outcomes::of(run, report);
    let mut lines = verdict(run, &outcomes, areas, style);
    // The one that is taken where nobody says another is not worth a word.
    let seed = if report.seed == 0 { String::new() } else { format!(", seed {}", report.seed) };
    let scenarios = count(run.scenarios, "scenario", "scenarios");
    let scenarios = format!("{scenarios} in {}{seed}.", duration(run.elapsed_ms));
    let filtered = (run.causes.len() + run.unexplained as usize > 0 && report.selection.filter.is_some())
        .then_some("Only what the filter left was diagnosed.");
    let sentences = [Some(scenarios), diagnosis(run), filtered.map(str::to_owned)];
    lines.extend(indented(&sentences.into_iter().flatten().collect::<Vec<_>>().join(" "), 2, style));
    lines.extend(not_applicable(run, style));
    let unexpected: Vec<&Cause> = run.causes.iter().filter(|cause| !run.is_expected_cause(cause)).collect();
    let mut rest =
        if style.verbose { rules(run, &outcomes, areas, style) } else { in_areas(run, &outcomes, areas, style) };
    if style.verbose {
        rest.extend(generated(run));
        rest.extend(ran(run, style));
    }
    rest.extend(failures(run, style));
    let verification = gates::verification(run);
    rest.extend(verification.iter().map(|(standing, text)| told(*standing, &format!("  {text}"), style)));
    rest.extend(run.acts().map(|acts| format!("  {acts}.")));
    rest.extend(next(run, unexpected.first().copied(), style));
    let unexplained = unexplained(run, style);
    // One more line says what is not shown.
    let room = MOST_LINES.saturating_sub(lines.len() + unexplained.len() + 1 + rest.len()).max(MOST_CAUSES);
    let (mut shown, mut taken) = (0, 0);
    for one in &unexpected {
        let told = cause(one, style);
        taken += told.len();
        if !style.verbose && (shown == MOST_CAUSES || shown > 0 && taken > room) {
            break;
        }
        shown += 1;
        lines.extend(told);
    }
    lines.extend(unexplained);
    lines.extend(not_shown(run, unexpected.len() - shown, style));
    lines.extend(rest);
    lines
}

/// What there is beside the causes that are shown.
fn not_shown(run: &Run, causes: usize, style: Style) -> Option<String> {
    let expected = run.causes.iter().filter(|cause| run.is_expected_cause(cause)).count() as u64;
    let is_new = |id: &&String| run.deviations.iter().any(|one| one.id == **id && one.expected_by.is_empty());
    let apart: Vec<&String> = run.apart.iter().filter(is_new).collect();
    let mut hidden = Vec::new();
    hidden.extend((causes > 0).then(|| count(causes as u64, "more cause", "more causes")));
    if !apart.is_empty() {
        let those = count(apart.len() as u64, "scenario", "scenarios") + " explained only apart";
        let which = apart.iter().map(|id| line(id)).collect::<Vec<_>>().join(", ");
        hidden.push(if style.verbose { format!("{those}: {which}") } else { those });
    }
    let how = if style.verbose || hidden.is_empty() { "" } else { " with --verbose" };
    let hidden = (!hidden.is_empty()).then(|| hidden.join(" and ") + how);
    let expected = (expected > 0).then(|| count(expected, "cause is", "causes are") + " expected");
    let said: Vec<String> = hidden.into_iter().chain(expected).collect();
    (!said.is_empty()).then(|| format!("{:>NUMBER$}  {}", "…", said.join(", ")))
}

/// Why requirements can't be asked: all reasons on demand, and the commonest where nothing could be.
fn not_applicable(run: &Run, style: Style) -> Vec<String> {
    if run.scenarios > 0 && !style.verbose {
        return Vec::new();
    }
    let mut reasons: BTreeMap<&str, u64> = BTreeMap::new();
    for outcome in run.requirements.iter().filter(|outcome| outcome.verdict == Verdict::NotApplicable) {
        *reasons.entry(outcome.reason.as_deref().unwrap_or("nobody said why")).or_default() += 1;
    }
    let mut reasons: Vec<(&str, u64)> = reasons.into_iter().collect();
    reasons.sort_by_key(|(_, number)| Reverse(*number));
    let most = if style.verbose { MOST_FAILURES } else { 1 };
    let more = reasons.len().saturating_sub(most);
    let shown = reasons.iter().take(most);
    let told =
        shown.flat_map(|(reason, number)| numbered(*number, &format!("not applicable: {}", line(reason)), style));
    told.chain((more > 0).then(|| format!("{:>NUMBER$}  {more} more reasons", "…"))).collect()
}

/// Who, and how many requirements got which verdict.
fn verdict(run: &Run, outcomes: &Outcomes<'_>, areas: &[Area<'_>], style: Style) -> Vec<String> {
    let tally = outcomes.total(areas);
    let counts = [
        (tally.conforms, "conform"),
        (tally.deviates, "deviate"),
        (tally.blocked, "blocked"),
        (tally.not_applicable, "not applicable"),
        (tally.inconclusive, "inconclusive"),
        // What no scenario decides is the same for all.
        (if style.verbose || tally.testable() == 0 { tally.untested } else { 0 }, "untested"),
    ];
    let said: Vec<String> =
        counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    let said = if said.is_empty() { "nothing was judged".to_owned() } else { said.join(", ") };
    let incomplete = if run.complete { "" } else { " [incomplete]" };
    let label = line(&run.implementation.label());
    let mut lines = wrap(&format!("{label}: {said}{incomplete}"), style.width);
    for (at, text) in lines.iter_mut().enumerate() {
        *text = match text.strip_prefix(&*label).filter(|_| at == 0) {
            Some(said) => format!("{}{}", style.strong(&label), style.paint(tally.standing(), said)),
            None => format!("  {}", style.paint(tally.standing(), text)),
        };
    }
    lines
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

/// What nothing explains and nobody expects, the smallest first.
fn unexplained(run: &Run, style: Style) -> Vec<String> {
    let mut of = run.unexplained_deviations();
    of.retain(|deviation| deviation.expected_by.is_empty());
    let Some(first) = of.first() else { return Vec::new() };
    let one = |deviation: &Deviation| format!("{} ({})", line(&deviation.title), line(&deviation.id));
    if style.verbose {
        return of
            .iter()
            .flat_map(|of| numbered(of.occurrences, &format!("Not explained: {}", one(of)), style))
            .collect();
    }
    let others = if of.len() > 1 { " and others" } else { "" };
    let number = of.iter().map(|deviation| deviation.occurrences).sum();
    let room = style
        .width
        .saturating_sub(NUMBER + 2)
        .max(40)
        .saturating_sub("not explained:  (123456789abc)".len() + others.len());
    let title = shorten(&line(&first.title), room);
    numbered(number, &format!("not explained: {title} ({}){others}", line(&first.id)), style)
}

/// How many requirements deviate unexpectedly in which areas, in two lines.
fn in_areas(run: &Run, outcomes: &Outcomes<'_>, areas: &[Area<'_>], style: Style) -> Vec<String> {
    let deviating = areas.iter().map(|area| (area, unexpected(run, outcomes, area).count()));
    let deviating = deviating.filter(|(_, deviate)| *deviate > 0);
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

/// The requirements of an area that deviate and are not expected to.
fn unexpected<'a>(
    run: &'a Run,
    outcomes: &'a Outcomes<'_>,
    area: &'a Area<'_>,
) -> impl Iterator<Item = (&'a Rule<'a>, &'a Outcome)> {
    let all = area.rules.iter().filter_map(|rule| outcomes.get(rule.id).map(|outcome| (rule, outcome)));
    all.filter(|(_, outcome)| outcome.verdict == Verdict::Deviates && !run.is_expected(outcome))
}

/// The requirements that deviate unexpectedly, under their areas.
fn rules(run: &Run, outcomes: &Outcomes<'_>, areas: &[Area<'_>], style: Style) -> Vec<String> {
    let mut lines = Vec::new();
    for area in areas {
        let rules: Vec<_> = unexpected(run, outcomes, area).collect();
        lines.extend((!rules.is_empty()).then(|| format!("  {} {}", line(area.code), line(area.title))));
        for (rule, outcome) in rules {
            let text = format!("{} ({}) {}", line(rule.id), outcome.level.word(), line(rule.statement()));
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
fn next(run: &Run, first: Option<&Cause>, style: Style) -> Vec<String> {
    let bgfspec = style.command;
    let name = line(&run.implementation.name);
    let explain = first.map(|cause| format!("{bgfspec} explain {}", line(&cause.id)));
    let unexplained = run.unexplained_deviations();
    let mut unexplained = unexplained.iter().filter(|deviation| deviation.expected_by.is_empty());
    let id = first.map(|cause| &cause.id).or_else(|| unexplained.next().map(|deviation| &deviation.id));
    let replay = id.map(|id| format!("{bgfspec} replay {} --vendor {name}", line(id)));
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
