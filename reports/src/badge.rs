//! The report as a badge: a small picture with the verdict in a few words.
//!
//! It is a file of its own, which needs no service that draws it and asks nobody.

use bgfspec_report::printable::count;
use bgfspec_report::{Report, Run};
use maud::{PreEscaped, html};

use crate::overview::{Outcomes, Standing, areas, conclusion};

/// What stands on the left.
const LABEL: &str = "bgfspec";

/// How wide a letter of the font is, in tenths of a pixel; the browser fits the text into what is made of it.
const LETTER: usize = 66;

/// The room beside a text, in tenths of a pixel.
const BESIDE: usize = 100;

/// The badge as the text of an SVG file.
#[must_use]
pub fn badge(report: &Report) -> String {
    let conclusion = conclusion(report);
    let colour = match conclusion.standing {
        Standing::Pass => "#2e7d32",
        Standing::Fail => "#b3261e",
        Standing::Unclear => "#8a6100",
        Standing::Nothing => "#5f6368",
    };
    let words = words(report, conclusion.standing);
    let [left, right] = [LABEL, &words].map(|text| (text.chars().count() * LETTER + BESIDE) / 10);
    let width = left + right;
    let text = |at: usize, room: usize, words: &str| {
        html! { text x=(at + room / 2) y="14" textLength=(room - BESIDE / 10) { (words) } }
    };
    let markup = html! {
        svg xmlns="http://www.w3.org/2000/svg" width=(width) height="20" role="img" aria-label={ (LABEL) ": " (words) } {
            title { (LABEL) ": " (words) }
            rect width=(width) height="20" rx="3" fill="#3c4043" {}
            path d={ "M" (left) " 0h" (right - 3) "a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3H" (left) "z" } fill=(colour) {}
            g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" {
                (text(0, left, LABEL))
                (text(left, right, &words))
            }
        }
        (PreEscaped("\n"))
    };
    markup.into_string()
}

/// The verdict in a few words. Nothing that an implementation said is among them.
fn words(report: &Report, standing: Standing) -> String {
    let areas = areas(report);
    match (standing, report.runs.as_slice()) {
        (Standing::Nothing, _) => "nothing run".to_owned(),
        (Standing::Unclear, _) if !report.is_complete() => "incomplete".to_owned(),
        (Standing::Unclear, _) => "inconclusive".to_owned(),
        (Standing::Fail | Standing::Pass, [run]) => {
            let tally = Outcomes::of(run, report).total(&areas);
            let so_far = if report.is_complete() { "" } else { " so far" };
            let expected = if run.deviates() && !run.surprises() { ", as expected" } else { "" };
            format!("{} of {} conform{expected}{so_far}", tally.conforms, tally.testable())
        }
        (Standing::Fail | Standing::Pass, runs) => {
            let conforming = runs.iter().filter(|run| !run.deviates()).count();
            let all = count(runs.len() as u64, "run", "runs");
            let expected =
                if runs.iter().any(Run::deviates) && !runs.iter().any(Run::surprises) { ", as expected" } else { "" };
            format!("{conforming} of {all} conform{expected}")
        }
    }
}
