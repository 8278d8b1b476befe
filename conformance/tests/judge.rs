//! The judge permits all that the model permits, and nothing else.
//!
//! The judge searches guided by the trace that it judges; here all permitted traces are found by trying every choice,
//! and the two must agree.

use std::collections::{BTreeMap, BTreeSet};

use bgfspec::catalogue::Catalogue;
use bgfspec::judge::{Judge, Judgement, Rule};
use bgfspec::reference::{Program, Reference, View};
use bgfspec::scenario::{Capability, Scenario};
use bgfspec::trace::{Trace, realm, what_counts};
use bgfspec_model::step::StepId;
use serde_json::{Value, json};

/// Scenarios with more runs than this are left out where all of them are needed.
const MOST_RUNS: usize = 1_500;

/// All permitted traces of a scenario.
struct Permitted {
    traces: BTreeSet<String>,
    /// Whether every choice was tried.
    all: bool,
}

fn permitted(scenario: &Scenario) -> Permitted {
    let mut reference = Reference::new();
    let program = reference.compile(scenario).unwrap_or_else(|error| panic!("{}: {error}", scenario.title));
    let mut plans = vec![Vec::new()];
    let mut permitted = Permitted { traces: BTreeSet::new(), all: true };
    let mut runs = 0;
    while let Some(plan) = plans.pop() {
        runs += 1;
        if runs > MOST_RUNS {
            permitted.all = false;
            break;
        }
        let played = reference.play(&program, View { reported: true, unhandled: true }, &plan);
        for (index, choice) in played.choices.iter().enumerate().skip(plan.len()) {
            for other in 1..choice.alternatives {
                plans.push(played.choices[..index].iter().map(|choice| choice.taken).chain([other]).collect());
            }
        }
        permitted.traces.insert(played.trace);
    }
    permitted
}

/// What counts of a trace, realm by realm.
fn counted(scenario: &Scenario, trace: &[Value]) -> Vec<Value> {
    let mut realms: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for item in trace.iter().filter_map(|item| what_counts(item, scenario, &Capability::ALL)) {
        realms.entry(realm(&item).to_owned()).or_default().push(item);
    }
    realms.into_values().flatten().collect()
}

fn parse(trace: &str) -> Vec<Value> {
    Trace(trace.to_owned()).observations().expect("the model gives a trace")
}

/// A judge of one scenario after the other.
#[derive(Default)]
struct Bench(Judge);

impl Bench {
    fn ready(&mut self, scenario: &Scenario) -> Program {
        self.0.reference().compile(scenario).expect("it was compiled before")
    }

    fn judge(&mut self, scenario: &Scenario, program: &Program, trace: &[Value]) -> Judgement {
        let trace = Trace(serde_json::to_string(trace).expect("observations are JSON"));
        self.0.judge(scenario, program, &Capability::ALL, &trace, &Rule::default())
    }
}

fn scenarios() -> Vec<Scenario> {
    let scenarios = Catalogue::load().scenarios;
    assert!(scenarios.len() > 100, "there is something to judge");
    scenarios
}

#[test]
fn every_trace_that_the_model_permits_conforms() {
    let mut bench = Bench::default();
    for scenario in scenarios() {
        let program = bench.ready(&scenario);
        for trace in &permitted(&scenario).traces {
            let judgement = bench.judge(&scenario, &program, &parse(trace));
            assert_eq!(judgement, Judgement::Conforms, "{}: {trace}", scenario.title);
        }
    }
}

/// Traces that are one change away: an observation is left out, made twice, or made later.
fn neighbours(trace: &[Value]) -> Vec<Vec<Value>> {
    let mut all = Vec::new();
    for index in 0..trace.len() {
        let mut without = trace.to_vec();
        let item = without.remove(index);
        let mut twice = trace.to_vec();
        twice.insert(index, item);
        all.push(without);
        all.push(twice);
        if index + 1 < trace.len() {
            let mut swapped = trace.to_vec();
            swapped.swap(index, index + 1);
            all.push(swapped);
        }
    }
    all.push([trace, &[json!({ "noted": "something more" })]].concat());
    all
}

