//! Two traces side by side.

use serde_json::{Map, Value};
use similar::{Algorithm, DiffOp};

use crate::printable;
use crate::trace::{KINDS, observation_line, shown, special};

/// A row of two aligned traces.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// The observation that is expected, if the expected trace has one here.
    pub expected: Option<&'a Value>,
    /// The observation that was made, if the observed trace has one here.
    pub observed: Option<&'a Value>,
    /// How the two stand to each other.
    pub mark: Mark,
}

/// How the two sides of a row stand to each other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mark {
    /// They are the same.
    Same,
    /// They differ, or one of them is absent.
    Different,
    /// They are the first that differ.
    FirstDifference,
}

/// The rows of two traces. The judge's first difference is marked, which may come after an unimportant one.
#[must_use]
pub fn align<'a>(expected: &'a [Value], observed: &'a [Value], first_difference: usize) -> Vec<Row<'a>> {
    let text = |trace: &[Value]| trace.iter().map(Value::to_string).collect::<Vec<_>>();
    let operations = similar::capture_diff_slices(Algorithm::Myers, &text(expected), &text(observed));
    let mut pairs = Vec::new();
    for operation in operations {
        let (old, new) = (operation.old_range(), operation.new_range());
        let mark = if matches!(operation, DiffOp::Equal { .. }) { Mark::Same } else { Mark::Different };
        for offset in 0..old.len().max(new.len()) {
            let index = |range: &std::ops::Range<usize>| Some(range.start + offset).filter(|at| range.contains(at));
            pairs.push((index(&old), index(&new), mark));
        }
    }
    let reached = |&(old, new, _): &(Option<usize>, Option<usize>, Mark)| old.max(new) >= Some(first_difference);
    let first = pairs
        .iter()
        .position(|pair| pair.2 == Mark::Different && reached(pair))
        .or_else(|| pairs.iter().position(|pair| pair.2 == Mark::Different));
    if let Some(first) = first {
        pairs[first].2 = Mark::FirstDifference;
    }
    pairs
        .into_iter()
        .map(|(old, new, mark)| Row {
            expected: old.map(|at| &expected[at]),
            observed: new.map(|at| &observed[at]),
            mark,
        })
        .collect()
}

/// The members in which the two sides of a row differ, one in a line; none if a side is absent or of another kind.
#[must_use]
pub fn differences(row: &Row<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    if let (Some(Value::Object(expected)), Some(Value::Object(observed))) = (row.expected, row.observed)
        && same_kind(expected, observed)
    {
        collect("", expected, observed, &mut lines);
    }
    lines
}

/// A line of two traces side by side.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// The text, which is safe to print.
    pub text: String,
    /// What it stands for, which a terminal may show by a colour.
    pub means: Means,
}

/// What a line of two traces side by side stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Means {
    /// The heading of the two columns.
    Heading,
    /// Observations that are the same.
    Same,
    /// The first that differ.
    FirstDifference,
    /// Others that differ, or that only one of the traces has.
    Different,
    /// A member in which the two observations above differ.
    Detail,
}

/// Two traces, aligned, in lines of about `width` characters, with the first difference marked by `>`.
///
/// `~` marks other lines that differ, `-` lines that only the expected trace has, `+` those that only the observed
/// one has.
#[must_use]
pub fn side_by_side(expected: &[Value], observed: &[Value], first_difference: usize, width: usize) -> Vec<Line> {
    let column = (width.saturating_sub(5) / 2).max(20);
    let two = |means: Means, mark: &str, left: &str, right: &str| {
        let (left, right) = (printable::wrap(left, column), printable::wrap(right, column));
        let rows = (0..left.len().max(right.len())).map(|at| {
            let cell = |lines: &[String]| lines.get(at).cloned().unwrap_or_default();
            let text = format!("{} {:column$} | {}", if at == 0 { mark } else { " " }, cell(&left), cell(&right));
            Line { text: text.trim_end().to_owned(), means }
        });
        rows.collect::<Vec<_>>()
    };
    let mut lines = two(Means::Heading, " ", "expected", "observed");
    for row in align(expected, observed, first_difference) {
        let (mark, means) = match (row.mark, row.expected, row.observed) {
            (Mark::Same, ..) => (" ", Means::Same),
            (Mark::FirstDifference, ..) => (">", Means::FirstDifference),
            (Mark::Different, Some(_), None) => ("-", Means::Different),
            (Mark::Different, None, _) => ("+", Means::Different),
            (Mark::Different, Some(_), Some(_)) => ("~", Means::Different),
        };
        let side = |observation: Option<&Value>| observation.map(observation_line).unwrap_or_default();
        lines.extend(two(means, mark, &side(row.expected), &side(row.observed)));
        if row.mark != Mark::Same {
            let detail = |difference: String| Line { text: format!("    {difference}"), means: Means::Detail };
            lines.extend(differences(&row).into_iter().map(detail));
        }
    }
    lines
}

fn same_kind(expected: &Map<String, Value>, observed: &Map<String, Value>) -> bool {
    let kind = |members: &Map<String, Value>| KINDS.into_iter().find(|kind| members.contains_key(*kind));
    kind(expected) == kind(observed)
}

fn collect(path: &str, expected: &Map<String, Value>, observed: &Map<String, Value>, lines: &mut Vec<String>) {
    let added = observed.keys().filter(|name| !expected.contains_key(*name));
    for name in expected.keys().chain(added) {
        let path = format!("{path}{}", printable::line(name));
        match (expected.get(name), observed.get(name)) {
            (Some(Value::Object(expected)), Some(Value::Object(observed)))
                if special(expected).is_none() && special(observed).is_none() =>
            {
                collect(&format!("{path}."), expected, observed, lines);
            }
            (expected, observed) if expected != observed => {
                let side = |value: Option<&Value>| value.map_or_else(|| "nothing".to_owned(), shown);
                lines.push(format!("{path}: expected {}, observed {}", side(expected), side(observed)));
            }
            _ => {}
        }
    }
}
