//! Confirms quirks outside of the suite.
//!
//! For each run of a report and each quirk that it attributes, the deviating scenarios that the quirk explains are exported and run on
//! that implementation without agent, protocol and judge. Prints a page of tables; what does not fail there is listed, and makes the exit
//! status 1: the export, an agent or the judge is wrong then.

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
        match files(deviation, catalogue, &run.implementation.scope) {
            Ok(files) => jobs.push((deviation.id.as_str(), files)),
            Err(reason) => {
                outcomes.insert(deviation.id.as_str(), Outcome::NotRun(reason));
            }
        }
    }
    // A fetch that has no answer may hold up all after it, so those that get one come first.
    let waits = |files: &[File]| files.iter().any(|file| file.text.contains("delay=30000"));
    jobs.sort_by_key(|(_, files): &(&str, Vec<File>)| waits(files));
    let (ids, jobs): (Vec<&str>, Vec<Vec<File>>) = jobs.into_iter().unzip();
    match play(&run.implementation.name, &run.implementation.scope, jobs) {
        Ok(said) => {
            let missing = std::iter::repeat_with(|| "NO ANSWER".to_owned());
            outcomes.extend(ids.into_iter().zip(said.into_iter().chain(missing).map(Outcome::Said)));
        }
        Err(reason) => outcomes.extend(ids.into_iter().map(|id| (id, Outcome::NotRun(reason.clone())))),
    }
    outcomes
}

/// A script; where only a page can install a service worker for it, a test for the web platform's suite.
fn files(deviation: &Deviation, catalogue: &Catalogue, scope: &str) -> Result<Vec<File>, String> {
    let scenario: Scenario = serde_json::from_value(deviation.scenario.clone()).map_err(|error| error.to_string())?;
    let facts = export(catalogue, &scenario)?;
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
