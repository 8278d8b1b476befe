//! What a bent implementation is diagnosed with.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use bgfspec::adapter::reference::ReferenceAdapter;
use bgfspec::adapter::{Adapter, Failure, Identity};
use bgfspec::catalogue::Catalogue;
use bgfspec::diagnosis::{Case, diagnose};
use bgfspec::judge::Judge;
use bgfspec::runner::{self, Options, Silent, Start};
use bgfspec::scenario::{Capability, Scenario};
use bgfspec::trace::Trace;
use bgfspec_model::{Quirk, QuirkSet};
use bgfspec_report::{Run, Verdict};

/// A bent implementation, with a cause of its own where a trace has this text.
struct Bent(ReferenceAdapter, Option<(&'static str, &'static str)>);

impl Adapter for Bent {
    fn identity(&self) -> Identity {
        Identity { name: "bent".to_owned(), version: "1".to_owned(), scope: "library".to_owned() }
    }

    fn capabilities(&self) -> BTreeSet<Capability> {
        self.0.capabilities()
    }

    fn run(&mut self, scenario: &Scenario) -> Result<Trace, Failure> {
        let trace = self.0.run(scenario)?;
        let replaced = self.1.map(|(from, to)| trace.0.replace(from, to));
        Ok(replaced.map_or(trace, Trace))
    }
}

fn run(quirks: &[Quirk], strange: Option<(&'static str, &'static str)>) -> Run {
    run_with(quirks, strange, &Options::default())
}

fn run_with(quirks: &[Quirk], strange: Option<(&'static str, &'static str)>, options: &Options) -> Run {
    let quirks: QuirkSet = quirks.iter().copied().collect();
    let start: Start =
        Box::new(move || Ok(Box::new(Bent(ReferenceAdapter::bent(quirks), strange)) as Box<dyn Adapter>));
    let stop = Arc::new(AtomicBool::new(false));
    runner::run(start, &Catalogue::load(), options, &stop, &mut Silent).expect("it can be judged")
}

fn ids(run: &Run) -> BTreeSet<&str> {
    run.causes.iter().map(|quirk| quirk.id.as_str()).collect()
}

#[test]
fn an_implementation_with_two_quirks_is_diagnosed_with_just_these() {
    let run = run(&[Quirk::of("duplicates-kept"), Quirk::of("once-removed-after")], None);
    assert_eq!(ids(&run), BTreeSet::from(["duplicates-kept", "once-removed-after"]));
    assert_eq!(run.unexplained, 0);
    assert!(run.deviations.len() > 3 && run.deviations.iter().all(|deviation| !deviation.quirks.is_empty()));
    let largest = run.causes.iter().map(|quirk| quirk.scenarios).max();
    assert_eq!(run.causes.first().map(|quirk| quirk.scenarios), largest, "the first explains most");
}

#[test]
fn quirks_of_different_parts_are_told_apart() {
    let quirks = [Quirk::of("get-gives-null"), Quirk::of("handler-keeps-place"), Quirk::of("handle-event-this")];
    let run = run(&quirks, None);
    assert_eq!(ids(&run), quirks.iter().map(|quirk| quirk.id()).collect());
    let unexplained: Vec<_> = run.deviations.iter().filter(|deviation| deviation.quirks.is_empty()).collect();
    assert!(unexplained.is_empty(), "{unexplained:#?}");
}

#[test]
fn a_cause_that_no_quirk_covers_stays_unexplained() {
    let run = run(
        &[Quirk::of("duplicates-kept")],
        Some(("\"threw\":{\"$exception\":\"TypeError\"}", "\"threw\":{\"$exception\":\"NoError\"}")),
    );
    assert_eq!(ids(&run), BTreeSet::from(["duplicates-kept"]));
    let unexplained = run.deviations.iter().filter(|deviation| deviation.quirks.is_empty());
    assert_eq!(run.unexplained, unexplained.count() as u64);
    assert!(run.unexplained > 10, "{}", run.unexplained);
}

