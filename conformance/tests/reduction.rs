//! Reduction: everything that is left in a scenario is needed for what it shows.

use std::collections::BTreeSet;

use bgfspec::catalogue::Catalogue;
use bgfspec::generation::reduction::{Shown, minimal, minimal_under, shown};
use bgfspec::judge::Judge;
use bgfspec::reference::Reference;
use bgfspec::scenario::{Capability, Operation, Scenario};
use bgfspec_model::{Quirk, QuirkSet};
use rstest::rstest;
use serde_json::{Value as Json, json};

fn is_sound(reference: &mut Reference, scenario: &Scenario) -> bool {
    reference.compile(scenario).is_ok_and(|program| reference.is_sound(&program))
}

fn breaks(judge: &mut Judge, quirk: Quirk, scenario: &Scenario) -> bool {
    let Ok(program) = judge.reference().compile(scenario) else { return false };
    let plain = judge.plays(QuirkSet::NONE, &program, &Capability::ALL);
    judge.breaks(quirk.into(), scenario, &program, &Capability::ALL, &plain)
}

/// Returns the largest scenario of the catalogue that catches each quirk.
fn largest(catalogue: &Catalogue) -> Vec<(Quirk, &Scenario)> {
    let mut scenarios: Vec<&Scenario> = catalogue.scenarios.iter().collect();
    scenarios.sort_by_key(|scenario| std::cmp::Reverse(scenario.operations().count()));
    let mut judge = Judge::new();
    let mut open: Vec<Quirk> = Quirk::with_names().collect();
    let mut found = Vec::new();
    for scenario in scenarios {
        let program = judge.reference().compile(scenario).expect("a scenario of the catalogue");
        let plain = judge.plays(QuirkSet::NONE, &program, &Capability::ALL);
        let met = judge.met();
        open.retain(|&quirk| {
            let is_caught =
                met.contains(quirk) && judge.breaks(quirk.into(), scenario, &program, &Capability::ALL, &plain);
            found.extend(is_caught.then_some((quirk, scenario)));
            !is_caught
        });
    }
    found
}

/// Returns a JSON form without one element or member, for each of them. Only the last argument can go.
fn without_one(json: &Json, name: &str) -> Vec<Json> {
    let mut all = Vec::new();
    match json {
        Json::Array(items) => {
            for place in 0..items.len() {
                let with = |item: Option<Json>| {
                    let mut items = items.clone();
                    items.splice(place..=place, item);
                    Json::Array(items)
                };
                all.extend(without_one(&items[place], "").into_iter().map(|item| with(Some(item))));
                if name != "args" || place + 1 == items.len() {
                    all.push(with(None));
                }
            }
        }
        Json::Object(members) => {
            for (name, value) in members {
                for value in without_one(value, name) {
                    let mut members = members.clone();
                    members.insert(name.clone(), value);
                    all.push(Json::Object(members));
                }
                let means_more_without = ["observe", "quiet", "title", "requirements"].contains(&name.as_str());
                if !means_more_without && !name.starts_with('$') {
                    let mut members = members.clone();
                    members.shift_remove(name);
                    all.push(Json::Object(members));
                }
            }
        }
        _ => {}
    }
    all
}

/// The scenarios that a scenario leaves without one thing, of those that need no more than this.
fn smaller(scenario: &Scenario, allowed: &BTreeSet<Capability>) -> Vec<Scenario> {
    let json = serde_json::to_value(scenario).expect("a scenario is JSON");
    let all = without_one(&json, "").into_iter().filter_map(|json| serde_json::from_value(json).ok());
    // Without its limit, a callback might call itself for ever. A scenario with capture listeners says that it needs them.
    let kept = |scenario: &Scenario| {
        let limits = scenario.callbacks.values().filter(|callback| callback.times.is_some()).count();
        (scenario.callbacks.len(), limits, scenario.needs.contains(&Capability::Capture))
    };
    let all = all.filter(|fewer: &Scenario| fewer.capabilities().is_subset(allowed));
    all.filter(|fewer| fewer.callbacks.len() < scenario.callbacks.len() || kept(fewer) == kept(scenario)).collect()
}

