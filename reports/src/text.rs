//! The report for a terminal, to be read in ten seconds, and two traces side by side.

mod many;

use anstyle::{AnsiColor, Effects};
use bgfspec_report::aligned::{self, Line, Means};
use bgfspec_report::printable::{count, duration, line, shorten, wrap};
use bgfspec_report::{Report, Run, Verdict};
use serde_json::Value;

use crate::gates;
use crate::overview::{
    Area, Doubt, Outcomes, SUSPECT, SUSPECT_MEANING, Standing, are_many, areas, conclusion, diagnosis, doubted,
};

/// With more deviating requirements than this, their statements are not shown.
const MOST_STATEMENTS: usize = 20;

/// The most failures of a run that are shown.
const MOST_FAILURES: usize = 10;

/// The most suspects that are shown.
const MOST_SUSPECTS: usize = 10;

/// How the terminal shows text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether to write colours.
    pub colour: bool,
    /// How many characters fit in a line.
    pub width: usize,
}

impl Default for Style {
    fn default() -> Self {
        Self { colour: false, width: 100 }
    }
}

/// The report as a summary that ends with its verdict in one line.
#[must_use]
pub fn text(report: &Report, style: Style) -> String {
    let areas = areas(report);
    let mut lines = vec![style.strong(&format!("bgfspec {}, seed {}", line(&report.bgfspec), report.seed))];
    if !report.is_complete() {
        let banner = "INCOMPLETE: not everything was run and judged. What follows is not a pass.";
        lines.push(style.paint(Standing::Fail, banner));
    }
    lines.extend(suspects(report, style));
    if are_many(report) {
        lines.extend(many::table(report, &areas, style));
        lines.extend(many::diagnoses(report, style));
        lines.extend(many::failures(report, style));
        lines.extend(many::verifications(report, style));
    } else {
        for run in &report.runs {
            let outcomes = Outcomes::of(run, report);
            lines.push(heading(run, &outcomes, &areas, style));
            lines.extend(quirks(run, style));
            lines.extend(generated(run));
            lines.extend(deviating(run, &outcomes, &areas, style));
            lines.extend(failures(run, style));
            let verification = gates::verification(run);
            lines.extend(verification.iter().map(|(standing, text)| told(*standing, &format!("  {text}"), style)));
            lines.extend(run.acts().map(|acts| format!("  {acts}.")));
        }
    }
    lines.extend(gates::expectations(report).iter().map(|(standing, text)| told(*standing, text, style)));
    for vendor in &report.missing {
        let [name, reason, how] = [&vendor.name, &vendor.reason, &vendor.how].map(|text| line(text));
        let asked = if vendor.asked_for { " (asked for)" } else { "" };
        let standing = if vendor.asked_for { Standing::Fail } else { Standing::Nothing };
        let text = format!("{name} not found{asked}: {reason}. To get it: {how}");
        let text = if are_many(report) { shorten(&text, style.width) } else { text };
        lines.push(style.paint(standing, &text));
    }
    let conclusion = conclusion(report);
    lines.push(style.paint(conclusion.standing, &line(&conclusion.sentence)));
    lines.join("\n") + "\n"
}

