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
#[case(json!({ "call": "self.addEventListener", "args": ["x", null] }), "global-events script")]
fn an_operation_needs_the_service_worker_where_it_shows(#[case] operation: Json, #[case] expected: &str) {
    assert_eq!(needs(json!({ "title": "T", "steps": [operation] })), words(expected));
}

#[rstest]
#[case::without_a_click(json!([]), "service-worker windows", false)]
#[case::a_click(json!([{ "click": "a" }]), "windows real-click", true)]
#[case::the_command(json!([{ "webdriver": "a", "page": "inside" }]), "windows webdriver", true)]
fn only_a_click_opens_a_window_that_is_to_be_seen(#[case] more: Json, #[case] words_of_it: &str, #[case] opens: bool) {
    let mut steps = vec![json!({ "call": "self.clients.openWindow", "args": ["/w"] })];
    steps.extend(more.as_array().expect("operations").iter().cloned());
    let needs = needs(json!({ "title": "T", "worker": [], "steps": steps }));
    assert_eq!(words(words_of_it).is_subset(&needs), opens, "{needs:?}");
}

#[test]
fn who_posts_by_a_call_needs_messages() {
    let step = json!({ "call": "registration.active.postMessage", "args": ["x"] });
    assert!(
        words("service-worker messages worker-life")
            .is_subset(&needs(json!({ "title": "T", "worker": [], "steps": [step] })))
    );
}

#[test]
fn what_a_scenario_says_that_it_needs_is_never_dropped() {
    let said = json!({ "title": "T", "needs": ["global-events"], "steps": [{ "message": "x" }] });
    assert_eq!(needs(said), words("service-worker messages global-events"));
}

/// What a scenario that observes nothing needs, with these operations after `t`, `e`, `c` and in a callback of `f`.
fn needs_of(steps: Json, body: Json) -> BTreeSet<String> {
    let mut all = vec![
        json!({ "new": "EventTarget", "as": "t" }),
        json!({ "new": "Event", "args": ["x"], "as": "e" }),
        json!({ "new": "AbortController", "as": "c" }),
    ];
    all.extend(steps.as_array().expect("operations").iter().cloned());
    needs(json!({ "title": "T", "observe": [], "callbacks": { "f": { "do": body } }, "steps": all }))
}

#[rstest]
#[case(json!({ "call": "t.addEventListener", "args": ["x", "@f"] }))]
#[case(json!({ "call": "t.addEventListener", "args": ["x", "@f", { "once": true, "signal": "@c.signal" }] }))]
#[case(json!({ "call": "c.signal.addEventListener", "args": ["abort", "@f", true] }))]
#[case(json!({ "call": "t.dispatchEvent", "args": ["@e"], "quiet": true }))]
#[case(json!({ "call": "e.initEvent", "args": ["x", true, true] }))]
#[case(json!({ "call": "e.composedPath" }))]
#[case(json!({ "get": "e.target" }))]
#[case(json!({ "get": "c.signal.aborted" }))]
#[case(json!({ "set": "e.cancelBubble", "to": true }))]
#[case(json!({ "same": ["@e.target", "@t"] }))]
#[case(json!({ "object": "@e", "as": "again" }))]
fn what_a_library_can_do_needs_no_script(#[case] operation: Json) {
    assert_eq!(needs_of(json!([operation]), json!([])), words("event-target abort"));
}

#[rstest]
#[case::null_listens(json!({ "call": "t.addEventListener", "args": ["x", null] }))]
#[case::a_number_is_converted(json!({ "call": "t.addEventListener", "args": [1, "@f"] }))]
#[case::so_is_a_flag(json!({ "call": "t.addEventListener", "args": ["x", "@f", 1] }))]
#[case::a_getter_is_read(json!({ "call": "t.addEventListener", "args": ["x", "@f", { "once": { "$getter": true } }] }))]
#[case::a_target_is_no_signal(json!({ "call": "t.addEventListener", "args": ["x", "@f", { "signal": "@t" }] }))]
#[case::an_event_is_no_target(json!({ "call": "e.addEventListener", "args": ["x", "@f"] }))]
#[case::a_target_is_no_event(json!({ "call": "t.dispatchEvent", "args": ["@t"] }))]
#[case::a_function_is_called(json!({ "call": "f" }))]
#[case::a_reason_is_any_value(json!({ "call": "c.abort", "args": [1] }))]
#[case::an_exception_is_named(json!({ "call": "t.dispatchEvent", "args": ["@e"], "catch": "thrown" }))]
#[case::a_method_is_looked_at(json!({ "get": "e.composedPath" }))]
#[case::a_type_is_looked_at(json!({ "typeof": "t.dispatchEvent" }))]
#[case::an_attribute_is_set_to_a_string(json!({ "set": "e.returnValue", "to": "" }))]
#[case::an_attribute_without_setter_is_set(json!({ "set": "e.type", "to": true }))]
#[case::an_object_listens(json!({ "object": { "handleEvent": "@f" }, "as": "o" }))]
#[case::a_name_is_two_things(json!({ "object": "@e", "as": "t" }))]
#[case::the_script_throws(json!({ "throw": { "$error": "boom" } }))]
fn what_only_script_can_do_needs_script(#[case] operation: Json) {
    assert!(needs_of(json!([operation]), json!([])).contains("script"));
}

#[rstest]
#[case::this(json!(["this"]))]
#[case::arguments(json!(["type", "arguments"]))]
#[case::all(json!("all"))]
#[case::results_of_what_gives_none(json!(["returns"]))]
fn what_only_script_can_see_needs_script(#[case] observe: Json) {
    let steps = json!([{ "new": "EventTarget", "as": "t" }, { "call": "t.addEventListener", "args": ["x", "@f"] }]);
    let scenario = |observe| json!({ "title": "T", "observe": observe, "callbacks": { "f": {} }, "steps": steps });
    assert!(!needs(scenario(json!(["type", "target", "reported"]))).contains("script"));
    assert!(needs(scenario(observe)).contains("script"));
}

#[test]
fn what_a_callback_throws_needs_exceptions() {
    let throws = needs_of(json!([]), json!([{ "throw": { "$error": "boom" } }]));
    assert_eq!(throws, words("event-target abort exceptions"));
    let returns = needs_of(json!([]), json!([{ "return": false }]));
    assert!(returns.contains("script"), "there is nothing to return where a callback gives nothing");
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