#[test]
fn a_cause_says_what_is_done_what_should_be_and_where() {
    let run = run(&[Quirk::of("once-removed-after")], None);
    let cause = &run.causes[0];
    assert_eq!((cause.id.as_str(), cause.step.as_str()), ("once-removed-after", "dom/inner invoke/2.5"));
    assert_eq!(cause.link, "https://dom.spec.whatwg.org/#concept-event-listener-inner-invoke");
    assert!(cause.should.starts_with("A once listener") && cause.should.ends_with('.'), "{}", cause.should);
    let behind: BTreeSet<&String> = run.deviations.iter().flat_map(|deviation| &deviation.requirements).collect();
    assert_eq!(cause.requirements.iter().collect::<BTreeSet<_>>(), behind);
    let length = |scenario: &serde_json::Value| scenario.to_string().len();
    let example = cause.example.as_ref().map(|example| length(&example.scenario));
    let shortest = run.deviations.iter().map(|deviation| length(&deviation.scenario)).min();
    assert!(example < shortest, "what is not needed is left out: {example:?} of {shortest:?}");
    assert!(run.deviations.iter().all(|deviation| deviation.step == cause.step), "the cause says where it departs");
    assert!(cause.contradicted_by.is_empty() && run.apart.is_empty());
}

#[test]
fn a_generated_scenario_whose_causes_are_known_is_counted_there_and_nowhere_listed() {
    let quirks = [Quirk::of("once-removed-after"), Quirk::of("duplicates-kept")];
    let run = run_with(&quirks, None, &Options { cases: 300, ..Options::default() });
    assert!(run.causes.iter().map(|cause| cause.scenarios).sum::<u64>() > run.deviations.len() as u64);
    let named: BTreeSet<String> = Catalogue::load().scenarios.iter().map(Scenario::id).collect();
    let listed: Vec<_> = run.deviations.iter().filter(|deviation| !named.contains(&deviation.id)).collect();
    assert!(listed.is_empty(), "{listed:#?}");
}

#[test]
fn what_is_missing_is_one_cause_and_blocks_the_rules_that_cannot_be_asked_without_it() {
    let run = run(&[Quirk::of("init-custom-event-missing")], None);
    assert_eq!(ids(&run), BTreeSet::from(["init-custom-event-missing"]));
    let of = |verdict: Verdict| -> Vec<(&str, Option<&str>)> {
        let outcomes = run.requirements.iter().filter(|outcome| outcome.verdict == verdict);
        outcomes.map(|outcome| (outcome.id.as_str(), outcome.reason.as_deref())).collect()
    };
    // The rule that it is there.
    assert_eq!(of(Verdict::Deviates), [("EVC-047", None)]);
    let blocked = of(Verdict::Blocked);
    assert!(blocked.len() >= 4, "{blocked:?}");
    assert!(blocked.iter().all(|(_, why)| *why == Some("initCustomEvent() does not exist.")), "{blocked:?}");
}

#[test]
fn a_departure_that_is_none_of_absence_blocks_nothing() {
    let run = run(&[Quirk::of("init-keeps-flags")], None);
    assert!(run.requirements.iter().all(|outcome| outcome.verdict != Verdict::Blocked));
}

#[test]
fn causes_are_found_that_only_the_whole_set_tells_of() {
    // One of the first two alone explains what the other does, but not beside the third.
    let run = run(&["stop-propagation-kept", "stop-immediate-kept", "stop-unchecked-at-target"].map(Quirk::of), None);
    assert_eq!(ids(&run), BTreeSet::from(["stop-flags-kept", "stop-unchecked-at-target"]));
    assert!(run.apart.is_empty() && run.unexplained == 0, "{:?}", run.apart);
}

#[test]
fn a_scenario_that_speaks_against_a_cause_is_told_with_it() {
    let catalogue = Catalogue::load();
    let capabilities: Vec<Capability> = Capability::ALL.into_iter().collect();
    let (case, others) = case_of(Quirk::of("duplicates-kept"), &catalogue, &capabilities);
    let more_than_contradict = vec![case; 3];
    let diagnosis = diagnose(&more_than_contradict, &[&others[0]], &capabilities);
    assert_eq!(diagnosis.contradictions, [(Quirk::of("duplicates-kept"), others[0].id())]);
    assert!(diagnosis.apart.is_empty());
}

