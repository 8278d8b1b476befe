//! The page of what was confirmed.

use std::collections::BTreeMap;

use bgfspec_report::{Deviation, Run};

use super::Outcome;

/// The page, in Markdown.
pub(crate) fn page(date: &str, outcomes: &[(&Run, BTreeMap<&str, Outcome>)]) -> String {
    let mut page = format!(
        "# Quirks, confirmed outside of the suite\n\n\
         Each quirk that the report of {date} attributes to an implementation, and what the exported scenarios that it explains say when they \
         are run on that implementation alone: scripts of plain JavaScript or, where a page must install a service worker, tests for the web \
         platform's suite. No agent, protocol or judge has a part in it. *Fail* says how many of those that were run fail, as they should; the \
         example is one that no other quirk is needed for, where there is one. Made by `cargo dev confirm report/report.json`.\n"
    );
    for (run, outcomes) in outcomes {
        let who = &run.implementation;
        let confirmed = run.causes.iter().filter(|quirk| Row::of(run, &quirk.id, outcomes).is_confirmed()).count();
        page += &format!("\n## {} {} ({})\n\n", who.name, who.version, who.scope);
        page += &format!("{confirmed} of {} quirks are confirmed.\n\n", run.causes.len());
        page += "| quirk | explains | fail | example | what the example shows |\n| --- | --- | --- | --- | --- |\n";
        for quirk in &run.causes {
            page += &Row::of(run, &quirk.id, outcomes).line(&quirk.id, quirk.scenarios);
        }
    }
    page
}

/// What does not fail outside of the suite although it deviates inside, a line each.
pub(crate) fn not_failing(run: &Run, outcomes: &BTreeMap<&str, Outcome>) -> Vec<String> {
    let who = &run.implementation;
    let said = outcomes.iter().filter_map(|(id, outcome)| match outcome {
        Outcome::Said(said) if !fails(said) => Some((id, said)),
        _ => None,
    });
    said.map(|(id, said)| format!("{} in a {}: {id} says {said}", who.name, who.scope)).collect()
}

/// Whether a file fails. A test that does not end shows nothing.
pub(super) fn fails(said: &str) -> bool {
    said == "FAIL" || said.starts_with("FAIL ")
}

/// What is known of one quirk.
struct Row<'r> {
    run: usize,
    failing: Vec<&'r Deviation>,
    /// Why the first that was not run was not, or what it said instead.
    otherwise: Option<String>,
    quirk: &'r str,
}

impl<'r> Row<'r> {
    fn of(run: &'r Run, quirk: &'r str, outcomes: &BTreeMap<&str, Outcome>) -> Self {
        let mut row = Row { run: 0, failing: Vec::new(), otherwise: None, quirk };
        for deviation in run.deviations.iter().filter(|deviation| deviation.quirks.iter().any(|one| one == quirk)) {
            match outcomes.get(deviation.id.as_str()) {
                Some(Outcome::Said(said)) => {
                    row.run += 1;
                    if fails(said) {
                        row.failing.push(deviation);
                    } else {
                        row.otherwise.get_or_insert_with(|| format!("{} says {said}", deviation.id));
                    }
                }
                Some(Outcome::NotRun(reason)) => {
                    row.otherwise.get_or_insert_with(|| reason.clone());
                }
                None => {}
            }
        }
        row
    }

    fn is_confirmed(&self) -> bool {
        !self.failing.is_empty()
    }

    fn line(&self, id: &str, explains: u64) -> String {
        let alone = self.failing.iter().find(|deviation| deviation.quirks == [self.quirk]);
        let (example, shows) = match alone.or(self.failing.first()) {
            Some(deviation) => (format!("`{}`", deviation.id), deviation.title.clone()),
            None => (
                "none".to_owned(),
                format!("not confirmed: {}", self.otherwise.as_deref().unwrap_or("nothing was run")),
            ),
        };
        let shows = bgfspec_report::printable::line(&shows).replace('|', "\\|");
        format!("| {id} | {explains} | {} of {} | {example} | {shows} |\n", self.failing.len(), self.run)
    }
}
