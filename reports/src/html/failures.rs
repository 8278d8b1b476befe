//! What kept scenarios from being judged.

use bgfspec_report::Failure;
use bgfspec_report::javascript::javascript;
use bgfspec_report::printable::{brief, brief_block, count};
use maud::{Markup, html as markup};

use super::{ITEM, Page, requirement_link};

/// How many of one implementation are told of.
const MOST: usize = 100;

pub(super) fn section(page: &Page<'_>) -> Option<Markup> {
    if page.report.runs.iter().all(|run| run.failures.is_empty()) {
        return None;
    }
    Some(markup! {
        p.lead { "These scenarios could not be judged. They are neither passed nor deviations." }
        @for (run, who) in page.report.runs.iter().zip(&page.who) {
            @if !run.failures.is_empty() {
                h3 { (who.label) }
                @for failure in run.failures.iter().take(MOST) { (one(failure)) }
                @if let Some(more) = run.failures.len().checked_sub(MOST).filter(|more| *more > 0) {
                    p { (count(more as u64, "more failure is", "more failures are")) " in " code { "report.json" } "." }
                }
            }
        }
    })
}

fn one(failure: &Failure) -> Markup {
    markup! {
        details.failure {
            summary {
                strong { (failure.kind.word()) } " "
                @if failure.title.is_empty() { "in no single scenario" } @else { (brief(&failure.title, ITEM)) }
                @if let Some(case) = failure.case { " " small { "generated scenario " (case) } }
            }
            p.prose { (brief_block(&failure.message, 8 * ITEM)) }
            @if !failure.requirements.is_empty() {
                p {
                    "Undecided because of it:"
                    @for id in failure.requirements.iter().take(MOST) { " " (requirement_link(id)) }
                }
            }
            @if let Some(scenario) = &failure.scenario {
                pre tabindex="0" { code { (brief_block(&javascript(scenario), 8 * ITEM)) } }
            }
        }
    }
}
