//! What the implementations of a report are called on the page.

use std::collections::BTreeSet;

use bgfspec_report::printable::{brief, shell_word};
use bgfspec_report::{Report, Run};

/// The longest name, in characters.
const NAME: usize = 80;

/// One run's implementation.
pub(super) struct Who {
    /// Name, version and scope.
    pub(super) label: String,
    /// The name, and the scope where several have the name.
    pub(super) short: String,
    /// The name alone.
    pub(super) name: String,
    /// What stands for it in a fragment. No two have the same, and a report of another day calls it the same.
    pub(super) key: String,
    /// The options that make `bgfspec replay` play it.
    pub(super) options: String,
}

impl Who {
    /// All of a report, in the order of its runs.
    pub(super) fn all(report: &Report) -> Vec<Self> {
        let mut keys = BTreeSet::new();
        report.runs.iter().map(|run| Self::of(run, report, &mut keys)).collect()
    }

    fn of(run: &Run, report: &Report, keys: &mut BTreeSet<String>) -> Self {
        let one = &run.implementation;
        let namesakes = report.runs.iter().filter(|other| other.implementation.name == one.name).count();
        let scoped = namesakes > 1 && !one.scope.is_empty();
        let mut key = slug(&one.name);
        let mut options = format!("--vendor {}", shell_word(&brief(&one.name, NAME)));
        if scoped {
            key += &format!("-{}", slug(&one.scope));
            options += &format!(" --scope {}", shell_word(&brief(&one.scope, NAME)));
        }
        let mut unique = key.clone();
        let mut number = 1;
        while !keys.insert(unique.clone()) {
            number += 1;
            unique = format!("{key}-{number}");
        }
        let short = match (scoped, number) {
            (true, 1) => format!("{} {}", brief(&one.name, NAME), brief(&one.scope, NAME)),
            (false, 1) => brief(&one.name, NAME),
            _ => brief(&one.label(), NAME),
        };
        Self { label: brief(&one.label(), 2 * NAME), short, name: brief(&one.name, NAME), key: unique, options }
    }
}

fn slug(text: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '.' || c == '-' { c.to_ascii_lowercase() } else { '-' };
    let slug: String = text.chars().take(NAME).map(plain).collect();
    if slug.is_empty() { "-".to_owned() } else { slug }
}
