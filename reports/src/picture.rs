//! The state of the field in one picture: how many requirements got which verdict, by implementation.
//!
//! It stands alone, as a file that a page shows as an image: it brings its background, since it does not know that of the page.

use bgfspec_report::printable::brief;
use bgfspec_report::{Report, Run, Verdict};
use maud::{Markup, html as markup};

use crate::overview::{Outcomes, Tally, areas};

const WIDTH: u64 = 960;
const ROW: u64 = 26;
const TOP: u64 = 84;
/// Where the bars begin, and how long they are.
const BARS: (u64, u64) = (220, 408);
/// How far the counts are apart.
const COLUMN: u64 = 56;

/// The verdicts in the order of a bar, with colours that the colour-blind can tell apart, and signs for everybody.
const VERDICTS: [(Verdict, &str, &str, &str); 6] = [
    (Verdict::Conforms, "✓", "#0072b2", "#00568a"),
    (Verdict::Deviates, "✗", "#d55e00", "#9c3f00"),
    (Verdict::Blocked, "⊘", "#f0a877", "#9c3f00"),
    (Verdict::Inconclusive, "?", "#e3a300", "#6f4e00"),
    (Verdict::NotApplicable, "–", "#a9afba", "#4f5560"),
    (Verdict::Untested, "·", "#dfe2e8", "#4f5560"),
];

/// The picture as an SVG document.
#[must_use]
pub fn field(report: &Report) -> String {
    let areas = areas(report);
    let rows: Vec<(&Run, Tally)> =
        report.runs.iter().map(|run| (run, Outcomes::of(run, report).total(&areas))).collect();
    let height = TOP + ROW * rows.len() as u64 + 16;
    let date = if report.date.is_empty() { "an unknown day".to_owned() } else { brief(&report.date, 40) };
    let title = format!("Requirements by verdict, as judged on {date}");
    let picture = markup! {
        svg xmlns="http://www.w3.org/2000/svg" width=(WIDTH) height=(height) viewBox={ "0 0 " (WIDTH) " " (height) } role="img"
            font-family="system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif" font-size="14" {
            title { (title) }
            desc { (in_words(report)) }
            rect width=(WIDTH) height=(height) rx="8" fill="#ffffff" stroke="#d3d7de" {}
            text x="20" y="32" font-size="17" font-weight="600" fill="#1a1c20" { (title) }
            @for (at, (verdict, sign, fill, ink)) in VERDICTS.into_iter().enumerate() {
                @let x = 20 + 150 * at as u64;
                rect x=(x) y="48" width="14" height="14" rx="3" fill=(fill) {}
                text x=(x + 20) y="60" font-size="13" fill=(ink) { (sign) " " (verdict.words()) }
            }
            @for (at, (run, tally)) in rows.iter().enumerate() { (row(TOP + ROW * at as u64, run, *tally)) }
        }
    };
    picture.into_string() + "\n"
}

fn row(y: u64, run: &Run, tally: Tally) -> Markup {
    let all = VERDICTS.iter().map(|(verdict, ..)| tally.of(*verdict)).sum::<u64>().max(1);
    let mut parts = Vec::new();
    let mut before = 0;
    for (verdict, sign, fill, ink) in VERDICTS {
        let count = tally.of(verdict);
        let (from, to) = (BARS.1 * before / all, BARS.1 * (before + count) / all);
        before += count;
        parts.push((count, sign, fill, ink, BARS.0 + from, to - from));
    }
    let implementation = &run.implementation;
    markup! {
        g {
            text x=(BARS.0 - 12) y=(y + 16) text-anchor="end" fill="#1a1c20" {
                (brief(&implementation.name, 20))
                @if !implementation.scope.is_empty() { tspan fill="#4f5560" font-size="12" { " " (brief(&implementation.scope, 16)) } }
                @if !run.complete { " (incomplete)" }
            }
            @for (_, _, fill, _, x, width) in parts.iter().filter(|part| part.5 > 0) {
                rect x=(x) y=(y + 4) width=(width) height="16" fill=(fill) {}
            }
            @for (at, (count, sign, _, ink, ..)) in parts.iter().take(5).enumerate().filter(|(_, part)| part.0 > 0) {
                text x=(BARS.0 + BARS.1 + COLUMN * (at as u64 + 1)) y=(y + 16) text-anchor="end" font-size="13" fill=(ink) {
                    (sign) " " (count)
                }
            }
        }
    }
}

/// What the picture shows, for who does not see it.
fn in_words(report: &Report) -> String {
    let areas = areas(report);
    let one = |run: &Run| {
        let tally = Outcomes::of(run, report).total(&areas);
        let counts = VERDICTS.iter().map(|(verdict, ..)| (tally.of(*verdict), verdict.words()));
        let counts: Vec<String> =
            counts.filter(|(count, _)| *count > 0).map(|(count, words)| format!("{count} {words}")).collect();
        let incomplete = if run.complete { "" } else { " (incomplete)" };
        format!("{}{incomplete}: {}", brief(&run.implementation.label(), 80), counts.join(", "))
    };
    report.runs.iter().map(one).collect::<Vec<_>>().join("; ")
}
