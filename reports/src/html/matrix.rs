//! Areas by implementations, and requirements by implementations.

use maud::{Markup, html as markup};

use super::{class, deviation_anchor, link, requirement_anchor};
use crate::overview::{Area, Outcomes, Rule, Standing, are_many};
use crate::printable::{count, line};
use crate::report::{Outcome, Report, Run, Verdict};

pub(super) fn areas(report: &Report, areas: &[Area<'_>]) -> Markup {
    let outcomes: Vec<Outcomes<'_>> = report.runs.iter().map(|run| Outcomes::of(run, report)).collect();
    markup! {
        section #areas {
            h2 { "Areas" }
            p {
                "How many requirements conform, of those that could be tested. "
                "✓ all conform, ✗ some deviate, ? undecided, – nothing could be tested, which is not a pass."
            }
            div.scroll.matrix tabindex="0" role="region" aria-label="Areas" {
                table.many[are_many(report)] {
                    (head(&["Area"], report))
                    tbody {
                        @for area in areas {
                            tr {
                                th scope="row" {
                                    a href={ "#" (area_anchor(area)) } { (line(area.code)) " " (line(area.title)) }
                                }
                                @for outcomes in &outcomes {
                                    @if are_many(report) { (short_cell(outcomes, area)) } @else { (cell(outcomes, area)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

pub(super) fn requirements(report: &Report, areas: &[Area<'_>]) -> Markup {
    let outcomes: Vec<Outcomes<'_>> = report.runs.iter().map(|run| Outcomes::of(run, report)).collect();
    markup! {
        section #requirements {
            h2 { "Requirements" }
            @for area in areas {
                h3 id=(area_anchor(area)) { (line(area.code)) " " (line(area.title)) }
                div.scroll.matrix tabindex="0" role="region" aria-label={ "Requirements: " (line(area.title)) } {
                    table.many[are_many(report)] {
                        (head(&["Requirement", "Level", "Rule"], report))
                        tbody { @for rule in &area.rules { (requirement(rule, &outcomes, are_many(report))) } }
                    }
                }
            }
        }
    }
}

/// The headings: these, and the implementations. With many of them, scopes stand under their implementation.
fn head(first: &[&str], report: &Report) -> Markup {
    if !are_many(report) {
        return markup! {
            thead { tr {
                @for heading in first { th scope="col" { (heading) } }
                @for run in &report.runs { th scope="col" { (line(&run.implementation.label())) } }
            } }
        };
    }
    let who = |run: &Run| (run.implementation.name.clone(), run.implementation.version.clone());
    markup! {
        thead {
            tr {
                @for heading in first { th scope="col" rowspan="2" { (heading) } }
                @for group in report.runs.chunk_by(|a, b| who(a) == who(b)) {
                    th.name scope="colgroup" colspan=(group.len()) {
                        span {
                            @if let Some(run) = group.first() {
                                (line(&run.implementation.name)) " " small { (line(&run.implementation.version)) }
                            }
                        }
                    }
                }
            }
            tr {
                @for run in &report.runs {
                    th.scope scope="col" { span { (line(&run.implementation.scope)) } }
                }
            }
        }
    }
}

fn cell(outcomes: &Outcomes<'_>, area: &Area<'_>) -> Markup {
    let tally = outcomes.tally(area);
    let others = [(tally.not_applicable, "not applicable"), (tally.untested, "untested")];
    markup! {
        td.(class(tally.standing())) {
            (tally.cell())
            @if tally.standing() != Standing::Nothing {
                @for (number, what) in others {
                    @if number > 0 { " " small { (number) " " (what) } }
                }
            }
        }
    }
}

fn short_cell(outcomes: &Outcomes<'_>, area: &Area<'_>) -> Markup {
    let tally = outcomes.tally(area);
    let title = format!("{} not applicable, {} untested", tally.not_applicable, tally.untested);
    markup! { td.(class(tally.standing())) title=(title) { (tally.short_cell()) } }
}

fn requirement(rule: &Rule<'_>, outcomes: &[Outcomes<'_>], in_short: bool) -> Markup {
    markup! {
        tr.filtered id=(requirement_anchor(rule.id)) {
            th scope="row" { a href={ "#" (requirement_anchor(rule.id)) } { (line(rule.id)) } }
            td { @if let Some(known) = rule.requirement { (known.level.word()) } }
            td.rule {
                (line(rule.statement()))
                @if let Some(known) = rule.requirement {
                    " " small { (link(&format!("{} {}", known.spec, known.step), &known.link)) }
                    @if let Some(reason) = &known.untested {
                        " " small { "No scenario can test it: " (line(reason)) }
                    }
                }
            }
            @for (run, outcomes) in outcomes.iter().enumerate() {
                @if in_short { (sign(run, outcomes.get(rule.id))) } @else { (verdict(run, outcomes.get(rule.id))) }
            }
        }
    }
}

fn verdict(run: usize, outcome: Option<&Outcome>) -> Markup {
    let Some(outcome) = outcome else { return markup! { td.nothing { "– untested" } } };
    let (class, sign) = look(outcome.verdict);
    markup! {
        td.(class) {
            (sign) " " (outcome.verdict.words())
            @if outcome.scenarios > 0 { " " small { (count(outcome.scenarios, "scenario", "scenarios")) } }
            @if let Some(reason) = &outcome.reason { " " small { (line(reason)) } }
            @for id in &outcome.deviations {
                " " a href={ "#" (deviation_anchor(run, id)) } { (line(id)) }
            }
        }
    }
}

/// A verdict where there is little room: the sign leads to the first deviation, the words are there for who points at
/// it and who has it read.
fn sign(run: usize, outcome: Option<&Outcome>) -> Markup {
    let Some(outcome) = outcome else { return markup! { td.nothing title="untested" { "–" } } };
    let (class, sign) = look(outcome.verdict);
    let reason = outcome.reason.as_deref().map(|reason| format!(": {}", line(reason))).unwrap_or_default();
    let words = format!("{}{reason}", outcome.verdict.words());
    markup! {
        td.(class) title=(words) {
            @match outcome.deviations.as_slice() {
                [] => span role="img" aria-label=(words) { (sign) },
                [first, ..] => a href={ "#" (deviation_anchor(run, first)) } aria-label=(words) { (sign) },
            }
            @if outcome.deviations.len() > 1 { small { (outcome.deviations.len()) } }
        }
    }
}

fn look(verdict: Verdict) -> (&'static str, &'static str) {
    match verdict {
        Verdict::Conforms => ("pass", "✓"),
        Verdict::Deviates => ("fail", "✗"),
        Verdict::Inconclusive => ("unclear", "?"),
        Verdict::NotApplicable | Verdict::Untested => ("nothing", "–"),
    }
}

fn area_anchor(area: &Area<'_>) -> String {
    format!("area-{}", super::anchor(area.code))
}
