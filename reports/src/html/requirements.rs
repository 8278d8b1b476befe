//! Requirements with everybody's verdict, and the filters over them.

use std::collections::BTreeMap;

use bgfspec_report::printable::brief;
use bgfspec_report::{Level, Verdict};
use maud::{Markup, html as markup};

use super::disputes::disputes;
use super::matrix::area_anchor;
use super::{ITEM, Page, bar, link, look, requirement_anchor};
use crate::overview::{Area, Outcomes, Rule, Tally};

/// The choice of requirements from which one implementation deviates alone.
pub(super) const ALONE: &str = "deviates-alone";

pub(super) fn section(page: &Page<'_>) -> Option<Markup> {
    Some(markup! {
        p.lead { "By area, with the verdicts of all implementations together. Each opens with its requirements, and these have a column for each implementation." }
        (filters(page))
        @for area in &page.areas {
            details.area id=(area_anchor(area)) {
                summary {
                    h3 { span.code { (brief(area.code, 20)) } " " (brief(area.title, ITEM)) }
                    (bar::bar("All implementations", together(page, area)))
                    small { (bar::legend(together(page, area))) }
                }
                (columns(page))
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

/// The names above the columns; what they head is in words in each requirement.
fn columns(page: &Page<'_>) -> Markup {
    markup! { div.heads aria-hidden="true" { @for who in &page.who { span { (who.short) } } } }
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
                    option value=(ALONE) { "✗ deviates alone" }
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

fn verdicts_of(page: &Page<'_>, rule: &Rule<'_>) -> Vec<Verdict> {
    let of = |outcomes: &Outcomes<'_>| outcomes.get(rule.id).map_or(Verdict::Untested, |outcome| outcome.verdict);
    page.outcomes.iter().map(of).collect()
}

fn requirement(page: &Page<'_>, area: &str, rule: &Rule<'_>) -> Markup {
    let verdicts = verdicts_of(page, rule);
    let letters: String = verdicts.iter().map(|verdict| look(*verdict).2).collect();
    let only = alone(page, &verdicts);
    let level = rule.requirement.map_or("", |known| known.level.word());
    markup! {
        details.rule id=(requirement_anchor(rule.id)) data-area=(brief(area, 20)) data-level=(level) data-verdicts=(letters) data-id=(brief(rule.id, 80))
            data-alone=[only.as_ref().map(|(_, keys)| keys)] {
            summary {
                span.id { (brief(rule.id, 80)) } " "
                @if !level.is_empty() { span.level { (level) } " " }
                span.statement {
                    (brief(rule.statement(), ITEM)) " "
                    @if let Some((name, _)) = &only { span.alone { "only " (name) " deviates" } }
                }
                " "
                (cells(page, rule, &verdicts))
            }
            p {
                @if let Some(known) = rule.requirement {
                    (link(&format!("{} {}", known.spec, known.step), &known.link)) ". "
                    @if let Some(reason) = &known.untested { "No scenario can test it: " (brief(reason, ITEM)) " " }
                }
            }
            @if let Some(known) = rule.requirement { (disputes(&known.disputes)) }
            ul.outcomes { @for verdict in bar::ORDER { (who_got(page, rule, &verdicts, verdict)) } }
        }
    }
}

/// The implementation that deviates while another conforms and none else deviates: its name, and the keys of its scopes that do.
fn alone(page: &Page<'_>, verdicts: &[Verdict]) -> Option<(String, String)> {
    let got = |wanted| {
        let runs = page.report.runs.iter().zip(&page.who).zip(verdicts);
        runs.filter(move |(_, verdict)| **verdict == wanted).map(|(one, _)| one)
    };
    let (first, _) = got(Verdict::Deviates).next()?;
    let name = &first.implementation.name;
    if got(Verdict::Deviates).any(|(run, _)| run.implementation.name != *name)
        || got(Verdict::Conforms).all(|(run, _)| run.implementation.name == *name)
    {
        return None;
    }
    let keys: Vec<&str> = got(Verdict::Deviates).map(|(_, who)| who.key.as_str()).collect();
    Some((brief(name, 80), keys.join(" ")))
}

/// From how many requirements each implementation deviates alone.
pub(super) fn counts_alone(page: &Page<'_>, key: &str) -> u64 {
    let rules = page.areas.iter().flat_map(|area| &area.rules);
    let keys = rules.filter_map(|rule| alone(page, &verdicts_of(page, rule)));
    keys.filter(|(_, keys)| keys.split(' ').any(|one| one == key)).count() as u64
}

/// A sign in the column of each implementation, and for who does not see them how many got which.
fn cells(page: &Page<'_>, rule: &Rule<'_>, verdicts: &[Verdict]) -> Markup {
    let one = Area { code: "", title: "", rules: vec![Rule { id: rule.id, requirement: None }] };
    let together = page.outcomes.iter().map(|outcomes| outcomes.tally(&one)).reduce(Tally::and).unwrap_or_default();
    markup! {
        span.cells aria-hidden="true" { @for verdict in verdicts { (cell(*verdict)) } }
        span.heard { (bar::words(together)) "." }
    }
}

/// What most cells hold has no class: a page has thousands.
fn cell(verdict: Verdict) -> Markup {
    let (class, sign, _) = look(verdict);
    match verdict {
        Verdict::Conforms => markup! { b { (sign) } },
        Verdict::NotApplicable | Verdict::Untested => markup! { i { (sign) } },
        Verdict::Deviates | Verdict::Blocked | Verdict::Inconclusive => markup! { i.(class) { (sign) } },
    }
}

/// How many may have a verdict that needs no reason until they are only counted; the columns have them.
const NAMED: usize = 3;

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
                span.sign.(class) aria-hidden="true" { (sign) } " " (wanted.words()) ": "
                @if wanted == Verdict::Conforms && names.len() > NAMED { "the other " (names.len()) } @else { (names.join(", ")) }
                @if !reason.is_empty() { small { " " (brief(reason, ITEM)) } }
            }
        }
    }
}