/// The model that is bent by a quirk is the implementation: all quirks, each on the largest scenario that catches it.
#[test]
fn no_single_thing_can_be_taken_from_what_shows_a_quirk() {
    let catalogue = Catalogue::load();
    let (mut judge, mut reference) = (Judge::new(), Reference::new());
    let mut sizes = Vec::new();
    // What happens between two times that are compared is needed, and not seen by the model's clock.
    for (quirk, scenario) in largest(&catalogue).into_iter().filter(|(_, scenario)| !scenario.compares_times()) {
        let small = minimal_under(quirk, quirk.into(), scenario, &Capability::ALL).expect("the quirk is caught");
        let text = serde_json::to_string(&small).expect("a scenario is JSON");
        assert!(breaks(&mut judge, quirk, &small), "{}: it no longer shows it: {text}", quirk.id());
        assert!(is_sound(&mut reference, &small), "{}: it can't be judged: {text}", quirk.id());
        let again = minimal_under(quirk, quirk.into(), &small, &Capability::ALL);
        assert_eq!(again.as_ref(), Some(&small), "{}: it is reduced further", quirk.id());
        let mut allowed = scenario.capabilities();
        if allowed.contains(&Capability::ServiceWorker) || allowed.contains(&Capability::BackgroundFetch) {
            allowed.extend([Capability::Script, Capability::EventTarget, Capability::Exceptions]);
        }
        let superfluous = smaller(&small, &allowed)
            .into_iter()
            .find(|fewer| fewer != &small && is_sound(&mut reference, fewer) && breaks(&mut judge, quirk, fewer));
        assert_eq!(superfluous, None, "{}: less is enough than {text}", quirk.id());
        sizes.push((scenario.operations().count(), small.operations().count()));
    }
    assert!(sizes.len() > 480, "{} quirks are caught", sizes.len());
    let median = |mut sizes: Vec<usize>| {
        sizes.sort_unstable();
        sizes[sizes.len() / 2]
    };
    let (before, after): (Vec<usize>, Vec<usize>) = sizes.into_iter().unzip();
    println!("the median number of operations is {} before and {} after", median(before), median(after));
}

/// What is left if nothing has to stay but this note.
fn around_the_note(scenario: Json) -> Json {
    let mut reference = Reference::new();
    let scenario: Scenario = serde_json::from_value(scenario).expect("a scenario");
    assert!(is_sound(&mut reference, &scenario), "it can be judged from the start");
    let is_note = |operation: &Operation| matches!(operation, Operation::Note { note } if note == "kept");
    let small = minimal(&scenario, &mut reference, |scenario| scenario.operations().any(is_note));
    serde_json::to_value(&small).expect("a scenario is JSON")
}

#[rstest]
#[case::details(json!({ "observe": ["type", "this"], "steps": [{ "note": "kept" }] }))]
#[case::all_details(json!({ "steps": [{ "note": "kept" }] }))]
#[case::needs(json!({ "observe": [], "needs": ["tree", "abort"], "steps": [{ "note": "kept" }] }))]
#[case::callbacks(json!({ "observe": [], "callbacks": { "f": { "do": [{ "note": "x" }] } }, "steps": [{ "note": "kept" }] }))]
#[case::listener(json!({
    "observe": [],
    "callbacks": { "f": { "times": 1, "do": [{ "note": "kept" }] } },
    "steps": [
        { "new": "EventTarget", "as": "t" },
        { "call": "t.addEventListener", "args": ["x", "@f", { "once": true }] },
        { "new": "Event", "args": ["x", { "bubbles": true }], "as": "e" },
        { "call": "t.dispatchEvent", "args": ["@e"] },
    ],
}))]
#[case::script_of_a_worker(json!({ "observe": [], "worker": [{ "note": "x" }], "steps": [{ "note": "kept" }] }))]
#[case::page(json!({ "observe": [], "worker": [], "steps": [{ "page": [{ "note": "kept" }] }] }))]
#[case::task(json!({ "observe": [], "steps": [{ "task": [{ "note": "kept" }] }, { "drain": true }] }))]
#[case::objects(json!({ "observe": [], "steps": [{ "tree": ["a", "b"] }, { "new": "Event", "args": ["x"], "as": "e" }, { "read": "e" }, { "note": "kept" }] }))]
fn what_is_not_needed_goes(#[case] mut scenario: Json) {
    scenario["title"] = json!("");
    let expected = json!({ "title": "", "requirements": [], "observe": [], "steps": [{ "note": "kept" }] });
    assert_eq!(around_the_note(scenario), expected);
}

