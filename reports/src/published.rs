//! What the project says of the implementations on its first page.
//!
//! The part of README.md between two marks is made from the published report; a test holds it fresh.

use bgfspec_report::Report;

use crate::markdown::{code, escape};
use crate::overview::{Outcomes, areas};

/// Where the part of a page begins that is made from the published report.
pub const BEGIN: &str = "<!-- fleet:begin -->";

/// Where it ends.
pub const END: &str = "<!-- fleet:end -->";

/// How the implementations fared, as Markdown: one row for each implementation and scope.
#[must_use]
pub fn readme_matrix(report: &Report) -> String {
    let areas = areas(report);
    // What tells a commit from another; the report has all of it.
    let short = |commit: &str| match commit.get(..8) {
        Some(start) if commit.len() == 40 => start.to_owned(),
        _ => commit.to_owned(),
    };
    let specs: Vec<String> =
        report.specs.iter().map(|(name, commit)| format!("{} {}", escape(name), code(&short(commit)))).collect();
    let date = if report.date.is_empty() { "an unknown day".to_owned() } else { escape(&report.date) };
    let mut text = format!(
        "As judged on {date} by bgfspec {} against {}. Counted are requirements; blocked (by something that is missing) and not applicable are no pass.\n\n",
        escape(&report.bgfspec),
        specs.join(", "),
    );
    text += "![A bar for each implementation: how many requirements conform, deviate, are blocked, inconclusive, not applicable or untested. The numbers are in the table below]\
             (reports/published/field.svg)\n\n";
    text += "| Implementation | Version | Scope | Conforming | Deviating | Blocked | Not applicable | Inconclusive |\n\
             | --- | --- | --- | ---: | ---: | ---: | ---: | ---: |\n";
    for run in &report.runs {
        let tally = Outcomes::of(run, report).total(&areas);
        let [name, version, scope] =
            [&run.implementation.name, &run.implementation.version, &run.implementation.scope].map(|text| escape(text));
        let incomplete = if run.complete { "" } else { " (incomplete)" };
        text += &format!(
            "| {name}{incomplete} | {version} | {scope} | {} | {} | {} | {} | {} |\n",
            tally.conforms, tally.deviates, tally.blocked, tally.not_applicable, tally.inconclusive,
        );
    }
    if !report.suspects.is_empty() {
        let ids: Vec<String> = report.suspects.iter().map(|suspect| escape(&suspect.requirement)).collect();
        text += &format!(
            "\nSuspect, since all that could be tested deviate alike, so that specification or model may be wrong: {}.\n",
            ids.join(", ")
        );
    }
    text
}

/// The page with another text between the marks; nothing if they are not there, once and in order.
#[must_use]
pub fn between_marks(page: &str, text: &str) -> Option<String> {
    let (before, rest) = page.split_once(BEGIN)?;
    let (old, after) = rest.split_once(END)?;
    let marks = [before, old, after].iter().any(|part| part.contains(BEGIN) || part.contains(END));
    (!marks).then(|| format!("{before}{BEGIN}\n{}\n{END}{after}", text.trim_end()))
}
