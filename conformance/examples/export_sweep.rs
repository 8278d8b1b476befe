//! Runs every script that can be exported on every host outside of the suite, and compares with a report of the suite's:
//! `cargo run --example export_sweep -- report/report.json [VENDOR]...`. What differs is a fault of the export, of an agent or of
//! the judge.

#[path = "../tests/exports/hosts.rs"]
#[expect(dead_code, reason = "tests run scripts one by one as well")]
mod hosts;

use std::error::Error;

use bgfspec::catalogue::Catalogue;
use bgfspec::export::export;
use bgfspec_reports::export::{Export, script};
use bgfspec_reports::report::{Report, Run};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().ok_or("usage: export_sweep REPORT.json [VENDOR]...")?;
    let wanted: Vec<String> = arguments.collect();
    let report: Report = serde_json::from_str(&std::fs::read_to_string(file)?)?;
    let catalogue = Catalogue::load();
    let mut scripts: Vec<(Export, String)> = Vec::new();
    for scenario in &catalogue.scenarios {
        let facts = export(&catalogue, scenario)?;
        if let Ok(text) = script(&facts) {
            scripts.push((facts, text));
        }
    }
    println!("{} of {} scenarios are scripts.", scripts.len(), catalogue.scenarios.len());
    let mut differ = 0;
    for run in &report.runs {
        let name = run.implementation.name.as_str();
        if !wanted.is_empty() && !wanted.iter().any(|one| one == name) {
            continue;
        }
        if let Some(host) = hosts::Host::named(name) {
            differ += compare(run, &host, &scripts);
        }
    }
    if differ == 0 { Ok(()) } else { Err(format!("{differ} scripts do not say what the report says").into()) }
}

/// Runs the scripts that the run's implementation was judged by; gives how many say something else.
fn compare(run: &Run, host: &hosts::Host, scripts: &[(Export, String)]) -> usize {
    let there = &run.implementation.capabilities;
    let applies = |facts: &Export| facts.capabilities.iter().all(|capability| there.contains(capability));
    let scripts: Vec<&(Export, String)> = scripts.iter().filter(|(facts, _)| applies(facts)).collect();
    let texts: Vec<&str> = scripts.iter().map(|(_, text)| text.as_str()).collect();
    let (mut same, mut differ) = ([0, 0], 0);
    for ((facts, _), said) in scripts.iter().zip(host.run_all(&texts)) {
        let deviates = run.deviations.iter().any(|deviation| deviation.id == facts.id);
        let failed = run.failures.iter().any(|failure| failure.title == facts.title());
        match (said.as_str(), deviates) {
            ("PASS", false) => same[0] += 1,
            ("FAIL", true) => same[1] += 1,
            _ if failed => println!("  {said} where the suite could not tell: {}: {}", facts.id, facts.title()),
            _ => {
                differ += 1;
                println!("  {said}, not {}: {}: {}", if deviates { "FAIL" } else { "PASS" }, facts.id, facts.title());
            }
        }
    }
    let name = &run.implementation.name;
    println!("{name}: {} pass and {} fail as the report says, {differ} differ.", same[0], same[1]);
    differ
}
