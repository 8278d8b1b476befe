//! Plays the catalogue on a mutated model, and compares with what the model permits when it is not mutated.
//!
//! `run.sh` puts this into a copy of the model. The first run, before anything is mutated, writes what is permitted.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use parts::scenario::{Capability, Scenario};
use parts::trace::{Trace, counted};
use parts::written::scenarios_from_json;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use crate::reference::{Reference, View};

/// So many runs are tried for a scenario.
const MOST_RUNS: usize = 20_000;

/// A scenario that takes longer than this never ends.
const PATIENCE: Duration = Duration::from_secs(3);

static PLAYED: AtomicUsize = AtomicUsize::new(0);

/// What the model permits, by the id of the scenario.
type Permitted = BTreeMap<String, Vec<String>>;

#[test]
fn every_trace_is_permitted() {
    watch();
    let file = std::env::var_os("BGFSPEC_PERMITTED").expect("run.sh names the file");
    let folder = std::env::var_os("BGFSPEC_SCENARIOS").expect("run.sh names the folder");
    let scenarios = scenarios(Path::new(&folder));
    let mut reference = Reference::new();
    let Ok(text) = std::fs::read_to_string(&file) else {
        let permitted: Permitted =
            scenarios.iter().map(|scenario| (scenario.id(), permitted(&mut reference, scenario))).collect();
        std::fs::write(&file, serde_json::to_string(&permitted).expect("a map")).expect("the file can be written");
        return;
    };
    let permitted: Permitted = serde_json::from_str(&text).expect("what was written");
    let caught: Vec<&str> = scenarios
        .iter()
        .filter(|scenario| !permitted[&scenario.id()].contains(&played(&mut reference, scenario)))
        .map(|scenario| scenario.title.as_str())
        .collect();
    assert!(caught.is_empty(), "caught by {}: {:?}", caught.len(), caught.iter().take(5).collect::<Vec<_>>());
}

fn scenarios(folder: &Path) -> Vec<Scenario> {
    let mut files: Vec<_> = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("a file").path()).collect();
    files.sort();
    let read = |file| scenarios_from_json(&std::fs::read_to_string(file).expect("a file")).expect("scenarios");
    files.iter().flat_map(read).collect()
}

/// What counts of the trace that the default run sees.
fn played(reference: &mut Reference, scenario: &Scenario) -> String {
    PLAYED.fetch_add(1, Ordering::Relaxed);
    let program = reference.compile(scenario).expect("a scenario of the catalogue");
    let digest = Sha256::digest(format!("0 {}", scenario.id()));
    let choices: Vec<u8> = digest.iter().map(|byte| byte % 2).collect();
    what_counts(scenario, reference.play(&program, View { reported: true, unhandled: true }, &choices).trace)
}

fn permitted(reference: &mut Reference, scenario: &Scenario) -> Vec<String> {
    let program = reference.compile(scenario).expect("a scenario of the catalogue");
    let traces = reference.permitted(&program, View { reported: true, unhandled: true }, MOST_RUNS);
    PLAYED.fetch_add(1, Ordering::Relaxed);
    let mut parts: Vec<String> = traces.into_iter().map(|trace| what_counts(scenario, trace)).collect();
    parts.sort();
    parts.dedup();
    parts
}

fn what_counts(scenario: &Scenario, trace: String) -> String {
    let capabilities: Vec<Capability> = Capability::ALL.into_iter().collect();
    let observations = Trace(trace).observations().expect("the model gives traces");
    let parts = counted(&observations, scenario, &capabilities);
    Json::Array(parts.into_iter().map(|(_, part)| part).collect()).to_string()
}

/// Ends the process when a scenario does not end.
fn watch() {
    std::thread::spawn(|| {
        let mut before = PLAYED.load(Ordering::Relaxed);
        loop {
            std::thread::sleep(PATIENCE);
            let now = PLAYED.load(Ordering::Relaxed);
            if now == before && now > 0 {
                eprintln!("caught: scenario {now} does not end");
                std::process::exit(101);
            }
            before = now;
        }
    });
}