#[test]
fn who_conforms_has_no_quirks() {
    let run = run(&[], None);
    assert_eq!((run.deviations.len(), run.causes.len(), run.unexplained), (0, 0, 0));
}

/// The first case that a quirk makes, and the other scenarios on which it deviates.
fn case_of(quirk: Quirk, catalogue: &Catalogue, capabilities: &[Capability]) -> (Case, Vec<Scenario>) {
    let mut caught = bgfspec::mutation::caught(catalogue, quirk).scenarios.into_iter().cloned();
    let scenario = caught.next().expect("it is caught");
    let mut judge = Judge::new();
    let program = judge.reference().compile(&scenario).expect("it is in the catalogue");
    let observed = judge.plays(quirk.into(), &program, capabilities).expect("it ends").observations().expect("a trace");
    (Case { scenario, observed }, caught.collect())
}

#[test]
fn a_quirk_is_refuted_by_the_scenarios_on_which_the_implementation_conforms() {
    let catalogue = Catalogue::load();
    let capabilities: Vec<Capability> = Capability::ALL.into_iter().collect();
    let (case, others) = case_of(Quirk::of("duplicates-kept"), &catalogue, &capabilities);
    let alone = diagnose(std::slice::from_ref(&case), &[], &capabilities);
    assert!(alone.quirks.iter().any(|(quirk, _)| *quirk == Quirk::of("duplicates-kept")));
    let others: Vec<&Scenario> = others.iter().collect();
    let refuted = diagnose(&[case], &others, &capabilities);
    assert!(!refuted.quirks.iter().any(|(quirk, _)| *quirk == Quirk::of("duplicates-kept")), "{refuted:?}");
}

#[test]
fn a_scenario_is_over_where_a_callback_misses_something() {
    let scenario = Catalogue::load().scenarios.iter().find(|scenario| scenario.id() == "b59a70accdb2").cloned();
    let scenario = scenario.expect("a callback calls initEvent() there");
    let mut judge = Judge::new();
    let program = judge.reference().compile(&scenario).expect("it is in the catalogue");
    let trace = judge
        .plays(Quirk::of("init-event-missing").into(), &program, &[])
        .expect("it ends")
        .observations()
        .expect("a trace");
    assert_eq!(trace.last(), Some(&serde_json::json!({ "missing": "Event.initEvent" })), "{trace:#?}");
}

#[test]
fn several_quirks_behind_one_observation_are_found_together() {
    let quirks = [
        Quirk::of("is-trusted-missing"),
        Quirk::of("targets-undefined"),
        Quirk::of("src-element-null"),
        Quirk::of("current-target-kept"),
    ];
    let scenario: Scenario = serde_json::from_value(serde_json::json!({
        "title": "Four departures show in one reading",
        "requirements": [],
        "observe": ["isTrusted", "target", "srcElement", "currentTarget"],
        "steps": [
            { "new": "Event", "args": ["x"], "as": "fresh" },
            { "new": "EventTarget", "as": "t" },
            { "new": "Event", "args": ["x"], "as": "e" },
            { "call": "t.dispatchEvent", "args": ["@e"] },
            { "read": "e" },
            { "read": "fresh" },
        ],
    }))
    .expect("it is a scenario");
    let capabilities: Vec<Capability> = Capability::ALL.into_iter().collect();
    let mut judge = Judge::new();
    let program = judge.reference().compile(&scenario).expect("it is complete");
    let bent = quirks.into_iter().collect();
    let observed = judge.plays(bent, &program, &capabilities).expect("it ends").observations().expect("a trace");
    let case = Case { scenario, observed };
    let found = diagnose(&vec![case; quirks.len()], &[], &capabilities);
    assert_eq!(found.cases, vec![bent; quirks.len()]);
}
