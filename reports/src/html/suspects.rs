//! What is suspect, before anybody is blamed.

use maud::{Markup, html as markup};

use super::{deviation_anchor, requirement_anchor};
use crate::overview::{Doubt, SUSPECT, SUSPECT_MEANING, areas, doubted};
use crate::printable::line;
use crate::report::Report;

pub(super) fn are_there(report: &Report) -> bool {
    !doubted(report).is_empty()
}

pub(super) fn all(report: &Report) -> Markup {
    let doubts = doubted(report);
    markup! {
        @if !doubts.is_empty() {
            section #suspects {
                h2 { (SUSPECT) }
                p.conclusion.unclear { (SUSPECT_MEANING) }
                ul { @for doubt in &doubts { li.filtered { (one(report, doubt)) } } }
            }
        }
    }
}

fn one(report: &Report, doubt: &Doubt<'_>) -> Markup {
    let (statement, rules, scenarios, implementations) = match doubt {
        Doubt::Rule(suspect, known) => (
            known.map_or("", |known| &known.statement),
            std::slice::from_ref(&suspect.requirement),
            suspect.scenarios.as_slice(),
            &suspect.implementations,
        ),
        Doubt::Scenario(suspect) => (
            suspect.title.as_str(),
            suspect.requirements.as_slice(),
            std::slice::from_ref(&suspect.scenario),
            &suspect.implementations,
        ),
    };
    markup! {
        @for id in rules { (requirement(report, id)) " " }
        (line(statement))
        small {
            @for (at, label) in implementations.iter().enumerate() { @if at > 0 { ", " } (line(label)) }
            "; alike on"
            @for id in scenarios { " " (deviation(report, id)) }
        }
    }
}

/// A link if the page has the requirement.
fn requirement(report: &Report, id: &str) -> Markup {
    let is_there = areas(report).iter().flat_map(|area| &area.rules).any(|rule| rule.id == id);
    markup! {
        @if is_there { a href={ "#" (requirement_anchor(id)) } { (line(id)) } } @else { (line(id)) }
    }
}

/// A link to the first run that has the deviation.
fn deviation(report: &Report, id: &str) -> Markup {
    let has = |run: &crate::report::Run| run.deviations.iter().any(|deviation| deviation.id == id);
    markup! {
        @match report.runs.iter().position(has) {
            Some(run) => a href={ "#" (deviation_anchor(run, id)) } { (line(id)) },
            None => (line(id)),
        }
    }
}
