//! Confirms quirks outside of the suite.
//!
//! For each run of a report and each quirk that it attributes, the deviating scenarios that the quirk explains are exported and run on
//! that implementation without agent, protocol and judge. Each is run twice: it has to fail, and it has to pass once it expects what the suite
//! observed, so that nothing else made it fail. Prints a page of tables. What fails otherwise than in the suite
//! counts as not run, with the reason. What does not fail is listed, and makes the exit status 1: the export, an agent or the judge is wrong
//! then.

mod llrt;
mod page;
mod workerd;

use std::collections::BTreeMap;
use std::path::PathBuf;

use bgfspec::catalogue::Catalogue;
use bgfspec::export::export;
use bgfspec::scenario::Scenario;
use bgfspec_report::{Deviation, Run};
use bgfspec_reports::export::{File, script, wpt};

use super::{browsers, hosts, report};

/// Of `cargo dev confirm`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A report.json
    report: PathBuf,
    /// Only the runs of these implementations
    vendors: Vec<String>,
}

/// What came of a deviating scenario outside of the suite.
enum Outcome {
    /// The file said this.
    Said(String),
    /// It can't be exported, or nobody can run it.
    NotRun(String),
}

/// Prints the page.
pub(crate) fn confirm(arguments: &Arguments) -> super::Outcome {
    let report = report(&arguments.report)?;
    let catalogue = Catalogue::load();
    let runs = report.runs.iter().filter(|run| !run.causes.is_empty());
    let runs = runs.filter(|run| arguments.vendors.is_empty() || arguments.vendors.contains(&run.implementation.name));
    let outcomes: Vec<(&Run, BTreeMap<&str, Outcome>)> = runs.map(|run| (run, outcomes(run, &catalogue))).collect();
    print!("{}", page::page(&report.date, &outcomes));
    let wrong: Vec<String> = outcomes.iter().flat_map(|(run, outcomes)| page::not_failing(run, outcomes)).collect();
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n").into()) }
}

/// Runs what can be exported of a run's explained deviations, by their ids.
fn outcomes<'r>(run: &'r Run, catalogue: &Catalogue) -> BTreeMap<&'r str, Outcome> {
    let explained = run.deviations.iter().filter(|deviation| !deviation.quirks.is_empty());
    let (mut outcomes, mut jobs) = (BTreeMap::new(), Vec::new());
    for deviation in explained {
        for expects in [Expects::WhatIsPermitted, Expects::WhatWasObserved] {
            match files(deviation, catalogue, &run.implementation.scope, expects) {
                Ok(files) => jobs.push((deviation.id.as_str(), expects, files)),
                Err(reason) => {
                    outcomes.entry(deviation.id.as_str()).or_insert(Outcome::NotRun(reason));
                }
            }
        }
    }
    // A fetch that has no answer may hold up all after it, so those that get one come first.
    let waits = |files: &[File]| files.iter().any(|file| file.text.contains("delay=30000"));
    jobs.sort_by_key(|(_, _, files)| waits(files));
    let asked: Vec<(&str, Expects)> = jobs.iter().map(|(id, expects, _)| (*id, *expects)).collect();
    let jobs = jobs.into_iter().map(|(.., files)| files).collect();
    match play(&run.implementation.name, &run.implementation.scope, jobs) {
        Ok(said) => {
            let mut observed = BTreeMap::new();
            let missing = std::iter::repeat_with(|| "NO ANSWER".to_owned());
            for ((id, expects), said) in asked.into_iter().zip(said.into_iter().chain(missing)) {
                match expects {
                    Expects::WhatIsPermitted => drop(outcomes.insert(id, Outcome::Said(said))),
                    Expects::WhatWasObserved => drop(observed.insert(id, said)),
                }
            }
            for (id, said) in observed {
                let fails = matches!(outcomes.get(id), Some(Outcome::Said(first)) if page::fails(first));
                if fails && said != "PASS" {
                    let why =
                        format!("the file fails, but not as in the suite: with what was observed there it says {said}");
                    outcomes.insert(id, Outcome::NotRun(why));
                }
            }
        }
        Err(reason) => outcomes.extend(asked.into_iter().map(|(id, _)| (id, Outcome::NotRun(reason.clone())))),
    }
    outcomes
}

/// What an exported file compares with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Expects {
    WhatIsPermitted,
    WhatWasObserved,
}

/// A script; where only a page can install a service worker for it, a test for the web platform's suite.
fn files(deviation: &Deviation, catalogue: &Catalogue, scope: &str, expects: Expects) -> Result<Vec<File>, String> {
    let scenario: Scenario = serde_json::from_value(deviation.scenario.clone()).map_err(|error| error.to_string())?;
    let mut facts = export(catalogue, &scenario)?;
    if expects == Expects::WhatWasObserved {
        facts.permitted = vec![deviation.observed.clone()];
    }
    match script(&facts) {
        Ok(text) => Ok(vec![File { path: "script.js".to_owned(), text }]),
        Err(_) if scope == "service-worker" => wpt(&facts),
        Err(reason) => Err(reason),
    }
}

/// Runs files on an implementation.
fn play(name: &str, scope: &str, jobs: Vec<Vec<File>>) -> Result<Vec<String>, String> {
    let texts: Vec<&str> = jobs.iter().map(|files| files[0].text.as_str()).collect();
    if let Some(host) = hosts::Host::named(name) {
        return Ok(host.run_all(&texts));
    }
    match name {
        "llrt" => return Ok(texts.into_iter().map(llrt::run).collect()),
        "workerd" => return workerd::run_all(&texts),
        _ => {}
    }
    let browser = browsers::Browser::named(name).ok_or("it is not on this machine")?;
    let scope = ["window", "worker", "service-worker"].into_iter().find(|known| *known == scope);
    let scope = scope.ok_or("nobody knows how to run files there")?;
    let jobs: Vec<browsers::Job> = jobs.into_iter().map(|files| browsers::Job { scope, files }).collect();
    Ok(browser.run_all(&jobs))
}
