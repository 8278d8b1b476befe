//! Deviations with all that is needed to understand and to repeat them, and failures.

use std::collections::BTreeMap;

use maud::{Markup, html as markup};
use serde_json::Value;

use super::{deviation_anchor, link, requirement_anchor, run_anchor};
use crate::javascript;
use crate::overview::{are_many, diagnosis};
use crate::printable::{block, count, line, shell_word, source};
use crate::report::{Deviation, Failure, Report, Run};
use crate::trace::{Mark, Row, align, differences, observation_line};

pub(super) fn all(report: &Report) -> Markup {
    let shown_first = shown_first(report);
    markup! {
        section #deviations {
            h2 { "Deviations" }
            @for (number, run) in report.runs.iter().enumerate() {
                details.run id=(run_anchor(number)) open[!are_many(report)] {
                summary { h3 { (line(&run.implementation.label())) } " " small { (count(run.deviations.len() as u64, "deviation", "deviations")) } }
                @if run.deviations.is_empty() {
                    p { (if run.deviates() { "None was kept as a scenario." } else { "None was seen." }) }
                }
                (quirks(run))
                @for deviation in &run.deviations { (one(number, run, deviation, &shown_first)) }
                @if !run.failures.is_empty() {
                    h4 { "Failures" }
                    p { "These scenarios could not be judged. They are neither passed nor deviations." }
                    @for failure in &run.failures { (failed(failure)) }
                }
                }
            }
        }
    }
}

fn quirks(run: &Run) -> Markup {
    markup! {
        @if let Some(sentence) = diagnosis(run) {
            p { strong { (line(&sentence)) } }
        }
        @if !run.quirks.is_empty() {
            ul {
                @for quirk in &run.quirks {
                    li {
                        "Quirk " code { (line(&quirk.id)) } ": " (line(&quirk.title)) " (at " (line(&quirk.step)) ", "
                        (count(quirk.scenarios, "scenario", "scenarios")) ")"
                    }
                }
            }
        }
    }
}

/// The run at which the scenario of each deviation is shown. With many runs it is shown once, since most have most of
/// them in common; with few each is complete by itself.
fn shown_first(report: &Report) -> BTreeMap<&str, usize> {
    let mut first = BTreeMap::new();
    if are_many(report) {
        for (number, run) in report.runs.iter().enumerate() {
            run.deviations.iter().for_each(|deviation| {
                first.entry(deviation.id.as_str()).or_insert(number);
            });
        }
    }
    first
}

fn one(number: usize, run: &Run, deviation: &Deviation, shown_first: &BTreeMap<&str, usize>) -> Markup {
    let rows = align(&deviation.expected, &deviation.observed, deviation.first_difference);
    let (id, vendor) = (shell_word(&deviation.id), shell_word(&run.implementation.name));
    markup! {
        details.filtered id=(deviation_anchor(number, &deviation.id)) {
            summary {
                strong { (line(&deviation.title)) } " "
                code { (line(&deviation.id)) } " "
                small { (count(deviation.occurrences, "scenario", "scenarios")) }
            }
            p {
                "Requirements:"
                @for id in &deviation.requirements { " " a href={ "#" (requirement_anchor(id)) } { (line(id)) } }
                @if deviation.requirements.is_empty() { " none" }
                ". Departs at " (link(&deviation.step, &deviation.link)) "."
                @if !deviation.quirks.is_empty() {
                    " Explained by"
                    @for quirk in &deviation.quirks { " " code { (line(quirk)) } }
                    "."
                }
            }
            @if !deviation.explanation.is_empty() { p.prose { (block(&deviation.explanation)) } }
            (traces(&rows))
            @match shown_first.get(deviation.id.as_str()) {
                Some(first) if *first != number => p {
                    "The scenario stands at "
                    a href={ "#" (deviation_anchor(*first, &deviation.id)) } { "the first that deviates" } "."
                },
                _ => (scenario(&deviation.scenario)),
            }
            p { "To repeat it: " code { "bgfspec replay " (line(&id)) " --vendor " (line(&vendor)) } }
        }
    }
}

fn traces(rows: &[Row<'_>]) -> Markup {
    markup! {
        div.scroll tabindex="0" role="region" aria-label="Traces" {
            table.traces {
                thead { tr { th scope="col" { "" } th scope="col" { "Expected" } th scope="col" { "Observed" } } }
                tbody { @for row in rows { (trace_row(row)) } }
            }
        }
    }
}

fn trace_row(row: &Row<'_>) -> Markup {
    let (class, mark) = match row.mark {
        Mark::Same => ("same", "="),
        Mark::Different => ("different", "≠"),
        Mark::FirstDifference => ("first", "≠ first difference"),
    };
    let side = |observation: Option<&Value>| {
        markup! {
            td { @if let Some(observation) = observation { code { (observation_line(observation)) } } @else { "nothing" } }
        }
    };
    let differences = if row.mark == Mark::Same { Vec::new() } else { differences(row) };
    markup! {
        tr.(class) { td { (mark) } (side(row.expected)) (side(row.observed)) }
        @if !differences.is_empty() {
            tr.(class) {
                td {}
                td colspan="2" { @for difference in &differences { small.prose { (difference) } } }
            }
        }
    }
}

fn scenario(scenario: &Value) -> Markup {
    let json = serde_json::to_string_pretty(scenario).unwrap_or_else(|_| scenario.to_string());
    markup! {
        pre { code { (javascript(scenario)) } }
        details { summary { "The scenario as JSON" } pre { code { (source(&json)) } } }
    }
}

fn failed(failure: &Failure) -> Markup {
    markup! {
        details.filtered {
            summary {
                strong { (failure.kind.word()) } " "
                @if failure.title.is_empty() { "in no single scenario" } @else { (line(&failure.title)) }
            }
            p.prose { (block(&failure.message)) }
            @if !failure.requirements.is_empty() {
                p {
                    "Undecided because of it:"
                    @for id in &failure.requirements { " " a href={ "#" (requirement_anchor(id)) } { (line(id)) } }
                }
            }
            @if let Some(written) = &failure.scenario { (scenario(written)) }
        }
    }
}
