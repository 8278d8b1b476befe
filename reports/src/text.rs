//! The report for a terminal, to be read in ten seconds, and two traces side by side.

mod many;
mod one;

use anstyle::{AnsiColor, Effects};
use bgfspec_report::Report;
use bgfspec_report::aligned::{self, Line, Means};
use bgfspec_report::printable::{line, shorten, wrap};
use serde_json::Value;

use crate::gates;
use crate::overview::{Doubt, SUSPECT, SUSPECT_MEANING, Standing, are_many, areas, conclusion, doubted};

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
    /// Whether to show everything, not what fits in a dozen lines.
    pub verbose: bool,
    /// What the commands begin with that lead on.
    pub command: &'static str,
}

impl Default for Style {
    fn default() -> Self {
        Self { colour: false, width: 80, verbose: false, command: "bgfspec" }
    }
}

/// The report as a summary that begins and ends with its verdict: for one implementation in about a dozen lines.
#[must_use]
pub fn text(report: &Report, style: Style) -> String {
    let areas = areas(report);
    let mut lines = Vec::new();
    if !report.is_complete() {
        let banner = "INCOMPLETE: not everything was run and judged. What follows is not a pass.";
        lines.push(style.paint(Standing::Fail, banner));
    }
    if are_many(report) {
        lines.extend(many::table(report, &areas, style));
        lines.extend(many::diagnoses(report, style));
        lines.extend(many::failures(report, style));
        lines.extend(many::verifications(report, style));
    } else {
        for run in &report.runs {
            lines.extend(one::summary(run, report, &areas, style));
        }
    }
    lines.extend(suspects(report, style));
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

/// What is suspect, and what to do about it.
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
