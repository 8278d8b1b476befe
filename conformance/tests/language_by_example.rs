//! The examples of the scenario language: what the page shows is what the model gives, and each would notice a wrong agent.

use std::collections::BTreeSet;

use bgfspec::examples::{self, Example};
use bgfspec::reference::{Reference, View};
use bgfspec::scenario::{Capability, Operation};
use bgfspec::trace::Trace;
use serde_json::{Value as Json, json};

const VIEW: View = View { reported: true, unhandled: true };

fn everything() -> Vec<Capability> {
    Capability::ALL.into_iter().collect()
}

fn text(trace: &[Json]) -> Trace {
    Trace(Json::from(trace).to_string())
}

#[test]
fn the_model_permits_the_trace_of_the_page_and_no_other() {
    let mut reference = Reference::new();
    for example in examples::all() {
        let title = &example.scenario.title;
        let program = reference.compile(&example.scenario).unwrap_or_else(|error| panic!("{title}: {error}"));
        let permitted = reference.permitted(&program, VIEW, 100);
        let [trace] = Vec::from_iter(permitted).try_into().unwrap_or_else(|all| panic!("{title}: {all:?}"));
        let checked = example.check(&Trace(trace), &everything());
        checked.unwrap_or_else(|why| panic!("{title}: the model says otherwise: {why}"));
    }
}

/// Returns every trace that has one other value in one place, or an observation less or more.
fn spoilt(example: &Example) -> Vec<Vec<Json>> {
    let mut all = Vec::new();
    let trace = &example.trace;
    for at in 0..trace.len() {
        let names: Vec<String> = trace[at].as_object().expect("an observation").keys().cloned().collect();
        // A result that the scenario does not observe is nobody's concern.
        for name in names.into_iter().filter(|name| name != "returned") {
            let mut other = trace.clone();
            other[at][&name] = json!("something else");
            all.push(other);
        }
        let mut shorter = trace.clone();
        shorter.remove(at);
        all.push(shorter);
    }
    all.push([trace.clone(), vec![json!({ "noted": "more" })]].concat());
    all
}

#[test]
fn an_example_notices_a_trace_that_is_not_its_own() {
    for example in examples::all() {
        let title = &example.scenario.title;
        example.check(&text(&example.trace), &everything()).unwrap_or_else(|why| panic!("{title}: {why}"));
        for other in spoilt(&example) {
            let error = example.check(&text(&other), &everything()).expect_err(title);
            assert!(error.contains("expected") && error.contains("got"), "{title}: {error}");
        }
    }
}

/// An operation that the implementation lacks is no mistake of its agent.
#[test]
fn an_agent_may_say_that_something_is_missing() {
    let examples = examples::all();
    let is_setter = |example: &&Example| example.scenario.title.contains("`setter`");
    let setter = examples.iter().find(is_setter).expect("an example");
    let missing = text(&[json!({ "missing": "Window.onerror" })]);
    setter.check(&missing, &everything()).expect("nothing can be seen");
    let is_missing = |example: &&Example| example.trace.iter().any(|item| item.get("missing").is_some());
    let missing_method = examples.iter().find(is_missing).expect("an example");
    assert!(missing_method.check(&missing, &everything()).is_err(), "it is the name that counts");
}

/// Stimuli aside, which need a service worker, every word of the language is played.
#[test]
fn every_operation_has_an_example() {
    let played: BTreeSet<String> = examples::all()
        .iter()
        .flat_map(|example| example.scenario.operations().map(word).collect::<Vec<_>>())
        .collect();
    let page = include_str!("../SCENARIOS.md");
    let section = page.split("\n## Operations").nth(1).and_then(|rest| rest.split("\n## ").next()).expect("a section");
    let rows = section.lines().filter(|line| line.starts_with("| `{\""));
    let cells = rows.filter_map(|row| row.split(" | ").next());
    let words = cells.flat_map(|cell| cell.split("`{\"").skip(1)).filter_map(|rest| rest.split('"').next());
    // A rejected promise without a reaction may be announced, and what a tree does is a rule of its own.
    let others = ["describe", "reject", "tree"];
    for word in words.filter(|word| !others.contains(word)) {
        assert!(played.contains(word), "no example has `{word}`");
    }
}

/// The word that an operation begins with.
fn word(operation: &Operation) -> String {
    let json = serde_json::to_value(operation).expect("an operation is JSON");
    json.as_object().and_then(|members| members.keys().next().cloned()).expect("it has a word")
}
