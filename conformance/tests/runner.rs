//! What deviates is played again before it is believed, and the order of play changes nothing.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use bgfspec::adapter::reference::ReferenceAdapter;
use bgfspec::adapter::{Adapter, Failure, Identity};
use bgfspec::catalogue::Catalogue;
use bgfspec::runner::{self, Options, Order, Silent, Start};
use bgfspec::scenario::{Capability, Detail, Operation, Scenario};
use bgfspec::trace::Trace;
use bgfspec_report::{FailureKind, Run, Verdict};
use rstest::rstest;
use serde_json::{Value, json};

/// What becomes of a culprit's trace when it is played for the so-manieth time, from zero.
type Spoil = fn(usize, &mut Vec<Value>) -> Result<(), Failure>;

/// The same where it holds on to something.
type SpoilWith = dyn Fn(usize, &mut Vec<Value>) -> Result<(), Failure> + Send;

/// The reference, but for what it does to some scenarios.
struct Fake {
    reference: ReferenceAdapter,
    culprits: BTreeSet<String>,
    spoil: Box<SpoilWith>,
    played: Arc<Mutex<Vec<String>>>,
}

impl Adapter for Fake {
    fn identity(&self) -> Identity {
        Identity { name: "fake".to_owned(), version: "1".to_owned(), scope: "library".to_owned() }
    }

    fn capabilities(&self) -> BTreeSet<Capability> {
        self.reference.capabilities()
    }

    fn run(&mut self, scenario: &Scenario) -> Result<Trace, Failure> {
        let id = scenario.id();
        let mut played = self.played.lock().expect("nobody panicked");
        let before = played.iter().filter(|other| **other == id).count();
        played.push(id.clone());
        let trace = self.reference.run(scenario)?;
        if !self.culprits.contains(&id) {
            return Ok(trace);
        }
        let mut observations = trace.observations().expect("the reference gives a trace");
        (self.spoil)(before, &mut observations)?;
        Ok(Trace(serde_json::to_string(&observations).expect("observations are JSON")))
    }
}

/// A run of the fake, and the ids of what it played, in order.
fn run(
    culprits: &[&Scenario],
    spoil: impl Fn(usize, &mut Vec<Value>) -> Result<(), Failure> + Send + 'static,
    options: &Options,
    stop: &Arc<AtomicBool>,
) -> (Run, Vec<String>) {
    let culprits = culprits.iter().map(|scenario| scenario.id()).collect();
    let played = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&played);
    let start: Start = Box::new(move || {
        Ok(Box::new(Fake { reference: ReferenceAdapter::default(), culprits, spoil: Box::new(spoil), played: log }))
    });
    let run = runner::run(start, &Catalogue::load(), options, stop, &mut Silent).expect("the fake starts");
    let played = played.lock().expect("nobody panicked").clone();
    (run, played)
}

fn only(filter: &str) -> Options {
    Options { filter: Some(filter.to_owned()), ..Options::default() }
}

fn note(text: &str, trace: &mut Vec<Value>) -> Result<(), Failure> {
    trace.push(json!({ "noted": text }));
    Ok(())
}

/// The scenarios of an area.
fn scenarios(catalogue: &Catalogue, area: &str) -> Vec<Scenario> {
    let of = |scenario: &&Scenario| scenario.requirements.iter().any(|id| id.starts_with(area));
    catalogue.scenarios.iter().filter(of).cloned().collect()
}

fn verdict(run: &Run, id: &str) -> Verdict {
    run.requirements.iter().find(|outcome| outcome.id == id).expect("the requirement is judged").verdict
}

#[test]
fn a_deviation_that_comes_back_is_reported_after_two_plays() {
    let scenarios = scenarios(&Catalogue::load(), "MUT-");
    let culprit = &scenarios[3];
    let (run, played) = run(&[culprit], |_, trace| note("always", trace), &only("MUT-"), &Arc::default());
    let [deviation] = run.deviations.as_slice() else { panic!("one scenario deviates: {:#?}", run.deviations) };
    assert_eq!(deviation.id, culprit.id());
    assert_eq!(verdict(&run, &culprit.requirements[0]), Verdict::Deviates);
    assert!(run.complete && run.failures.is_empty());
    assert_eq!(run.scenarios as usize, scenarios.len());
    let twice = |id: &&String| played.iter().filter(|other| other == id).count() == 2;
    assert_eq!(played.iter().filter(twice).collect::<BTreeSet<_>>(), BTreeSet::from([&culprit.id()]));
    assert_eq!(played.len(), scenarios.len() + 1, "nothing else is played again");
}