#[test]
fn a_trace_that_is_one_change_away_deviates_unless_it_is_permitted_too() {
    let mut bench = Bench::default();
    let (mut deviating, mut conforming) = (0, 0);
    for scenario in scenarios() {
        let program = bench.ready(&scenario);
        let permitted = permitted(&scenario);
        if !permitted.all {
            continue;
        }
        let all: Vec<Vec<Value>> = permitted.traces.iter().map(|trace| counted(&scenario, &parse(trace))).collect();
        // With much latitude a few traces stand for all.
        for trace in permitted.traces.iter().take(4) {
            for neighbour in neighbours(&parse(trace)) {
                let conforms = all.contains(&counted(&scenario, &neighbour));
                let judgement = bench.judge(&scenario, &program, &neighbour);
                match (&judgement, conforms) {
                    (Judgement::Conforms, true) => conforming += 1,
                    (Judgement::Deviates(departure), false) => {
                        deviating += 1;
                        departs_where_it_says(&scenario, departure);
                    }
                    _ => panic!("{}: permitted: {conforms}, but {judgement:?} for {neighbour:?}", scenario.title),
                }
            }
        }
    }
    assert!(deviating > 1_000 && conforming > 0, "{deviating} deviate and {conforming} conform");
}

/// Up to the first difference both traces are the same, and there they are not; a step is to blame.
fn departs_where_it_says(scenario: &Scenario, departure: &bgfspec::judge::Departure) {
    let expected = counted(scenario, &departure.expected);
    let observed = counted(scenario, &departure.observed);
    let at = departure.first_difference;
    assert_eq!(expected[..at], observed[..at], "{}", scenario.title);
    assert_ne!(expected.get(at), observed.get(at), "{}", scenario.title);
    assert!(!departure.step.is_empty(), "{}: no step is to blame at {at} of {observed:?}", scenario.title);
}

fn scenario(json: Value) -> Scenario {
    serde_json::from_value(json).expect("a scenario")
}

/// Every value of one detail is spoilt: this deviates exactly where the detail is observed.
#[test]
fn a_detail_counts_exactly_where_it_is_observed() {
    let mut bench = Bench::default();
    for (observe, counts) in [(json!(["type"]), true), (json!(["this", "target"]), false), (json!("all"), true)] {
        let scenario = scenario(json!({
            "title": "T", "observe": observe, "callbacks": { "f": {} },
            "steps": [
                { "new": "EventTarget", "as": "t" }, { "call": "t.addEventListener", "args": ["x", "@f"] },
                { "new": "Event", "args": ["x"], "as": "e" }, { "call": "t.dispatchEvent", "args": ["@e"] },
            ],
        }));
        let program = bench.ready(&scenario);
        let mut trace = parse(permitted(&scenario).traces.first().expect("one is permitted"));
        let called = trace.iter_mut().find(|item| item.get("called").is_some()).expect("f is called");
        called["event"]["type"] = json!("y");
        let judgement = bench.judge(&scenario, &program, &trace);
        assert_eq!(matches!(judgement, Judgement::Deviates(_)), counts, "{observe}: {judgement:?}");
        assert_eq!(judgement == Judgement::Conforms, !counts, "{observe}: {judgement:?}");
    }
}

#[test]
fn latitude_accepts_what_is_permitted_and_refuses_a_third() {
    let mut bench = Bench::default();
    let mut found = 0;
    for scenario in scenarios() {
        let permitted = permitted(&scenario);
        let mut all: Vec<Vec<Value>> = permitted.traces.iter().map(|trace| counted(&scenario, &parse(trace))).collect();
        all.dedup();
        if all.len() < 2 {
            continue;
        }
        found += 1;
        let program = bench.ready(&scenario);
        for trace in &permitted.traces {
            assert_eq!(bench.judge(&scenario, &program, &parse(trace)), Judgement::Conforms, "{}", scenario.title);
        }
        let third = [json!({ "noted": "a third" })];
        let judgement = bench.judge(&scenario, &program, &third);
        assert!(matches!(judgement, Judgement::Deviates(_)), "{}: {judgement:?}", scenario.title);
    }
    assert!(found > 0, "no scenario of the catalogue has latitude");
}

#[test]
fn what_is_no_trace_is_not_judged() {
    let mut bench = Bench::default();
    let scenario = scenario(json!({ "title": "T", "observe": [], "steps": [{ "note": "x" }] }));
    let program = bench.ready(&scenario);
    for text in ["", "null", "{}", "[1]", "[{}]", "[{\"seen\":1}]", "[{\"noted\":\"x\"}", "[{\"noted\":\"x\"}] []"] {
        let judgement = bench.0.judge(&scenario, &program, &Capability::ALL, &Trace(text.to_owned()), &Rule::default());
        assert!(matches!(judgement, Judgement::Inconclusive(_)), "{text}: {judgement:?}");
    }
}

