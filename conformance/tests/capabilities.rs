//! What a scenario needs of an implementation, told from its operations.

use std::collections::BTreeSet;

use bgfspec::reference::{Reference, View};
use bgfspec::scenario::{Capability, Scenario};
use rstest::rstest;
use serde_json::{Value as Json, json};

fn scenario(json: Json) -> Scenario {
    serde_json::from_value(json).expect("a scenario")
}

fn needs(json: Json) -> BTreeSet<String> {
    scenario(json).capabilities().into_iter().map(Capability::name).collect()
}

fn words(text: &str) -> BTreeSet<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

#[rstest]
#[case::message(json!({ "message": "x" }), "service-worker messages")]
#[case::update(json!({ "update": [] }), "service-worker worker-life")]
#[case::stop(json!({ "stop": true }), "service-worker worker-stop")]
#[case::timeout(json!({ "timeout": "e" }), "service-worker worker-faults")]
#[case::fail_starts(json!({ "failStarts": true }), "service-worker worker-faults")]
#[case::page(json!({ "page": [] }), "service-worker")]
#[case::close_page(json!({ "closePage": true }), "service-worker")]
#[case::progress(json!({ "progress": "a", "bytes": 1 }), "background-fetch")]
#[case::finish(json!({ "finish": "a", "how": "fetch-error" }), "background-fetch")]
#[case::quota(json!({ "finish": "a", "how": "quota-exceeded" }), "background-fetch quota")]
#[case::upload(json!({ "upload": "a", "bytes": 1 }), "background-fetch upload-progress")]
#[case::permission(json!({ "permission": "denied" }), "background-fetch permissions")]
#[case::click(json!({ "click": "a" }), "background-fetch real-click")]
#[case::user_abort(json!({ "userAbort": "a" }), "background-fetch real-click")]
#[case::pause(json!({ "pause": "a" }), "background-fetch real-click")]
#[case::resume(json!({ "resume": "a" }), "background-fetch real-click")]
#[case::webdriver(json!({ "webdriver": "a", "page": "inside" }), "background-fetch webdriver")]
fn a_stimulus_needs_no_more_than_what_it_is(#[case] stimulus: Json, #[case] expected: &str) {
    assert_eq!(needs(json!({ "title": "T", "steps": [stimulus] })), words(expected));
}

#[rstest]
#[case::listening(json!({ "call": "self.addEventListener", "args": ["message", null] }), "service-worker messages")]
#[case::handler(json!({ "set": "self.onmessage", "to": null }), "service-worker messages")]
#[case::errors(
    json!({ "call": "self.addEventListener", "args": ["error", null] }),
    "service-worker messages global-events"
)]
#[case::error_handler(json!({ "set": "self.onerror", "to": null }), "service-worker messages global-events")]
#[case::interface(json!({ "typeof": "self.ExtendableMessageEvent" }), "service-worker messages")]
#[case::background_fetch(
    json!({ "get": "self.onbackgroundfetchclick" }),
    "service-worker messages background-fetch"
)]
fn the_global_object_of_a_service_worker_is_an_event_target(#[case] operation: Json, #[case] expected: &str) {
    assert_eq!(needs(json!({ "title": "T", "steps": [operation, { "message": "x" }] })), words(expected));
}

#[rstest]
#[case(json!({ "get": "self.onmessage" }), "service-worker")]
#[case(json!({ "new": "ExtendableMessageEvent", "args": ["x"] }), "service-worker")]
#[case(json!({ "call": "self.addEventListener", "args": ["x", null] }), "global-events")]
fn an_operation_needs_the_service_worker_where_it_shows(#[case] operation: Json, #[case] expected: &str) {
    assert_eq!(needs(json!({ "title": "T", "steps": [operation] })), words(expected));
}

#[test]
fn what_a_scenario_says_that_it_needs_is_never_dropped() {
    let said = json!({ "title": "T", "needs": ["global-events"], "steps": [{ "message": "x" }] });
    assert_eq!(needs(said), words("service-worker messages global-events"));
}

/// The traces that the model permits.
fn permitted(json: Json) -> Vec<String> {
    let mut reference = Reference::new();
    let program = reference.compile(&scenario(json)).expect("it compiles");
    reference.permitted(&program, View { reported: true, unhandled: true }, 100).into_iter().collect()
}

#[test]
fn a_message_needs_no_worker_of_its_own() {
    let traces = permitted(json!({
        "title": "T",
        "observe": ["type", "isTrusted", "cancelable"],
        "callbacks": { "f": { "do": [{ "get": "event.data" }] } },
        "steps": [
            { "call": "self.addEventListener", "args": ["message", "@f"] },
            { "message": "hello" },
            { "drain": true },
        ],
    }));
    let [trace] = &traces[..] else { panic!("{traces:?}") };
    let trace: Json = serde_json::from_str(trace).expect("a trace");
    assert_eq!(trace[1]["event"], json!({ "type": "message", "cancelable": false, "isTrusted": true }));
    assert_eq!(trace[2], json!({ "got": "hello", "from": "event.data" }));
}

#[test]
fn a_message_starts_a_worker_that_was_stopped() {
    let traces = permitted(json!({
        "title": "T",
        "observe": [],
        "callbacks": { "f": {} },
        "worker": [{ "call": "self.addEventListener", "args": ["message", "@f"] }],
        "steps": [{ "stop": true }, { "message": "hello" }, { "drain": true }],
    }));
    let [trace] = &traces[..] else { panic!("{traces:?}") };
    let trace: Json = serde_json::from_str(trace).expect("a trace");
    assert_eq!(trace[0], json!({ "evaluated": 1 }));
    assert_eq!(trace[2]["called"], json!("f"));
}
