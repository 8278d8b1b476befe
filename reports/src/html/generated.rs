//! What came of generated scenarios, and how many it took until a way to deviate was seen.

use bgfspec_report::printable::{brief, count};
use bgfspec_report::{Generated, Run, Way};
use maud::{Markup, html as markup};

use super::{ITEM, Page, state};

/// How many ways of one implementation are shown.
const MOST: usize = 20;

pub(super) fn section(page: &Page<'_>) -> Option<Markup> {
    if page.report.runs.iter().all(|run| run.sweeps().next().is_none()) {
        return None;
    }
    Some(markup! {
        p.lead {
            "Scenarios that the suite drew from the seed by number, those kept because they once showed something, and sets of them that it went through to their end. The longer a bar, the "
            "more of them it took until somebody saw this; each tenth of a bar is the same factor."
        }
        @for (run, who) in page.report.runs.iter().zip(&page.who) {
            @if run.sweeps().next().is_some() {
                details {
                    summary { h3 { (who.label) } " " small { (in_short(run)) } }
                    @if let Some(kept) = &run.kept { (sweep("Kept from earlier finds", "", kept)) }
                    @if let Some(generated) = &run.generated { (sweep("Drawn from the seed", "", generated)) }
                    @for all in &run.exhaustive {
                        (sweep(&format!("All of the set {}", brief(&all.space, 80)), &brief(&all.bound, ITEM), &all.result))
                    }
                }
            }
        }
    })
}

/// All that was generated, as numbers.
fn in_short(run: &Run) -> String {
    let (mut played, mut deviating) = (0, 0);
    for result in run.sweeps() {
        played += result.played;
        deviating += result.deviating;
    }
    format!("{deviating} of {} deviate", count(played, "scenario", "scenarios"))
}

fn sweep(what: &str, bound: &str, result: &Generated) -> Markup {
    let more = result.ways.len().saturating_sub(MOST) as u64;
    markup! {
        p { strong { (what) ": " } (outcome(result)) @if !bound.is_empty() { " " (bound) } }
        @if !result.ways.is_empty() { ul.ways { @for way in shown(result) { (one(result, way)) } } }
        @if more > 0 { p { (count(more, "more way is", "more ways are")) " in " code { "report.json" } "." } }
    }
}

fn outcome(result: &Generated) -> String {
    let deviating = match result.deviating {
        0 => "none deviates".to_owned(),
        some => {
            let ways = count(result.ways.len() as u64, "way", "ways");
            format!("{} in {ways}", count(some, "deviates", "deviate"))
        }
    };
    let undecided = match result.undecided {
        0 => String::new(),
        some => format!(", {some} undecided"),
    };
    format!("{} of {} played, {deviating}{undecided}.", result.played, count(result.cases, "scenario", "scenarios"))
}

/// The ways in the order in which they were seen.
fn shown(generated: &Generated) -> Vec<&Way> {
    let mut ways: Vec<&Way> = generated.ways.iter().collect();
    ways.sort_by_key(|way| way.first);
    ways.truncate(MOST);
    ways
}

fn one(generated: &Generated, way: &Way) -> Markup {
    let (first, last) = ((way.first + 2) as f64, (generated.cases.max(way.first) + 2) as f64);
    let length = (1000.0 * first.ln() / last.ln()).round() as u64;
    markup! {
        li {
            @match &way.deviation {
                Some(id) => a href=(state(&[("deviation", id)])) { (brief(&way.way, ITEM)) },
                None => span { (brief(&way.way, ITEM)) },
            }
            svg.bar viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true" {
                rect.fail x="0" y="0" width=(length) height="10" {}
            }
            small { "first seen at number " (way.first) ", in " (count(way.scenarios, "scenario", "scenarios")) }
        }
    }
}
