//! Diagnoses the runs of a report again, with the quirks that there are now. What stays unexplained is
//! listed, with where it departs and which quirks would explain it if nothing contradicted them. The scenarios of the report must
//! be those of the catalogue.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Instant;

use bgfspec::catalogue::Catalogue;
use bgfspec::diagnosis::{self, Case, contradicting, explaining};
use bgfspec::runner::Options;
use bgfspec::scenario::{Capability, Scenario};
use bgfspec_report::Run;

use super::{Outcome, report};

/// Of `cargo dev diagnose`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A report.json
    report: PathBuf,
    /// Only the runs of this implementation
    name: Option<String>,
    /// List the explained deviations too
    #[arg(long)]
    all: bool,
}

/// Diagnoses the runs, one after the other.
pub(crate) fn diagnose(arguments: &Arguments) -> Outcome {
    let report = report(&arguments.report)?;
    let name = &arguments.name;
    let catalogue = Catalogue::load();
    let selection = Options {
        filter: report.selection.filter.clone(),
        capability: report.selection.capability.as_deref().and_then(Capability::named),
        ..Options::default()
    };
    for run in report.runs.iter().filter(|run| name.as_ref().is_none_or(|name| run.implementation.name == *name)) {
        again(run, &catalogue, &selection, arguments.all)?;
    }
    Ok(())
}

fn again(run: &Run, catalogue: &Catalogue, selection: &Options, all: bool) -> Outcome {
    let has = |capability: &Capability| run.implementation.capabilities.iter().any(|name| *name == capability.name());
    let capabilities: Vec<Capability> = Capability::ALL.into_iter().filter(has).collect();
    let able: BTreeSet<Capability> = capabilities.iter().copied().collect();
    let mut others: BTreeSet<String> = run.deviations.iter().map(|deviation| deviation.id.clone()).collect();
    for failure in run.failures.iter().filter_map(|failure| failure.scenario.clone()) {
        others.insert(serde_json::from_value::<Scenario>(failure)?.id());
    }
    let conforming = catalogue.scenarios.iter().filter(|scenario| {
        selection.wants(scenario) && scenario.capabilities().is_subset(&able) && !others.contains(&scenario.id())
    });
    let conforming: Vec<&Scenario> = conforming.collect();
    let mut cases = Vec::new();
    for deviation in &run.deviations {
        let scenario = serde_json::from_value(deviation.scenario.clone())?;
        cases.push(Case { scenario, observed: deviation.observed.clone() });
    }
    let begun = Instant::now();
    let diagnosis = diagnosis::diagnose(&cases, &conforming, &capabilities);
    let took = begun.elapsed();
    let explained = cases.len() as u64 - diagnosis.unexplained();
    let (name, scope) = (&run.implementation.name, &run.implementation.scope);
    println!("{name} ({scope}): {explained} of {} explained in {:.1} s", cases.len(), took.as_secs_f64());
    for (quirk, part) in &diagnosis.quirks {
        println!("  {part:>4} {}", quirk.id());
    }
    for ((deviation, case), quirks) in run.deviations.iter().zip(&cases).zip(&diagnosis.cases) {
        if quirks.is_empty() {
            println!("  {} {}: {}", deviation.id, deviation.title, deviation.explanation);
            for quirk in explaining(case, &capabilities) {
                let against = contradicting(quirk, &conforming, &capabilities);
                let titles: Vec<&str> = against.iter().take(3).map(|scenario| scenario.title.as_str()).collect();
                println!("    not {}, which {} contradict: {}", quirk.id(), against.len(), titles.join("; "));
            }
        } else if all {
            let ids: Vec<&str> = quirks.iter().map(|quirk| quirk.id()).collect();
            println!("  + {} {}: {}", deviation.id, deviation.title, ids.join(", "));
        }
    }
    Ok(())
}
