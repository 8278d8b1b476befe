//! Areas by implementations, as a table whose cells are charts.

use bgfspec_report::Run;
use bgfspec_report::printable::brief;
use maud::{Markup, html as markup};

use super::{ITEM, Page, anchor, look_of, state};
use crate::overview::{Area, Standing, Tally};

pub(super) fn section(page: &Page<'_>) -> Option<Markup> {
    if page.report.runs.is_empty() {
        return None;
    }
    Some(markup! {
        p.lead {
            "How many requirements conform, of those that could be tested: "
            "✓ all, ✗ some deviate, ? undecided, – nothing could be tested, which is not a pass. The fuller a cell, the more conform."
        }
        div.scroll.matrix tabindex="0" role="region" aria-label="Table of areas by implementation" {
            table {
                (head(page))
                tbody {
                    @for area in &page.areas {
                        tr {
                            th scope="row" {
                                a href={ "#" (area_anchor(area)) } { span.code { (brief(area.code, 20)) } " " (brief(area.title, ITEM)) }
                            }
                            @for (outcomes, who) in page.outcomes.iter().zip(&page.who) {
                                (cell(outcomes.tally(area), &state(&[("area", &brief(area.code, 20)), ("run", &who.key)])))
                            }
                        }
                    }
                    tr.total {
                        th scope="row" { "All areas" }
                        @for (outcomes, who) in page.outcomes.iter().zip(&page.who) {
                            (cell(outcomes.total(&page.areas), &state(&[("run", &who.key)])))
                        }
                    }
                }
            }
        }
    })
}

/// The implementations; scopes stand under theirs.
fn head(page: &Page<'_>) -> Markup {
    let who = |run: &Run| (run.implementation.name.clone(), run.implementation.version.clone());
    markup! {
        thead {
            tr {
                th scope="col" rowspan="2" { "Area" }
                @for group in page.report.runs.chunk_by(|a, b| who(a) == who(b)) {
                    @if let [run, ..] = group {
                        th.name scope="colgroup" colspan=(group.len()) {
                            span { (brief(&run.implementation.name, 40)) " " small { (brief(&run.implementation.version, 40)) } }
                        }
                    }
                }
            }
            tr {
                @for run in &page.report.runs {
                    th.scope scope="col" {
                        @if run.implementation.scope.is_empty() { span.heard { (brief(&run.implementation.name, 40)) } }
                        (brief(&run.implementation.scope, 40)) @if !run.complete { " (incomplete)" }
                    }
                }
            }
        }
    }
}

/// The share that conforms, with a sign, and as the filled part of the cell. What does not conform leads to its requirements.
fn cell(tally: Tally, address: &str) -> Markup {
    let (class, _, _) = look_of(tally.standing());
    let share = (10 * tally.conforms).checked_div(tally.testable()).unwrap_or_default();
    let words = super::bar::words(tally);
    markup! {
        td class={ (class) " p" (share) } title=(words) {
            @match tally.standing() {
                Standing::Fail | Standing::Unclear => a href=(address) { (tally.short_cell()) },
                Standing::Pass | Standing::Nothing => (tally.short_cell()),
            }
        }
    }
}

/// Where the requirements of an area are.
pub(super) fn area_anchor(area: &Area<'_>) -> String {
    format!("area-{}", anchor(area.code))
}