#[test]
fn what_an_implementation_can_not_show_does_not_count() {
    let mut bench = Bench::default();
    let scenario = scenario(json!({
        "title": "T", "observe": ["reported"], "callbacks": { "f": { "do": [{ "throw": { "$error": "boom" } }] } },
        "steps": [
            { "new": "EventTarget", "as": "t" }, { "call": "t.addEventListener", "args": ["x", "@f"] },
            { "new": "Event", "args": ["x"], "as": "e" }, { "call": "t.dispatchEvent", "args": ["@e"] },
        ],
    }));
    let program = bench.ready(&scenario);
    let mut trace = parse(permitted(&scenario).traces.first().expect("one is permitted"));
    let before = trace.len();
    trace.retain(|item| item.get("reported").is_none());
    assert_eq!(trace.len(), before - 1, "the exception is reported");
    assert!(matches!(bench.judge(&scenario, &program, &trace), Judgement::Deviates(_)));
    let trace = Trace(serde_json::to_string(&trace).expect("JSON"));
    let judgement = bench.0.judge(&scenario, &program, &[Capability::EventTarget], &trace, &Rule::default());
    assert_eq!(judgement, Judgement::Conforms);
}

/// An exception is reported and a rejection announced, and neither shows: this deviates exactly where it is observed.
#[test]
fn what_is_reported_and_announced_counts_exactly_where_it_is_observed() {
    let mut bench = Bench::default();
    let cases = [
        (json!([]), json!([]), [false, false]),
        (json!(["this", "target"]), json!([]), [false, false]),
        (json!(["reported"]), json!([]), [true, false]),
        (json!(["unhandled"]), json!([]), [false, true]),
        (json!([]), json!(["unhandled-rejections"]), [false, true]),
        (json!([]), json!(["global-events"]), [false, false]),
        (json!("all"), json!([]), [true, true]),
    ];
    for (observe, needs, counts) in cases {
        let scenario = scenario(json!({
            "title": "T", "observe": observe, "needs": needs,
            "callbacks": {
                "f": { "do": [{ "throw": { "$error": "boom" } }] },
                "g": { "kind": "async", "do": [{ "throw": { "$error": "bang" } }] }
            },
            "steps": [
                { "new": "EventTarget", "as": "t" },
                { "call": "t.addEventListener", "args": ["x", "@f"] },
                { "call": "t.addEventListener", "args": ["x", "@g"] },
                { "new": "Event", "args": ["x"], "as": "e" }, { "call": "t.dispatchEvent", "args": ["@e"] },
                { "drain": true }
            ],
        }));
        let program = bench.ready(&scenario);
        let trace = parse(permitted(&scenario).traces.first().expect("one is permitted"));
        for (kind, counts) in ["reported", "unhandled"].into_iter().zip(counts) {
            let mut silent = trace.clone();
            silent.retain(|item| item.get(kind).is_none());
            assert_eq!(silent.len(), trace.len() - 1, "one is {kind}");
            let judgement = bench.judge(&scenario, &program, &silent);
            assert_eq!(
                matches!(judgement, Judgement::Deviates(_)),
                counts,
                "{kind}, {observe}, {needs}: {judgement:?}"
            );
            assert_eq!(judgement == Judgement::Conforms, !counts, "{kind}, {observe}, {needs}: {judgement:?}");
        }
    }
}

/// Of a promise that was given to `waitUntil()` nothing is announced; what may be is a rejection of one made of it, once.
#[test]
fn it_is_told_which_promise_was_announced() {
    let catalogue = Catalogue::load();
    let mut scenarios = 0;
    for scenario in catalogue.scenarios_of("EXT-021") {
        let mut bench = Bench::default();
        let traces = permitted(scenario).traces;
        let silent = traces.iter().map(|trace| parse(trace)).find(|trace| trace.iter().all(|item| !is_announced(item)));
        let silent = silent.unwrap_or_else(|| panic!("{}: nothing need be announced", scenario.title));
        let of = |promise: Value| json!({ "unhandled": { "$error": "boom" }, "promise": promise });
        let derived = of(json!({ "$object": "Promise" }));
        for (announced, permitted) in [
            (vec![], true),
            (vec![derived.clone()], true),
            (vec![derived.clone(), derived.clone()], false),
            (vec![of(json!("@p"))], false),
            (vec![of(json!("@p")), derived], false),
        ] {
            let trace = [silent.clone(), announced].concat();
            let program = bench.ready(scenario);
            let trace = Trace(serde_json::to_string(&trace).expect("JSON"));
            let judgement = bench.0.judge(scenario, &program, &Capability::ALL, &trace, &Rule::default());
            assert_eq!(judgement == Judgement::Conforms, permitted, "{}: {trace:?}: {judgement:?}", scenario.title);
        }
        scenarios += 1;
    }
    assert!(scenarios > 0, "no scenario is about it");
}

