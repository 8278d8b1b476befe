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
    /// Only this many verdicts of browsers, spread evenly over them, their scopes, and what deviates and conforms
    #[arg(long, value_name = "COUNT")]
    draw: Option<usize>,
}

/// Runs the files and compares.
pub(crate) fn export_sweep(arguments: &Arguments) -> Outcome {
    let report = report(&arguments.report)?;
    let catalogue = Catalogue::load();
    let facts: Vec<Export> =
        catalogue.scenarios.iter().map(|scenario| export(&catalogue, scenario)).collect::<Result<_, _>>()?;
    let scripts: Vec<(&Export, String)> = facts.iter().filter_map(|facts| Some((facts, script(facts).ok()?))).collect();
    let tests: Vec<Test<'_>> = facts.iter().filter_map(|facts| Some((facts, wpt(facts).ok()?))).collect();
    println!("{} scenarios are {} scripts and {} tests.", facts.len(), scripts.len(), tests.len());
    let is_asked = |name: &String| arguments.vendors.is_empty() || arguments.vendors.contains(name);
    let runs: Vec<&Run> = report.runs.iter().filter(|run| is_asked(&run.implementation.name)).collect();
    if let Some(count) = arguments.draw {
        return reproduce(&drawn(&runs, &tests, count));
    }
    let mut differ = 0;
    for run in runs {
        let name = run.implementation.name.as_str();
        if let Some(host) = hosts::Host::named(name) {
            let scripts: Vec<&(&Export, String)> = scripts.iter().filter(|(facts, _)| applies(run, facts)).collect();
            let texts: Vec<&str> = scripts.iter().map(|(_, text)| text.as_str()).collect();
            let facts: Vec<&Export> = scripts.iter().map(|(facts, _)| *facts).collect();
            differ += compare(run, &facts, &host.run_all(&texts));
        } else if let Some(browser) = browsers::Browser::named(name) {
            let tests = suitable(run, &tests);
            let facts: Vec<&Export> = tests.iter().map(|(facts, _)| *facts).collect();
            differ += compare(run, &facts, &browser.run_all(&jobs(run, &tests)));
        }
    }
    if differ == 0 { Ok(()) } else { Err(format!("{differ} files do not say what the report says").into()) }
}

/// A scenario and the files of its test.
type Test<'e> = (&'e Export, Vec<File>);

/// Returns the tests that decide something where a browser was run.
fn suitable<'t, 'e>(run: &Run, tests: &'t [Test<'e>]) -> Vec<&'t Test<'e>> {
    let suits = |path: &str| match run.implementation.scope.as_str() {
        "window" => !path.contains(".https."),
        "worker" => path.ends_with(".any.js"),
        _ => path.contains(".https."),
    };
    tests.iter().filter(|(facts, files)| applies(run, facts) && suits(&files[0].path)).collect()
}

fn jobs(run: &Run, tests: &[&Test<'_>]) -> Vec<browsers::Job> {
    let scope = if run.implementation.scope == "worker" { "worker" } else { "window" };
    tests.iter().map(|(_, files)| browsers::Job { scope, files: files.clone() }).collect()
}

/// Draws tests of the browsers among the runs: half of them deviate and half conform, as far as there are enough.
fn drawn<'r, 't, 'e>(runs: &[&'r Run], tests: &'t [Test<'e>], count: usize) -> Vec<(&'r Run, Vec<&'t Test<'e>>)> {
    let is_browser = |run: &&&Run| ["chromium", "firefox", "webkit"].contains(&run.implementation.name.as_str());
    let mut runs: Vec<&Run> = runs.iter().filter(is_browser).copied().collect();
    // What is left over of an even share goes to the first ones, one of each browser after the other.
    runs.sort_by_key(|run| (&run.implementation.scope, &run.implementation.name));
    let shares = runs.len() * 2;
    let share = |number: usize| count / shares + usize::from(number < count % shares);
    let of_run = |(number, run): (usize, &&'r Run)| {
        let fits = suitable(run, tests).into_iter().filter(|(facts, _)| !failed(run, facts));
        let (deviating, conforming): (Vec<_>, Vec<_>) = fits.partition(|(facts, _)| deviates(run, facts));
        let tests = spread(&deviating, share(number)).chain(spread(&conforming, share(runs.len() + number)));
        (*run, tests.collect())
    };
    runs.iter().enumerate().map(of_run).collect()
}

/// Picks `count` items of a list, at even distances.
fn spread<'l, T: Copy>(list: &'l [T], count: usize) -> impl Iterator<Item = T> + 'l {
    let count = count.min(list.len());
    (0..count).map(move |number| list[number * list.len() / count])
}

/// Plays tests and says how many verdicts they reproduce.
fn reproduce(drawn: &[(&Run, Vec<&Test<'_>>)]) -> Outcome {
    let (mut all, mut differ) = (0, 0);
    for (run, tests) in drawn {
        let browser = browsers::Browser::named(&run.implementation.name);
        let said = browser.map(|browser| browser.run_all(&jobs(run, tests))).unwrap_or_default();
        let facts: Vec<&Export> = tests.iter().map(|(facts, _)| *facts).collect();
        all += tests.len();
        differ += compare(run, &facts, &said);
    }
    println!("{} of {all} published verdicts are reproduced.", all - differ);
    if differ == 0 && all > 0 { Ok(()) } else { Err(format!("{differ} verdicts are not reproduced").into()) }
}

/// Whether an implementation was judged by a scenario.
fn applies(run: &Run, facts: &Export) -> bool {
    let there = &run.implementation.capabilities;
    // A report from before a capability was told from the others says nothing of it; those of script are wherever files run.
    facts.capabilities.iter().all(|one| there.contains(one) || one == "script" || one == "exceptions")
}

fn deviates(run: &Run, facts: &Export) -> bool {
    run.deviations.iter().any(|deviation| deviation.id == facts.id)
}

/// Whether the suite itself could not tell.
fn failed(run: &Run, facts: &Export) -> bool {
    run.failures.iter().any(|failure| failure.title == facts.title())
}

/// Compares what files say with the report; gives how many say something else.
fn compare(run: &Run, facts: &[&Export], said: &[String]) -> usize {
    let (mut same, mut differ) = ([0, 0], facts.len() - said.len());
    for (facts, said) in facts.iter().zip(said) {
        let (deviates, failed) = (deviates(run, facts), failed(run, facts));
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
