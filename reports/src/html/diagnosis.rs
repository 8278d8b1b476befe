//! Each implementation in sentences: how it stands, and the quirks that explain what deviates.

use bgfspec_report::printable::{brief, count, duration};
use bgfspec_report::{Cause, Run, Verdict};
use maud::{Markup, html as markup};

use super::bar::{bar, columns};
use super::{ITEM, Page, look, state};
use crate::overview::diagnosis;

/// How many quirks are told of at once; the others can be opened.
const FIRST: usize = 3;

/// How many steps and how many branches that were not taken are named.
const STEPS: usize = 40;

pub(super) fn section(page: &Page<'_>) -> Option<Markup> {
    let runs: Vec<(usize, &Run)> = page.report.runs.iter().enumerate().collect();
    let who = |run: &Run| (run.implementation.name.clone(), run.implementation.version.clone());
    Some(markup! {
        @if runs.is_empty() { p { "None was run." } } @else {
            p.lead {
                "A quirk is a named way to depart from the specification at one step. Those of an implementation are the smallest set under "
                "which the reference model does what it did."
            }
        }
        p.lead {
            "Counted are requirements: ✓ conforms, ✗ deviates, ? inconclusive, – not applicable, which is no pass, · untested by any scenario."
        }
        ul.glance {
            @for (who, outcomes) in page.who.iter().zip(&page.outcomes) {
                @let tally = outcomes.total(&page.areas);
                li {
                    a href={ "#who-" (who.key) } { (who.short) }
                    (bar(tally))
                    small { (columns(tally)) }
                }
            }
        }
        div.cards {
            @for group in runs.chunk_by(|a, b| who(a.1) == who(b.1)) {
                article.card {
                    @if let [(_, run), ..] = group {
                        h3 {
                            (brief(&run.implementation.name, 80)) " "
                            small { (brief(&run.implementation.version, 80)) }
                        }
                    }
                    @for (number, run) in group { (one(page, *number, run)) }
                }
            }
        }
    })
}

fn one(page: &Page<'_>, number: usize, run: &Run) -> Markup {
    let tally = page.outcomes[number].total(&page.areas);
    let who = &page.who[number];
    markup! {
        div.run id={ "who-" (who.key) } {
            @if !run.implementation.scope.is_empty() || !run.complete {
                h4 { (brief(&run.implementation.scope, 80)) @if !run.complete { " (incomplete)" } }
            }
            p.sentence {
                (conformance(run, tally.conforms, tally.testable()))
                @if let Some(sentence) = diagnosis(run) { " " (sentence) }
                @if !run.failures.is_empty() {
                    " " (count(run.failures.len() as u64, "failure", "failures")) " kept scenarios from being judged."
                }
            }
            @let (first, more) = run.causes.split_at(run.causes.len().min(FIRST));
            @if !first.is_empty() { ul.quirks { @for quirk in first { (one_quirk(&who.key, quirk)) } } }
            @if !more.is_empty() {
                details {
                    summary { (count(more.len() as u64, "more quirk", "more quirks")) }
                    ul.quirks { @for quirk in more { (one_quirk(&who.key, quirk)) } }
                }
            }
            @if run.deviates() {
                p.more {
                    a href=(state(&[("run", &who.key), ("verdict", Verdict::Deviates.words())])) {
                        "What deviates in " (who.short)
                    }
                }
            }
            details {
                summary { "What it can do and see" }
                p { (capabilities(run)) }
                p {
                    (count(run.scenarios, "scenario", "scenarios")) " in " (duration(run.elapsed_ms)) ", "
                    (run.steps.taken) " of " (run.steps.reachable) " steps"
                    @if let Some(branches) = &run.steps.branches {
                        " and " (branches.taken) " of " (branches.reachable) " branches"
                    }
                    " taken."
                }
                @let branches = run.steps.branches.as_ref().map_or(&[][..], |branches| &branches.missed);
                @for missed in [&run.steps.missed, branches].into_iter().filter(|missed| !missed.is_empty()) {
                    p { "Not taken: " (some_of(missed)) "." }
                }
            }
        }
    }
}

fn conformance(run: &Run, conforms: u64, testable: u64) -> String {
    let so_far = if run.complete { "" } else { " so far" };
    match (conforms, testable) {
        (_, 0) => "It could be tested on nothing, which is no pass.".to_owned(),
        (_, 1) if conforms == 1 => format!("The only requirement that could be tested conforms{so_far}."),
        _ if conforms == testable => format!("All {testable} requirements that could be tested conform{so_far}."),
        _ => format!("{conforms} of {testable} requirements that could be tested conform{so_far}."),
    }
}

fn one_quirk(run: &str, quirk: &Cause) -> Markup {
    markup! {
        li {
            span.sign.(look(Verdict::Deviates).0) aria-hidden="true" { "✗" } " "
            (brief(&quirk.does, ITEM)) " "
            small {
                a href=(state(&[("run", run), ("q", &quirk.id)])) { (brief(&quirk.id, ITEM)) }
                ", " (count(quirk.scenarios, "scenario", "scenarios")) ", at " (brief(&quirk.step, ITEM))
            }
        }
    }
}

/// The steps or branches that were not taken, as many as fit.
fn some_of(steps: &[String]) -> String {
    let mut shown: Vec<String> = steps.iter().take(STEPS).map(|step| brief(step, ITEM)).collect();
    if let Some(more) = steps.len().checked_sub(STEPS).filter(|more| *more > 0) {
        shown.push(format!("and {more} more"));
    }
    shown.join(", ")
}

fn capabilities(run: &Run) -> Markup {
    let capabilities = &run.implementation.capabilities;
    markup! {
        @if capabilities.is_empty() { "Nothing that it told of" }
        @for (at, capability) in capabilities.iter().take(200).enumerate() {
            @if at > 0 { ", " }
            code { (brief(capability, 80)) }
        }
        "."
    }
}