fn is_announced(item: &Value) -> bool {
    item.get("unhandled").is_some()
}

#[test]
fn a_choice_made_while_the_worker_started_may_be_to_blame() {
    let scenario = scenario(json!({
        "title": "The install event and a task of the script come in either order",
        "observe": [],
        "callbacks": { "f": { "do": [{ "object": "install", "as": "last" }] } },
        "worker": [
            { "call": "self.addEventListener", "args": ["install", "@f"] },
            { "note": "evaluated" },
            { "task": [{ "object": "task", "as": "last" }] }
        ],
        "steps": [{ "get": "last" }]
    }));
    for (last, permitted) in [("install", true), ("task", true), ("neither", false)] {
        let trace = Trace(json!([{ "got": last, "from": "last" }]).to_string());
        let mut judge = Judge::new();
        let program = judge.reference().compile(&scenario).expect("the scenario is one");
        let judgement = judge.judge(&scenario, &program, &Capability::ALL, &trace, &Rule::default());
        assert_eq!(judgement == Judgement::Conforms, permitted, "{last}: {judgement:?}");
    }
}

#[test]
fn a_number_is_one_value_however_it_is_written() {
    let scenario = scenario(json!({
        "title": "A number",
        "observe": [],
        "steps": [{ "new": "Event", "args": ["x"], "as": "e" }, { "get": "e.eventPhase" }]
    }));
    for (number, permitted) in [("0", true), ("0.0", true), ("-0.0", true), ("1.0", false), ("0.5", false)] {
        let trace = Trace(format!("[{{\"got\":{number},\"from\":\"e.eventPhase\"}}]"));
        let mut judge = Judge::new();
        let program = judge.reference().compile(&scenario).expect("the scenario is one");
        let judgement = judge.judge(&scenario, &program, &Capability::ALL, &trace, &Rule::default());
        assert_eq!(judgement == Judgement::Conforms, permitted, "{number}: {judgement:?}");
    }
}

#[test]
fn the_step_of_a_rule_comes_before_that_of_a_detail_and_its_own_words_before_a_guess() {
    let mut judge = Judge::new();
    let scenario = Scenario::from_json(
        r#"{ "title": "t", "observe": ["target"], "steps": [
            { "new": "EventTarget", "as": "t" }, { "new": "Event", "args": ["x"], "as": "e" },
            { "call": "t.dispatchEvent", "args": ["@e"] }, { "call": "e.initEvent", "args": ["y"] }, { "read": "e" } ] }"#,
    )
    .expect("it is a scenario");
    let program = judge.reference().compile(&scenario).expect("it is a scenario");
    let right = judge.reference().play(&program, View { reported: true, unhandled: true }, &[]).trace;
    let wrong = Trace(right.replace(r#"{"target":null}"#, r#"{"target":"@t"}"#));
    assert_ne!(right, wrong.0, "there is something to depart from: {right}");
    let mut step = |steps: &[&str], named: Option<&str>, trace: &Trace| {
        let steps = steps.iter().filter_map(|name| StepId::named(name)).collect();
        let rule = Rule { steps, named: named.map(str::to_owned) };
        match judge.judge(&scenario, &program, &Capability::ALL, trace, &rule) {
            Judgement::Deviates(departure) => departure.step,
            other => panic!("it deviates, and is {other:?}"),
        }
    };
    assert_eq!(step(&["dom/Event.initialize/4"], Some("its words"), &wrong), "dom/Event.initialize/4");
    assert_eq!(step(&["dom/AbortSignal.add/1"], Some("its words"), &wrong), "dom/invoke/3");
    let cut = Trace(right.replace(r#"{"read":"#, r#"{"noted":"#));
    assert_eq!(step(&["dom/AbortSignal.add/1"], Some("its words"), &cut), "its words");
}