/// Two traces, aligned, with the first difference marked by `>`, as [`aligned::side_by_side`] has them.
#[must_use]
pub fn side_by_side(expected: &[Value], observed: &[Value], first_difference: usize, style: Style) -> String {
    let lines = aligned::side_by_side(expected, observed, first_difference, style.width);
    let shown = lines.into_iter().map(|Line { text, means }| match means {
        Means::Heading => style.strong(&text),
        Means::Same | Means::Detail => text,
        Means::FirstDifference => style.paint(Standing::Fail, &text),
        Means::Different => style.paint(Standing::Unclear, &text),
    });
    shown.collect::<Vec<_>>().join("\n") + "\n"
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

impl Style {
    pub(crate) fn strong(self, text: &str) -> String {
        self.write(anstyle::Style::new().effects(Effects::BOLD), text)
    }

    pub(crate) fn paint(self, standing: Standing, text: &str) -> String {
        let colour = match standing {
            Standing::Pass => AnsiColor::Green,
            Standing::Fail => AnsiColor::Red,
            Standing::Unclear => AnsiColor::Yellow,
            Standing::Nothing => return text.to_owned(),
        };
        self.write(colour.on_default(), text)
    }

    fn write(self, style: anstyle::Style, text: &str) -> String {
        if self.colour { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }
}

/// A sentence that is never cut: it says what to do.
fn told(standing: Standing, text: &str, style: Style) -> String {
    style.paint(standing, &line(text))
}

/// What is suspect, and what to do about it; before anybody is blamed.
fn suspects(report: &Report, style: Style) -> Vec<String> {
    let doubts = doubted(report);
    if doubts.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![style.paint(Standing::Unclear, &style.strong(SUSPECT))];
    lines.extend(wrap(SUSPECT_MEANING, style.width.saturating_sub(2).max(20)).iter().map(|text| format!("  {text}")));
    for doubt in doubts.iter().take(MOST_SUSPECTS) {
        let (text, implementations) = match doubt {
            Doubt::Rule(suspect, known) => {
                let level = known.map(|known| format!(" ({})", known.level.word())).unwrap_or_default();
                let statement = known.map(|known| line(&known.statement)).unwrap_or_default();
                (format!("  {}{level} {statement}", line(&suspect.requirement)), &suspect.implementations)
            }
            Doubt::Scenario(suspect) => {
                let rules: Vec<String> = suspect.requirements.iter().map(|id| line(id)).collect();
                let text = format!(
                    "  scenario {} \"{}\" ({})",
                    line(&suspect.scenario),
                    line(&suspect.title),
                    rules.join(", ")
                );
                (text, &suspect.implementations)
            }
        };
        lines.push(shorten(&text, style.width));
        let implementations: Vec<String> = implementations.iter().map(|label| line(label)).collect();
        lines.push(shorten(&format!("    {}", implementations.join(", ")), style.width));
    }
    let more = doubts.len().saturating_sub(MOST_SUSPECTS);
    lines.extend((more > 0).then(|| format!("  … and {more} more suspects")));
    lines
}

fn heading(run: &Run, outcomes: &Outcomes<'_>, areas: &[Area<'_>], style: Style) -> String {
    let tally = outcomes.total(areas);
    let label = style.strong(&line(&run.implementation.label()));
    let counts = format!(
        "{} conform, {} deviate, {} not applicable, {} inconclusive, {} untested; {} in {}",
        tally.conforms,
        tally.deviates,
        tally.not_applicable,
        tally.inconclusive,
        tally.untested,
        count(run.scenarios, "scenario", "scenarios"),
        duration(run.elapsed_ms),
    );
    let incomplete = if run.complete { "" } else { " [incomplete]" };
    format!("{label}: {}{incomplete}", style.paint(tally.standing(), &counts))
}

/// The requirements that deviate: with their statements while there are few, else by area with their ids alone.
fn deviating(run: &Run, outcomes: &Outcomes<'_>, areas: &[Area<'_>], style: Style) -> Vec<String> {
    let mut lines = Vec::new();
    let many = outcomes.total(areas).deviates as usize > MOST_STATEMENTS;
    for area in areas {
        let rules: Vec<_> = area
            .rules
            .iter()
            .filter_map(|rule| outcomes.get(rule.id).map(|outcome| (rule, outcome)))
            .filter(|(_, outcome)| outcome.verdict == Verdict::Deviates)
            .collect();
        if rules.is_empty() {
            continue;
        }
        let title = format!("  {} {}", line(area.code), line(area.title));
        if many {
            let prefix = format!("{}-", area.code);
            let ids = rules.iter().map(|(rule, _)| line(rule.id.strip_prefix(&prefix).unwrap_or(rule.id)));
            let text = format!("{title}, {}: {}", rules.len(), ids.collect::<Vec<_>>().join(" "));
            let mut wrapped = wrap(&text, style.width.saturating_sub(6).max(20)).into_iter();
            lines.extend(wrapped.next());
            lines.extend(wrapped.map(|rest| format!("      {rest}")));
            continue;
        }
        lines.push(title);
        for (rule, outcome) in rules {
            let expected = if run.is_expected(outcome) { " [expected]" } else { "" };
            let level = outcome.level.word();
            let text = format!("    {} ({level}){expected} {}", line(rule.id), line(rule.statement()));
            lines.push(shorten(&text, style.width));
        }
    }
    lines
}

fn quirks(run: &Run, style: Style) -> Vec<String> {
    let explained = run.quirks.iter().map(|quirk| {
        let scenarios = count(quirk.scenarios, "scenario", "scenarios");
        shorten(&format!("  quirk {}: {} ({scenarios})", line(&quirk.id), line(&quirk.title)), style.width)
    });
    diagnosis(run).map(|sentence| format!("  {sentence}")).into_iter().chain(explained).collect()
}

fn failures(run: &Run, style: Style) -> Vec<String> {
    let more = run.failures.len().saturating_sub(MOST_FAILURES);
    let more = (more > 0).then(|| format!("  … and {more} more failures"));
    let one = |failure: &bgfspec_report::Failure| {
        let what = if failure.title.is_empty() { String::new() } else { format!(" in \"{}\"", line(&failure.title)) };
        let text = format!("  {}{what}: {}", failure.kind.word(), line(&failure.message));
        style.paint(Standing::Unclear, &shorten(&text, style.width))
    };
    run.failures.iter().take(MOST_FAILURES).map(one).chain(more).collect()
}
