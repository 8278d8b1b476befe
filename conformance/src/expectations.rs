//! Deviations that are known and expected, with a reason each.
//!
//! A file lists them by quirk, requirement or deviation. It is strict both ways: what deviates and is not listed fails a run,
//! and so does what is listed and does not occur any more, or has expired. What a run could not show either way, because that
//! version or scope was not judged or not all scenarios were played, is neither.
//!
//! A deviation is expected if an entry names it, or if each of the quirks behind it is expected, or else if each of its
//! requirements is. So two causes need two entries. Generated scenarios are no requirement's.

mod file;
mod first;

use std::collections::BTreeSet;
use std::path::Path;

use bgfspec_report::{Deviation, Expectation, Expectations, Implementation, Report, Run, Standing, Verdict};

pub use self::file::{Entry, File, Problem};
pub use self::first::first_file;

use crate::catalogue::Catalogue;
use crate::names;
use crate::runner::Options;
use crate::scenario::Scenario;

/// What a run is held against.
#[derive(Clone, Debug)]
pub struct Expected {
    file: String,
    entries: Vec<(u64, Entry)>,
}

/// What a run could show.
#[derive(Clone, Copy, Debug)]
pub struct Played<'a> {
    /// The scenarios that there are.
    pub catalogue: &'a Catalogue,
    /// Which of them were asked for.
    pub options: &'a Options,
    /// The names that implementations may have although they were not judged.
    pub known: &'a [&'a str],
    /// The day, as a report has it; entries expire by it.
    pub today: &'a str,
}

impl Expected {
    /// Reads a file of expectations.
    ///
    /// # Errors
    /// Says what is wrong with which file, and on which line.
    pub fn read(file: &Path, catalogue: &Catalogue) -> Result<Self, String> {
        let name = file.display().to_string();
        let text = std::fs::read_to_string(file).map_err(|error| format!("can't read `{name}`: {error}"))?;
        let parsed = Self::parse(&name, &text, catalogue);
        parsed.map_err(|problem| format!("{name}:{}: {}", problem.line, problem.message))
    }

    /// The expectations of a file. `file` is its name, for messages.
    ///
    /// # Errors
    /// Says what is wrong, and on which line.
    pub fn parse(file: &str, text: &str, catalogue: &Catalogue) -> Result<Self, Problem> {
        Ok(Expected { file: file.to_owned(), entries: file::parse(text, catalogue)? })
    }

    /// Notes in a report which deviations were expected, and what came of each entry. What was noted before is replaced.
    pub fn apply(&self, report: &mut Report, played: Played<'_>) {
        let is_over = |entry: &Entry| entry.expires.as_deref().is_some_and(|last| last < played.today);
        for run in &mut report.runs {
            let applying: Vec<&(u64, Entry)> = self
                .entries
                .iter()
                .filter(|(_, entry)| is_meant(entry, &run.implementation) && !is_over(entry))
                .collect();
            for deviation in &mut run.deviations {
                deviation.expected_by = expected_by(deviation, &applying);
            }
        }
        let entries = self.entries.iter().map(|(line, entry)| {
            let (standing, problem) =
                if is_over(entry) { self.expired(entry) } else { self.standing(entry, &report.runs, played) };
            Expectation {
                line: *line,
                implementation: entry.implementation.clone(),
                version: entry.version.clone(),
                scope: entry.scope.clone(),
                quirk: entry.quirk.clone(),
                requirement: entry.requirement.clone(),
                deviation: entry.deviation.clone(),
                reason: entry.reason.clone(),
                link: entry.link.clone(),
                expires: entry.expires.clone(),
                standing,
                problem: problem.map(|problem| format!("{}:{line}: {problem}", self.file)),
            }
        });
        report.expectations = Some(Expectations { file: self.file.clone(), entries: entries.collect() });
    }

    fn expired(&self, entry: &Entry) -> (Standing, Option<String>) {
        let last = entry.expires.as_deref().unwrap_or_default();
        (Standing::Expired, Some(format!("expired after {last}: mend what deviates, or give a new day and say why")))
    }

    /// What came of an entry that has not expired, and what is wrong with it.
    fn standing(&self, entry: &Entry, runs: &[Run], played: Played<'_>) -> (Standing, Option<String>) {
        let is_named = |run: &Run| run.implementation.name == entry.implementation;
        if !runs.iter().any(is_named) && !played.known.contains(&entry.implementation.as_str()) {
            let judged = runs.iter().map(|run| run.implementation.name.as_str());
            let unknown =
                names::unknown("implementation", &entry.implementation, played.known.iter().copied().chain(judged));
            return (Standing::Stale, Some(format!("{unknown}; nobody of this name was judged")));
        }
        let mut meant = runs.iter().filter(|run| is_meant(entry, &run.implementation)).peekable();
        if meant.peek().is_none() {
            return (Standing::NotJudged, None);
        }
        let shown: Vec<Shown> = meant.map(|run| shown(entry, run, played)).collect();
        if shown.contains(&Shown::Occurs) {
            (Standing::Met, None)
        } else if shown.contains(&Shown::Unknown) {
            (Standing::NotJudged, None)
        } else {
            (Standing::Stale, Some("it does not occur (any more): take the entry away".to_owned()))
        }
    }
}