#[test]
fn a_name_for_a_path_gives_way_to_the_path() {
    let scenario = r#"{"title": "", "observe": [], "steps": [
        {"new": "AbortController", "as": "x"}, {"object": "@x.signal", "as": "s"}, {"get": "s.aborted"}]}"#;
    let expected = r#"{"title": "", "observe": [], "steps": [{"new": "AbortController", "as": "c"}, {"get": "c.signal.aborted"}]}"#;
    let is_asked = |operation: &Operation| matches!(operation, Operation::Get { get } if get.ends_with(".aborted"));
    let scenario = Scenario::from_json(scenario).expect("a scenario");
    let small = minimal(&scenario, &mut Reference::new(), |scenario| scenario.operations().any(is_asked));
    assert_eq!(small, Scenario::from_json(expected).expect("a scenario"));
}

/// Scenarios for a model that calls listeners twice which were added twice, and keeps the stop propagation flag.
const TWO_QUIRKS: [Quirk; 2] = [Quirk::of("duplicates-kept"), Quirk::of("stop-propagation-kept")];

#[test]
fn a_quirk_beside_others_is_shown_alone_where_it_can_be() {
    let scenario = r#"{"title": "", "callbacks": {"f": {}, "g": {"do": [{"call": "event.stopPropagation"}]}}, "steps": [
        {"new": "EventTarget", "as": "t"}, {"call": "t.addEventListener", "args": ["x", "@f"]},
        {"call": "t.addEventListener", "args": ["x", "@f"]}, {"new": "Event", "args": ["x"], "as": "e"},
        {"call": "t.dispatchEvent", "args": ["@e"]}]}"#;
    let scenario = Scenario::from_json(scenario).expect("a scenario");
    let all = TWO_QUIRKS.into_iter().collect();
    let mut judge = Judge::new();
    let [twice, kept] = TWO_QUIRKS;
    let mut how = |quirk, scenario: &Scenario| shown(&mut judge, quirk, all, scenario, &Capability::ALL);
    assert_eq!((how(twice, &scenario), how(kept, &scenario)), (Shown::Plainly, Shown::Not));
    let small = minimal_under(twice, all, &scenario, &Capability::ALL).expect("it is shown");
    assert_eq!(how(twice, &small), Shown::Plainly);
    assert!(small.operations().count() <= scenario.operations().count());
    assert!(minimal_under(kept, all, &scenario, &Capability::ALL).is_none());
}

#[test]
fn a_quirk_that_shows_among_others_alone_is_reduced_among_them() {
    let scenario = r#"{"title": "", "callbacks": {"f": {}, "g": {"do": [{"call": "event.stopPropagation"}]}}, "steps": [
        {"note": "superfluous"}, {"new": "EventTarget", "as": "t"}, {"call": "t.addEventListener", "args": ["x", "@f"]},
        {"call": "t.addEventListener", "args": ["x", "@f"]}, {"call": "t.addEventListener", "args": ["x", "@g", {"once": true}]},
        {"new": "Event", "args": ["x"], "as": "e"}, {"call": "t.dispatchEvent", "args": ["@e"]}, {"call": "t.dispatchEvent", "args": ["@e"]}]}"#;
    let scenario = Scenario::from_json(scenario).expect("a scenario");
    let all = TWO_QUIRKS.into_iter().collect();
    let mut judge = Judge::new();
    for quirk in TWO_QUIRKS {
        assert_eq!(shown(&mut judge, quirk, all, &scenario, &Capability::ALL), Shown::AmongOthers);
        let small = minimal_under(quirk, all, &scenario, &Capability::ALL).expect("both are shown");
        assert!(small.operations().count() < scenario.operations().count());
        assert!(shown(&mut judge, quirk, all, &small, &Capability::ALL) >= Shown::AmongOthers);
    }
}
