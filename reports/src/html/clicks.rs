//! What was done at a browser's own interface, with the pictures that were taken before.
//!
//! The pictures are files beside the page. It links to them and does not load them, as it loads nothing.

use bgfspec_report::printable::{brief, count};
use bgfspec_report::{Act, Click, Verdict};
use maud::{Markup, html as markup};

use super::{ITEM, Page, look, state};

/// How many scenarios of one implementation are shown.
const MOST: usize = 500;

pub(super) fn section(page: &Page<'_>) -> Option<Markup> {
    if page.report.runs.iter().all(|run| run.clicks.is_empty()) {
        return None;
    }
    Some(markup! {
        p.lead {
            "What was done at the browser's own interface of background fetches, as a user does it. A picture shows the interface right before."
        }
        @for (run, who) in page.report.runs.iter().zip(&page.who) {
            @if !run.clicks.is_empty() {
                details {
                    summary { h3 { (who.label) } " " (count(run.clicks.len() as u64, "scenario", "scenarios")) }
                    ul {
                        @for click in run.clicks.iter().take(MOST) {
                            (one(click, run.deviations.iter().any(|deviation| deviation.id == click.scenario)))
                        }
                    }
                    @if run.clicks.len() > MOST { p { "More are in " code { "report.json" } "." } }
                }
            }
        }
    })
}

fn one(click: &Click, deviates: bool) -> Markup {
    markup! {
        li {
            @if deviates {
                span.sign.(look(Verdict::Deviates).0) { "✗" } " "
                a href=(state(&[("deviation", &click.scenario)])) { (brief(&click.title, ITEM)) }
            } @else {
                (brief(&click.title, ITEM))
            }
            ": "
            @for (at, act) in click.acts.iter().take(20).enumerate() { @if at > 0 { ", then " } (one_act(act)) }
            @if click.acts.is_empty() { "nothing was done" }
        }
    }
}

fn one_act(act: &Act) -> Markup {
    let words = format!("{}{}", brief(&act.act, 80), if act.done { "" } else { " (not found)" });
    markup! {
        @match act.picture.as_deref().filter(|file| is_beside(file)) {
            Some(file) => a href=(file) { (words) },
            None => (words),
        }
    }
}

/// Whether the file is below the page's folder, so that a link to it leads nowhere else.
fn is_beside(file: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
    !file.is_empty()
        && file.len() < 300
        && file.chars().all(plain)
        && !file.starts_with('/')
        && file.split('/').all(|part| !part.is_empty() && !part.starts_with('.'))
}