#[test]
fn a_trace_that_does_not_come_back_is_no_deviation() {
    let spoils: [Spoil; 2] = [
        // Another deviation each time.
        |times, trace| note(&format!("time {times}"), trace),
        // None the second time.
        |times, trace| if times == 0 { note("time 0", trace) } else { Ok(()) },
    ];
    for spoil in spoils {
        let scenarios = scenarios(&Catalogue::load(), "MUT-");
        let culprit = &scenarios[3];
        let (run, _) = run(&[culprit], spoil, &only("MUT-"), &Arc::default());
        assert!(run.deviations.is_empty() && !run.deviates(), "{:#?}", run.deviations);
        let [failure] = run.failures.as_slice() else { panic!("one scenario is unstable: {:#?}", run.failures) };
        assert_eq!((failure.kind, &failure.title), (FailureKind::Unstable, &culprit.title));
        assert!(failure.message.starts_with("it gave different traces when it was played again"), "{failure:?}");
        assert!(failure.message.contains("time 0"), "{failure:?}");
        assert!(run.complete && !run.conforms());
        for outcome in &run.requirements {
            let blamed = culprit.requirements.contains(&outcome.id);
            let expected = if blamed { Verdict::Inconclusive } else { Verdict::Conforms };
            assert_eq!(outcome.verdict, expected, "{}", outcome.id);
        }
    }
}

#[test]
fn a_detail_that_does_not_count_makes_no_trace_another() {
    let mut reference = ReferenceAdapter::default();
    let catalogue = Catalogue::load();
    let mut blind = catalogue.scenarios.iter().filter(|scenario| !scenario.observe.counts(Detail::This));
    let culprit = blind.find(|scenario| reference.run(scenario).is_ok_and(|trace| trace.0.contains("\"this\"")));
    let culprit = culprit.expect("a scenario calls somebody and does not look at `this`");
    let spoil: Spoil = |times, trace| {
        for called in trace.iter_mut().filter(|item| item.get("this").is_some()) {
            called["this"] = json!(format!("time {times}"));
        }
        note("always", trace)
    };
    let (run, _) = run(&[culprit], spoil, &only(&culprit.title), &Arc::default());
    assert_eq!(run.deviations.len(), 1, "{:#?}", run.failures);
    assert!(run.failures.is_empty());
}

#[test]
fn who_fails_to_play_again_does_not_deviate() {
    let scenarios = scenarios(&Catalogue::load(), "MUT-");
    let spoil: Spoil = |times, trace| match times {
        0 => note("once", trace),
        _ => Err(Failure::Timeout("no answer".to_owned())),
    };
    let (run, _) = run(&[&scenarios[3]], spoil, &only("MUT-"), &Arc::default());
    assert!(run.deviations.is_empty());
    assert_eq!(run.failures[0].kind, FailureKind::Timeout);
    assert!(run.failures[0].message.contains("played again: no answer"), "{:?}", run.failures);
}

#[test]
fn an_implementation_that_always_deviates_is_judged_whole() {
    let catalogue = Catalogue::load();
    let all: Vec<&Scenario> = catalogue.scenarios.iter().collect();
    let (run, played) = run(&all, |_, trace| note("always", trace), &Options::default(), &Arc::default());
    assert!(run.complete);
    assert_eq!(run.deviations.len(), all.len());
    assert_eq!(played.len(), 2 * all.len());
    let ids: Vec<String> = run.deviations.iter().map(|deviation| deviation.id.clone()).collect();
    assert_eq!(ids, all.iter().map(|scenario| scenario.id()).collect::<Vec<_>>(), "in the order of the catalogue");
}

#[test]
fn what_was_not_played_again_before_the_end_is_not_reported() {
    let catalogue = Catalogue::load();
    let last = catalogue.scenarios.last().expect("there are scenarios");
    let stop = Arc::new(AtomicBool::new(false));
    // The user ends the run while the last scenario is played: it can't be played again.
    let asked = Arc::clone(&stop);
    let spoil = move |_, trace: &mut Vec<Value>| {
        asked.store(true, Ordering::Relaxed);
        note("always", trace)
    };
    let (run, played) = run(&[last], spoil, &Options::default(), &stop);
    assert_eq!(played.len(), catalogue.scenarios.len());
    assert_eq!(run.scenarios as usize, catalogue.scenarios.len() - 1);
    assert!(!run.complete && run.deviations.is_empty() && run.failures.is_empty());
}

#[test]
fn a_shuffled_run_gives_the_same_report() {
    let catalogue = Catalogue::load();
    let culprits: Vec<&Scenario> = catalogue.scenarios.iter().step_by(7).collect();
    let spoil: Spoil = |times, trace| match trace.len() % 3 {
        0 => note(&format!("time {times}"), trace),
        1 => note("always", trace),
        _ => Err(Failure::Crash("it is gone".to_owned())),
    };
    let with = |order| {
        let options = Options { order, ..Options::default() };
        let (mut run, played) = run(&culprits, spoil, &options, &Arc::default());
        (run.elapsed_ms, run.playing_ms) = (0, 0);
        (run, played)
    };
    let (plain, in_order) = with(Order::Catalogue);
    assert!(plain.deviations.len() > 10 && plain.failures.len() > 10, "there is something to order");
    for seed in [1, 2] {
        let (shuffled, played) = with(Order::Shuffled(seed));
        assert_ne!(played, in_order);
        assert_eq!(shuffled, plain);
        assert_eq!(with(Order::Shuffled(seed)).1, played, "the same seed, the same order");
    }
    assert_ne!(with(Order::Shuffled(1)).1, with(Order::Shuffled(2)).1);
}

