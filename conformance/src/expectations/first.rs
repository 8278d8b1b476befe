//! A first file of expectations, made from a report.

use std::collections::{BTreeMap, BTreeSet};

use bgfspec_report::{Deviation, Report, Run};

use super::file::{Entry, File};

/// Everything that deviates in a report: by its quirks where they explain it, else by its requirements, and where it has none by itself.
///
/// The reasons say what was seen and when. Whoever knows why it is so should say that instead.
#[must_use]
pub fn first_file(report: &Report) -> File {
    let mut entries: Vec<Entry> = Vec::new();
    let mut named = BTreeSet::new();
    let names = report.runs.iter().map(|run| run.implementation.name.as_str());
    for name in names.filter(|name| named.insert(*name)) {
        let runs: Vec<&Run> = report.runs.iter().filter(|run| run.implementation.name == name).collect();
        // By what is expected: the entry without a scope, and the scopes that have it.
        let mut found: BTreeMap<usize, (Entry, Vec<&Run>)> = BTreeMap::new();
        let mut places: BTreeMap<[Option<String>; 3], usize> = BTreeMap::new();
        for run in &runs {
            for entry in expected(run, &report.date) {
                let next = places.len();
                let place = *places
                    .entry([entry.quirk.clone(), entry.requirement.clone(), entry.deviation.clone()])
                    .or_insert(next);
                found.entry(place).or_insert((entry, Vec::new())).1.push(run);
            }
        }
        for (entry, those) in found.into_values() {
            if those.len() == runs.len() {
                entries.push(entry);
                continue;
            }
            let scopes: BTreeSet<&str> = those.iter().map(|run| run.implementation.scope.as_str()).collect();
            entries.extend(scopes.into_iter().map(|scope| Entry { scope: Some(scope.to_owned()), ..entry.clone() }));
        }
    }
    File { expectations: entries }
}

/// What has to be expected of a run so that nothing of it surprises.
fn expected(run: &Run, date: &str) -> Vec<Entry> {
    let when = if date.is_empty() { String::new() } else { format!(" on {date}") };
    let version = &run.implementation.version;
    let reason = |what: &str| format!("Seen{when} in {version}: {what}");
    let entry = |reason: String| Entry { implementation: run.implementation.name.clone(), reason, ..Entry::default() };
    let quirks = run.causes.iter().map(|cause| Entry { quirk: Some(cause.id.clone()), ..entry(reason(&cause.does)) });
    let why = |deviation: &Deviation| reason(&format!("no quirk explains {} (“{}”).", deviation.id, deviation.title));
    let mut seen = BTreeSet::new();
    let unexplained = run.deviations.iter().filter(|deviation| deviation.quirks.is_empty());
    let rules = unexplained.flat_map(|deviation| deviation.requirements.iter().map(move |id| (id, deviation)));
    let rules = rules.filter(|(id, _)| seen.insert((*id).clone()));
    let rules = rules.map(|(id, deviation)| Entry { requirement: Some(id.clone()), ..entry(why(deviation)) });
    // Generated scenarios are no requirement's.
    let others = run.deviations.iter().filter(|one| one.quirks.is_empty() && one.requirements.is_empty());
    let others = others.map(|deviation| Entry { deviation: Some(deviation.id.clone()), ..entry(why(deviation)) });
    quirks.chain(rules).chain(others).collect()
}
