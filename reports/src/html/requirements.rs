//! Requirements with everybody's verdict, and the filters over them.

use std::collections::BTreeMap;

use bgfspec_report::printable::brief;
use bgfspec_report::{Level, Verdict};
use maud::{Markup, html as markup};

use super::disputes::disputes;
use super::matrix::area_anchor;
use super::{ITEM, Page, bar, link, look, requirement_anchor, requirement_link};
use crate::overview::{Area, Rule, Tally};

pub(super) fn section(page: &Page<'_>) -> Option<Markup> {
    Some(markup! {
        p.lead { "By area, with the verdicts of all implementations together; each opens with its requirements." }
        (filters(page))
        @for area in &page.areas {
            details.area id=(area_anchor(area)) {
                summary {
                    h3 { span.code { (brief(area.code, 20)) } " " (brief(area.title, ITEM)) }
                    (bar::bar(together(page, area)))
                    small { (bar::legend(together(page, area))) }
                }
                @for rule in &area.rules { (requirement(page, area.code, rule)) }
            }
        }
        @if page.areas.is_empty() { p { "There are none." } }
    })
}

/// The verdicts of all implementations on an area.
fn together(page: &Page<'_>, area: &Area<'_>) -> Tally {
    page.outcomes.iter().map(|outcomes| outcomes.tally(area)).reduce(Tally::and).unwrap_or_default()
}

/// Shown by the script, which makes them work.
fn filters(page: &Page<'_>) -> Markup {
    let levels = [Level::Must, Level::Should, Level::May, Level::Documented];
    markup! {
        div #filters role="search" aria-label="Requirements and deviations" hidden {
            label {
                span { "Area" }
                select name="area" {
                    option value="" { "All" }
                    @for area in &page.areas {
                        option value=(brief(area.code, 20)) { (brief(area.code, 20)) " " (brief(area.title, 60)) }
                    }
                }
            }
            label {
                span { "Level" }
                select name="level" {
                    option value="" { "All" }
                    @for level in levels { option value=(level.word()) { (level.word()) } }
                }
            }
            label {
                span { "Verdict" }
                select name="verdict" {
                    option value="" { "All" }
                    @for verdict in bar::ORDER { option value=(verdict.words()) data-letter=(look(verdict).2) { (look(verdict).1) " " (verdict.words()) } }
                }
            }
            label {
                span { "Implementation" }
                select name="run" {
                    option value="" { "All" }
                    @for who in &page.who { option value=(who.key) { (who.short) } }
                }
            }
            label.text { span { "Containing" } input type="search" name="q" autocomplete="off" spellcheck="false"; }
            button type="button" #reset { "Show all" }
            p #shown role="status" {}
            p.note { "The address of this page always leads to what it shows." }
        }
    }
}

fn requirement(page: &Page<'_>, area: &str, rule: &Rule<'_>) -> Markup {
    let verdicts: Vec<Verdict> = page
        .outcomes
        .iter()
        .map(|outcomes| outcomes.get(rule.id).map_or(Verdict::Untested, |outcome| outcome.verdict))
        .collect();
    let letters: String = verdicts.iter().map(|verdict| look(*verdict).2).collect();
    let level = rule.requirement.map_or("", |known| known.level.word());
    markup! {
        details.rule id=(requirement_anchor(rule.id)) data-area=(brief(area, 20)) data-level=(level) data-verdicts=(letters) data-id=(brief(rule.id, 80)) {
            summary {
                span.id { (brief(rule.id, 80)) } " "
                @if !level.is_empty() { span.level { (level) } " " }
                span.statement { (brief(rule.statement(), ITEM)) } " "
                (signs(&verdicts))
            }
            p {
                @if let Some(known) = rule.requirement {
                    (link(&format!("{} {}", known.spec, known.step), &known.link)) ". "
                    @if let Some(reason) = &known.untested { "No scenario can test it: " (brief(reason, ITEM)) " " }
                }
                "Link to this requirement: " (requirement_link(rule.id)) "."
            }
            @if let Some(known) = rule.requirement { (disputes(&known.disputes)) }
            ul.outcomes { @for verdict in bar::ORDER { (who_got(page, rule, &verdicts, verdict)) } }
        }
    }
}

/// How many got which verdict; of one implementation alone, its verdict.
fn signs(verdicts: &[Verdict]) -> Markup {
    let some = bar::ORDER.map(|verdict| (verdict, verdicts.iter().filter(|one| **one == verdict).count()));
    markup! {
        span.signs {
            @for (verdict, count) in some.into_iter().filter(|(_, count)| *count > 0) {
                span.sign.(look(verdict).0) {
                    span aria-hidden="true" { (look(verdict).1) }
                    @if verdicts.len() > 1 { (count) }
                    span.heard { " " (verdict.words()) ". " }
                }
            }
        }
    }
}

/// Who got this verdict, together where the reason is the same.
fn who_got(page: &Page<'_>, rule: &Rule<'_>, verdicts: &[Verdict], wanted: Verdict) -> Markup {
    let mut by_reason: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for ((outcomes, who), verdict) in page.outcomes.iter().zip(&page.who).zip(verdicts) {
        if *verdict == wanted {
            let reason = outcomes.get(rule.id).and_then(|outcome| outcome.reason.as_deref());
            by_reason.entry(reason.unwrap_or_default()).or_default().push(&who.short);
        }
    }
    let (class, sign, _) = look(wanted);
    markup! {
        @for (reason, names) in by_reason {
            li {
                span.sign.(class) aria-hidden="true" { (sign) } " " (wanted.words()) ": " (names.join(", "))
                @if !reason.is_empty() { small { " " (brief(reason, ITEM)) } }
            }
        }
    }
}