#[test]
fn the_reference_conforms_in_any_order() {
    let start = || -> Start { Box::new(|| Ok(Box::new(ReferenceAdapter::new(5)))) };
    let with = |order| {
        let options = Options { order, ..Options::default() };
        let mut run =
            runner::run(start(), &Catalogue::load(), &options, &Arc::default(), &mut Silent).expect("it runs");
        (run.elapsed_ms, run.playing_ms) = (0, 0);
        run
    };
    let plain = with(Order::Catalogue);
    assert!(plain.conforms());
    assert_eq!(with(Order::Shuffled(5)), plain);
}

/// Runs an agent that does as the reference does, by the command; gives the report and what the agent was asked, in order.
#[cfg(unix)]
fn by_command(more: &[&str]) -> (Value, String) {
    let test = std::env::current_exe().expect("this program has a path");
    let agent = test.ancestors().nth(2).expect("tests stand in `deps`").join("examples/faulty_agent");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = |name: &str| folder.path().join(name).to_str().expect("a path in UTF-8").to_owned();
    let script = format!("tee '{}' | '{}' none nobody\n", path("asked"), agent.display());
    std::fs::write(path("agent.sh"), script).expect("the script can be written");
    let command = format!("sh '{}'", path("agent.sh"));
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_bgfspec"))
        .args(["run", "--command", &command, "--filter", "ADD-", "--out", &path("report")])
        .args(more)
        .output()
        .expect("the command can be started");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let text = std::fs::read_to_string(path("report/report.json")).expect("there is a report");
    let mut report: Value = serde_json::from_str(&text).expect("it is JSON");
    report["runs"][0]["elapsed_ms"] = json!(0);
    report["runs"][0]["playing_ms"] = json!(0);
    report["seed"] = json!(0);
    (report, std::fs::read_to_string(path("asked")).expect("the agent was asked"))
}

#[cfg(unix)]
#[test]
fn the_command_shuffles_by_its_seed() {
    let (plain, in_order) = by_command(&[]);
    assert_eq!(plain["date"].as_str().map(str::len), Some("2026-07-30".len()), "{}", plain["date"]);
    let (shuffled, order) = by_command(&["--shuffle"]);
    let (other, other_order) = by_command(&["--shuffle", "--seed", "1"]);
    assert!(in_order != order && order != other_order, "the order should be another");
    assert!(shuffled == plain && other == plain, "the report should be the same");
    assert!(by_command(&["--seed", "1"]).1 == in_order, "a seed alone shuffles nothing");
}

/// The reference, but that some scenarios leave something behind that shows in all that come after them.
struct Leaky {
    reference: ReferenceAdapter,
    leaks: fn(&Scenario) -> bool,
    left: bool,
}

impl Adapter for Leaky {
    fn identity(&self) -> Identity {
        Identity { name: "leaky".to_owned(), version: "1".to_owned(), scope: "library".to_owned() }
    }

    fn capabilities(&self) -> BTreeSet<Capability> {
        self.reference.capabilities()
    }

    fn renew(&mut self) {
        self.left = false;
    }

    fn run(&mut self, scenario: &Scenario) -> Result<Trace, Failure> {
        let trace = self.reference.run(scenario)?;
        let mut observations = trace.observations().expect("the reference gives a trace");
        if self.left {
            note("of another", &mut observations)?;
        }
        self.left |= (self.leaks)(scenario);
        Ok(Trace(serde_json::to_string(&observations).expect("observations are JSON")))
    }
}

#[rstest]
#[case::named(Options { filter: Some("MUT-".to_owned()), ..Options::default() }, |scenario: &Scenario| scenario.requirements == ["MUT-009"])]
#[case::generated(Options { cases: 200, only_generated: true, ..Options::default() }, |scenario: &Scenario| {
    let is_init = |operation: &Operation| matches!(operation, Operation::Call { call, .. } if call.ends_with(".initEvent"));
    scenario.operations().any(is_init)
})]
fn what_one_scenario_leaves_behind_is_not_held_against_another(
    #[case] options: Options,
    #[case] leaks: fn(&Scenario) -> bool,
) {
    let leaky = move || Leaky { reference: ReferenceAdapter::default(), leaks, left: false };
    let start: Start = Box::new(move || Ok(Box::new(leaky())));
    let run = runner::run(start, &Catalogue::load(), &options, &Arc::default(), &mut Silent).expect("it starts");
    assert!(run.complete && run.deviations.is_empty() && !run.deviates(), "{:#?}", run.deviations);
    assert!(!run.failures.is_empty(), "it shows");
    assert!(run.failures.iter().all(|failure| failure.kind == FailureKind::Unstable), "{:#?}", run.failures);
}
