//! Verdicts as a stacked bar: looking beats reading.

use bgfspec_report::Verdict;
use maud::{Markup, html as markup};

use super::look;
use crate::overview::Tally;

/// The verdicts in the order of a bar.
pub(super) const ORDER: [Verdict; 6] = [
    Verdict::Conforms,
    Verdict::Deviates,
    Verdict::Blocked,
    Verdict::Inconclusive,
    Verdict::NotApplicable,
    Verdict::Untested,
];

/// How many requirements of somebody or something got each verdict, as a bar with the same in words.
pub(super) fn bar(of: &str, tally: Tally) -> Markup {
    let counts = ORDER.map(|verdict| (verdict, tally.of(verdict)));
    let all = counts.iter().map(|(_, count)| count).sum::<u64>().max(1);
    let mut start = 0;
    let mut parts = Vec::new();
    for (verdict, count) in counts {
        let (from, to) = (1000 * start / all, 1000 * (start + count) / all);
        start += count;
        if to > from {
            parts.push((look(verdict).0, from, to - from));
        }
    }
    markup! {
        svg.bar viewBox="0 0 1000 10" preserveAspectRatio="none" role="img" aria-label={ (of) ": " (words(tally)) } {
            @for (class, from, width) in parts { rect.(class) x=(from) y="0" width=(width) height="10" {} }
        }
    }
}

/// The same in words; what nobody got is left out.
pub(super) fn words(tally: Tally) -> String {
    let counts = ORDER.map(|verdict| (verdict, tally.of(verdict)));
    let some = counts.iter().filter(|(_, count)| *count > 0);
    let some: Vec<String> = some.map(|(verdict, count)| format!("{count} {}", verdict.words())).collect();
    if some.is_empty() { "no requirement".to_owned() } else { some.join(", ") }
}

/// The same with signs, for who looks.
pub(super) fn legend(tally: Tally) -> Markup {
    markup! {
        span.legend {
            @for verdict in ORDER {
                @let count = tally.of(verdict);
                @if count > 0 {
                    span { span.sign.(look(verdict).0) aria-hidden="true" { (look(verdict).1) } " " (count) " " (verdict.words()) }
                    " "
                }
            }
        }
    }
}

/// The same in columns, for bars that stand under each other; the bar says it in words.
pub(super) fn columns(tally: Tally) -> Markup {
    markup! {
        span.columns aria-hidden="true" {
            @for verdict in ORDER {
                @let count = tally.of(verdict);
                span { @if count > 0 { span.sign.(look(verdict).0) { (look(verdict).1) } " " (count) } }
            }
        }
    }
}
