//! What is suspect, before anybody is blamed.

use bgfspec_report::printable::brief;
use maud::{Markup, html as markup};

use super::{ITEM, Page, requirement_link, state};
use crate::overview::{Doubt, SUSPECT_MEANING, doubted};

pub(super) fn section(page: &Page<'_>) -> Option<Markup> {
    let doubts = doubted(page.report);
    if doubts.is_empty() {
        return None;
    }
    Some(markup! {
        p.conclusion.unclear { (SUSPECT_MEANING) }
        ul { @for doubt in &doubts { li { (one(page, doubt)) } } }
    })
}

fn one(page: &Page<'_>, doubt: &Doubt<'_>) -> Markup {
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
    let is_there = |id: &str| page.areas.iter().flat_map(|area| &area.rules).any(|rule| rule.id == id);
    markup! {
        @for id in rules { @if is_there(id) { (requirement_link(id)) } @else { (brief(id, 80)) } " " }
        (brief(statement, ITEM))
        small {
            " " @for (at, label) in implementations.iter().enumerate() { @if at > 0 { ", " } (brief(label, 160)) }
            "; alike on"
            @for id in scenarios { " " a href=(state(&[("deviation", id)])) { (brief(id, 80)) } }
        }
    }
}