/// Whether an entry is about an implementation.
fn is_meant(entry: &Entry, implementation: &Implementation) -> bool {
    let version = |wanted: &String| match implementation.version.strip_prefix(wanted.as_str()) {
        // `20` is every version 20, and not version 200.
        Some(rest) => !rest.starts_with(|next: char| next.is_ascii_digit()),
        None => false,
    };
    entry.implementation == implementation.name
        && entry.version.as_ref().is_none_or(version)
        && entry.scope.as_ref().is_none_or(|scope| *scope == implementation.scope)
}

/// The lines of the entries that expect a deviation; none if it is not expected as a whole.
fn expected_by(deviation: &Deviation, entries: &[&(u64, Entry)]) -> Vec<u64> {
    let lines = |is: &dyn Fn(&Entry) -> bool| -> Vec<u64> {
        entries.iter().filter(|(_, entry)| is(entry)).map(|(line, _)| *line).collect()
    };
    let named = lines(&|entry| entry.deviation.as_ref() == Some(&deviation.id));
    if !named.is_empty() {
        return named;
    }
    let all = |ids: &[String], of: &dyn Fn(&Entry) -> Option<&String>| {
        let each: Vec<Vec<u64>> = ids.iter().map(|id| lines(&|entry| of(entry) == Some(id))).collect();
        let covered = !each.is_empty() && each.iter().all(|lines| !lines.is_empty());
        covered.then(|| each.concat().into_iter().collect::<BTreeSet<u64>>().into_iter().collect())
    };
    all(&deviation.quirks, &|entry| entry.quirk.as_ref())
        .or_else(|| all(&deviation.requirements, &|entry| entry.requirement.as_ref()))
        .unwrap_or_default()
}

/// Whether a run shows what an entry expects.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    Occurs,
    DoesNotOccur,
    /// It could not show it.
    Unknown,
}

fn shown(entry: &Entry, run: &Run, played: Played<'_>) -> Shown {
    let Played { catalogue, options, .. } = played;
    let mut deviations = run.deviations.iter();
    // Whether what was played would have shown it.
    let (occurs, would) = if let Some(id) = &entry.quirk {
        let occurs = run.causes.iter().any(|quirk| quirk.id == *id) || deviations.any(|one| one.quirks.contains(id));
        (occurs, options.wants_all())
    } else if let Some(id) = &entry.requirement {
        let outcome = run.requirements.iter().find(|outcome| outcome.id == *id);
        let undecided = outcome.is_some_and(|outcome| outcome.verdict == Verdict::Inconclusive);
        let occurs = outcome.is_some_and(|outcome| matches!(outcome.verdict, Verdict::Deviates | Verdict::Blocked));
        (occurs, !undecided && catalogue.scenarios_of(id).all(|scenario| options.wants(scenario)))
    } else {
        let id = entry.deviation.as_deref().unwrap_or_default();
        let failed = |scenario: &serde_json::Value| Scenario::id_of(scenario).is_some_and(|one| one == id);
        let undecided = run.failures.iter().filter_map(|failure| failure.scenario.as_ref()).any(failed);
        let scenario = catalogue.scenarios.iter().find(|scenario| scenario.id() == id);
        // What is not in the catalogue was generated once.
        let generates = options.cases > 0 || !options.exhaustive.is_empty();
        let wanted = scenario.map_or(generates, |scenario| options.wants(scenario));
        (deviations.any(|one| one.id == id), !undecided && wanted)
    };
    match (occurs, would && run.complete && options.shard.is_all()) {
        (true, _) => Shown::Occurs,
        (false, true) => Shown::DoesNotOccur,
        (false, false) => Shown::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use bgfspec_report::Implementation;

    use super::{Entry, is_meant};

    #[test]
    fn a_version_is_meant_by_its_beginning_and_never_by_half_a_number() {
        let meant = |wanted: &str, version: &str| {
            let entry = Entry { version: Some(wanted.to_owned()), ..Entry::default() };
            let [name, version, scope] = ["", version, ""].map(str::to_owned);
            is_meant(&entry, &Implementation { name, version, scope, capabilities: Vec::new() })
        };
        for (wanted, version) in [("20", "20.1.2"), ("20.1", "20.1.2"), ("20.1.2", "20.1.2"), ("153", "153esr")] {
            assert!(meant(wanted, version), "{wanted} {version}");
        }
        for (wanted, version) in [("2", "20.1.2"), ("20.1", "20.10"), ("20.1.2", "20.1"), ("21", "20.1.2"), ("", "20")]
        {
            assert!(!meant(wanted, version), "{wanted} {version}");
        }
    }
}
