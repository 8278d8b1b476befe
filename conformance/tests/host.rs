//! Libraries as implementations: what one lacks shows, and what goes wrong in one is never a deviation.

use bgfspec::adapter::host::{Act, Attribute, Callback, EventInit, Got, Host, HostAdapter, ListenerOptions, Thrown};
use bgfspec::adapter::{Adapter, Failure};
use bgfspec::scenario::{Capability, Scenario};
use serde_json::{Value as Json, json};

/// A library that keeps everything in one place, which its listeners get: they could not hold on to it.
#[derive(Default)]
struct Arena {
    targets: usize,
    events: Vec<(String, Option<usize>)>,
    listeners: Vec<(usize, String, Callback<Arena>)>,
    fault: Fault,
}

#[derive(Clone, Copy, PartialEq, Default)]
enum Fault {
    #[default]
    None,
    Panics,
    LetsErrorsThrough,
}

impl Host for Arena {
    type Target = usize;
    type Event = usize;

    fn create_target(&mut self) -> usize {
        self.targets += 1;
        self.targets
    }

    fn create_event(&mut self, kind: &str, _: EventInit) -> usize {
        self.events.push((kind.to_owned(), None));
        self.events.len() - 1
    }

    fn add_listener(&mut self, target: &usize, kind: &str, callback: Callback<Self>, _: ListenerOptions<usize>) {
        self.listeners.push((*target, kind.to_owned(), callback));
    }

    fn remove_listener(&mut self, target: &usize, kind: &str, callback: &Callback<Self>, _: bool) {
        self.listeners.retain(|one| (one.0, one.1.as_str(), &one.2) != (*target, kind, callback));
    }

    fn dispatch(&mut self, target: &usize, event: &usize) -> Result<bool, Thrown> {
        assert!(self.fault != Fault::Panics, "it fell over");
        self.events[*event].1 = Some(*target);
        let kind = self.events[*event].0.clone();
        for (_, _, callback) in self.listeners.clone().iter().filter(|one| one.0 == *target && one.1 == kind) {
            let result = callback.call(self, event);
            if self.fault == Fault::LetsErrorsThrough {
                result?;
            }
        }
        Ok(true)
    }

    fn act(&mut self, _: &usize, act: Act<'_>) -> Option<()> {
        matches!(act, Act::StopPropagation).then_some(())
    }

    fn get(&mut self, event: &usize, attribute: Attribute) -> Option<Got<usize>> {
        match attribute {
            Attribute::Type => Some(self.events[*event].0.as_str().into()),
            Attribute::Target => Some(self.events[*event].1.into()),
            _ => None,
        }
    }
}

fn play(fault: Fault, observe: &[&str], body: Json, steps: Json) -> Result<Vec<Json>, Failure> {
    let mut all = vec![
        json!({ "new": "EventTarget", "as": "t" }),
        json!({ "call": "t.addEventListener", "args": ["x", "@f"], "quiet": true }),
        json!({ "new": "Event", "args": ["x"], "as": "e" }),
    ];
    all.extend(steps.as_array().expect("operations").iter().cloned());
    let scenario = json!({ "title": "T", "observe": observe, "callbacks": { "f": { "do": body } }, "steps": all });
    let scenario: Scenario = serde_json::from_value(scenario).expect("a scenario");
    let mut adapter = HostAdapter::new("arena", "1", [], || Arena { fault, ..Arena::default() });
    adapter.run(&scenario).map(|trace| trace.observations().expect("a trace"))
}

fn dispatch() -> Json {
    json!([{ "call": "t.dispatchEvent", "args": ["@e"] }])
}

#[test]
fn what_was_done_and_seen_is_told() {
    let body = json!([{ "get": "event.target" }, { "same": ["@event", "@e"] }, { "note": "here" }]);
    let trace = play(Fault::None, &["type", "target"], body, dispatch()).expect("it plays");
    assert_eq!(
        trace,
        [
            json!({ "called": "f", "event": { "type": "x", "target": "@t" } }),
            json!({ "got": "@t", "from": "event.target" }),
            json!({ "got": true, "from": "[\"@event\",\"@e\"]" }),
            json!({ "noted": "here" }),
            json!({ "returned": true, "from": "t.dispatchEvent" }),
        ]
    );
}

#[test]
fn an_attribute_that_is_not_there_shows_as_undefined() {
    let trace = play(Fault::None, &["bubbles"], json!([]), dispatch()).expect("it plays");
    assert_eq!(trace[0]["event"], json!({ "bubbles": { "$": "undefined" } }));
}

#[test]
fn a_method_that_is_not_there_ends_the_scenario() {
    let steps = json!([{ "call": "e.stopPropagation" }, { "call": "e.preventDefault" }, { "note": "never" }]);
    let trace = play(Fault::None, &[], json!([]), steps).expect("it plays");
    assert_eq!(trace[1..], [json!({ "missing": "Event.preventDefault" })]);
}

#[test]
fn what_a_callback_throws_may_go_through_a_library() {
    let body = json!([{ "throw": { "$error": "boom" } }]);
    let trace = |fault| play(fault, &[], body.clone(), dispatch()).expect("it plays")[1].clone();
    assert_eq!(trace(Fault::None), json!({ "returned": true, "from": "t.dispatchEvent" }));
    let thrown = json!({ "threw": { "$error": "boom" }, "from": "t.dispatchEvent" });
    assert_eq!(trace(Fault::LetsErrorsThrough), thrown);
}

#[test]
fn a_panic_is_a_crash_that_says_why() {
    let failure = play(Fault::Panics, &[], json!([]), dispatch()).expect_err("it panics");
    assert_eq!(failure, Failure::Crash("it panicked: it fell over".to_owned()));
}

#[test]
fn a_library_that_does_not_end_is_ended() {
    let again = json!([{ "call": "t.dispatchEvent", "args": ["@e"] }]);
    let failure = play(Fault::None, &[], again, dispatch()).expect_err("it does not end");
    assert!(failure.to_string().contains("more than 100 deep"), "{failure}");
}

#[test]
fn what_needs_script_is_no_deviation() {
    let failure = play(Fault::None, &[], json!([]), json!([{ "typeof": "t.dispatchEvent" }])).expect_err("no script");
    assert!(failure.to_string().contains("it needs script: {\"typeof\""), "{failure}");
}

#[test]
fn a_library_has_no_capability_that_only_script_can_show() {
    let more = [Capability::Script, Capability::Promises, Capability::Capture];
    let adapter = HostAdapter::new("arena", "1", more, Arena::default);
    let expected = [Capability::EventTarget, Capability::EventTargetConstructor, Capability::Capture];
    assert_eq!(adapter.capabilities(), expected.into());
}
