//! Runs every file that can be exported outside of the suite, and compares with a report of the suite's. Hosts run scripts,
//! browsers the tests for the web platform's suite. What differs is a fault of the export, of an agent or of the judge.

use std::path::PathBuf;

use bgfspec::catalogue::Catalogue;
use bgfspec::export::export;
use bgfspec_report::Run;
use bgfspec_reports::export::{Export, File, script, wpt};

use super::{Outcome, browsers, hosts, report};

/// Of `cargo dev export-sweep`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A report.json
    report: PathBuf,
    /// Only the runs of these implementations
    vendors: Vec<String>,
}

/// Runs the files and compares.
pub(crate) fn export_sweep(arguments: &Arguments) -> Outcome {
    let report = report(&arguments.report)?;
    let catalogue = Catalogue::load();
    let facts: Vec<Export> =
        catalogue.scenarios.iter().map(|scenario| export(&catalogue, scenario)).collect::<Result<_, _>>()?;
    let scripts: Vec<(&Export, String)> = facts.iter().filter_map(|facts| Some((facts, script(facts).ok()?))).collect();
    let tests: Vec<(&Export, Vec<File>)> = facts.iter().filter_map(|facts| Some((facts, wpt(facts).ok()?))).collect();
    println!("{} scenarios are {} scripts and {} tests.", facts.len(), scripts.len(), tests.len());
    let mut differ = 0;
    for run in &report.runs {
        let (name, scope) = (run.implementation.name.as_str(), run.implementation.scope.as_str());
        if !arguments.vendors.is_empty() && !arguments.vendors.iter().any(|one| one == name) {
            continue;
        }
        if let Some(host) = hosts::Host::named(name) {
            let scripts: Vec<&(&Export, String)> = scripts.iter().filter(|(facts, _)| applies(run, facts)).collect();
            let texts: Vec<&str> = scripts.iter().map(|(_, text)| text.as_str()).collect();
            let facts: Vec<&Export> = scripts.iter().map(|(facts, _)| *facts).collect();
            differ += compare(run, &facts, &host.run_all(&texts));
        } else if let Some(browser) = browsers::Browser::named(name) {
            let suits = |path: &str| match scope {
                "window" => !path.contains(".https."),
                "worker" => path.ends_with(".any.js"),
                _ => path.contains(".https."),
            };
            let fits = |(facts, files): &&(&Export, Vec<File>)| applies(run, facts) && suits(&files[0].path);
            let tests: Vec<&(&Export, Vec<File>)> = tests.iter().filter(fits).collect();
            let scope = if scope == "worker" { "worker" } else { "window" };
            let jobs: Vec<browsers::Job> =
                tests.iter().map(|(_, files)| browsers::Job { scope, files: files.clone() }).collect();
            let facts: Vec<&Export> = tests.iter().map(|(facts, _)| *facts).collect();
            differ += compare(run, &facts, &browser.run_all(&jobs));
        }
    }
    if differ == 0 { Ok(()) } else { Err(format!("{differ} files do not say what the report says").into()) }
}

/// Whether an implementation was judged by a scenario.
fn applies(run: &Run, facts: &Export) -> bool {
    let there = &run.implementation.capabilities;
    // A report from before a capability was told from the others says nothing of it; those of script are wherever files run.
    facts.capabilities.iter().all(|one| there.contains(one) || one == "script" || one == "exceptions")
}

/// Compares what files say with the report; gives how many say something else.
fn compare(run: &Run, facts: &[&Export], said: &[String]) -> usize {
    let (mut same, mut differ) = ([0, 0], facts.len() - said.len());
    for (facts, said) in facts.iter().zip(said) {
        let deviates = run.deviations.iter().any(|deviation| deviation.id == facts.id);
        let failed = run.failures.iter().any(|failure| failure.title == facts.title());
        match (said.split(' ').next().unwrap_or_default(), deviates) {
            ("PASS", false) => same[0] += 1,
            ("FAIL", true) => same[1] += 1,
            _ if failed => println!("  {said} where the suite could not tell: {}: {}", facts.id, facts.title()),
            _ => {
                differ += 1;
                println!("  {said}, not {}: {}: {}", if deviates { "FAIL" } else { "PASS" }, facts.id, facts.title());
            }
        }
    }
    let who = &run.implementation;
    println!(
        "{} in a {}: {} pass and {} fail as the report says, {differ} differ.",
        who.name, who.scope, same[0], same[1]
    );
    differ
}
