//! Areas by implementations, and requirements by implementations.

use maud::{Markup, html as markup};

use super::{class, deviation_anchor, link, requirement_anchor};
use crate::overview::{Area, Outcomes, Rule, Standing};
use crate::printable::{count, line};
use crate::report::{Outcome, Report, Verdict};

pub(super) fn areas(report: &Report, areas: &[Area<'_>]) -> Markup {
    let outcomes: Vec<Outcomes<'_>> = report.runs.iter().map(|run| Outcomes::of(run, report)).collect();
    markup! {
        section #areas {
            h2 { "Areas" }
            p {
                "How many requirements conform, of those that could be tested. "
                "✓ all conform, ✗ some deviate, ? undecided, – nothing could be tested, which is not a pass."
            }
            div.scroll tabindex="0" role="region" aria-label="Areas" {
                table {
                    thead { tr { th scope="col" { "Area" } (names(report)) } }
                    tbody {
                        @for area in areas {
                            tr {
                                th scope="row" {
                                    a href={ "#" (area_anchor(area)) } { (line(area.code)) " " (line(area.title)) }
                                }
                                @for outcomes in &outcomes { (cell(outcomes, area)) }
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
                div.scroll tabindex="0" role="region" aria-label={ "Requirements: " (line(area.title)) } {
                    table {
                        thead { tr {
                            th scope="col" { "Requirement" } th scope="col" { "Level" } th scope="col" { "Rule" }
                            (names(report))
                        } }
                        tbody { @for rule in &area.rules { (requirement(rule, &outcomes)) } }
                    }
                }
            }
        }
    }
}

fn names(report: &Report) -> Markup {
    markup! { @for run in &report.runs { th scope="col" { (line(&run.implementation.label())) } } }
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

fn requirement(rule: &Rule<'_>, outcomes: &[Outcomes<'_>]) -> Markup {
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
            @for (run, outcomes) in outcomes.iter().enumerate() { (verdict(run, outcomes.get(rule.id))) }
        }
    }
}

fn verdict(run: usize, outcome: Option<&Outcome>) -> Markup {
    let Some(outcome) = outcome else { return markup! { td.nothing { "– untested" } } };
    let (class, sign) = match outcome.verdict {
        Verdict::Conforms => ("pass", "✓"),
        Verdict::Deviates => ("fail", "✗"),
        Verdict::Inconclusive => ("unclear", "?"),
        Verdict::NotApplicable | Verdict::Untested => ("nothing", "–"),
    };
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

fn area_anchor(area: &Area<'_>) -> String {
    format!("area-{}", super::anchor(area.code))
}
