//! Every operation, stimulus and value of a scenario as JavaScript.

use bgfspec_reports::javascript;
use serde_json::{Value, json};

use crate::fixture::HOSTILE;

#[test]
fn every_operation_has_its_statement() {
    let cases = [
        (
            json!({ "new": "Event", "args": ["x", { "bubbles": true }], "as": "e" }),
            "const e = new Event(\"x\", { bubbles: true });",
        ),
        (json!({ "new": "EventTarget" }), "new EventTarget();"),
        (json!({ "construct": "C", "args": [1], "as": "c" }), "const c = new C(1);"),
        (json!({ "class": "EventTarget", "as": "C" }), "class C extends EventTarget {}"),
        (json!({ "class": "EventTarget" }), "(class extends EventTarget {});"),
        (
            json!({ "call": "t.addEventListener", "args": ["x", "@f", { "once": true }] }),
            "t.addEventListener(\"x\", f, { once: true });",
        ),
        (json!({ "call": "f", "as": "r" }), "const r = f();"),
        (json!({ "call": "f", "catch": "x" }), "let x;\n\ntry {\n  f();\n} catch (exception) {\n  x = exception;\n}"),
        (
            json!({ "apply": "Event.prototype.preventDefault", "this": { "$": "undefined" }, "args": [] }),
            "Event.prototype.preventDefault.call(undefined);",
        ),
        (json!({ "apply": "f", "this": "@t", "args": [1, "@e"] }), "f.call(t, 1, e);"),
        (json!({ "get": "e.type" }), "console.log(e.type);"),
        (json!({ "set": "self.onbackgroundfetchclick", "to": "@f" }), "self.onbackgroundfetchclick = f;"),
        (
            json!({ "setter": "self.onerror", "this": { "$": "undefined" }, "to": null }),
            "Object.getOwnPropertyDescriptor(self, \"onerror\").set.call(undefined, null);",
        ),
        (json!({ "read": "e" }), "console.log(e); // Every member that is observed."),
        (json!({ "describe": "Event.NONE" }), "console.log(Object.getOwnPropertyDescriptor(Event, \"NONE\"));"),
        (json!({ "in": "Event.prototype.type" }), "console.log(\"type\" in Event.prototype);"),
        (json!({ "in": "AbortSignal" }), "console.log(\"AbortSignal\" in self);"),
        (json!({ "typeof": "AbortSignal.any" }), "console.log(typeof AbortSignal.any);"),
        (json!({ "instanceof": "@e", "interface": "Event" }), "console.log(e instanceof Event);"),
        (json!({ "same": ["@a", "@b"] }), "console.log(Object.is(a, b));"),
        (
            json!({ "prototype": "Event.prototype", "of": "CustomEvent.prototype" }),
            "console.log(Object.getPrototypeOf(CustomEvent.prototype) === Event.prototype);",
        ),
        (json!({ "class-of": "e" }), "console.log(Object.prototype.toString.call(e));"),
        (json!({ "ordered": ["@a", 2, "@b.timeStamp"] }), "console.log(a <= 2 && 2 <= b.timeStamp);"),
        (json!({ "ordered": ["@a"] }), "console.log(typeof a === \"number\");"),
        (json!({ "object": { "handleEvent": "@f" }, "as": "o" }), "const o = { handleEvent: f };"),
        (json!({ "object": {} }), "({});"),
        (json!({ "throw": 1 }), "throw 1;"),
        (json!({ "return": "@p" }), "return p;"),
        (json!({ "note": "here" }), "console.log(\"here\");"),
        (json!({ "microtask": [{ "note": "m" }] }), "queueMicrotask(() => {\n  console.log(\"m\");\n});"),
        (json!({ "task": [{ "note": "t" }] }), "setTimeout(() => {\n  console.log(\"t\");\n});"),
        (
            json!({ "promise": "p" }),
            "const { promise: p, resolve: resolve_p, reject: reject_p } = Promise.withResolvers();",
        ),
        (json!({ "resolve": "p", "with": 1 }), "resolve_p(1);"),
        (json!({ "resolve": "p" }), "resolve_p();"),
        (json!({ "reject": "p", "with": null }), "reject_p(null);"),
        (
            json!({ "then": "p", "do": [{ "note": "y" }], "catch": [{ "note": "n" }] }),
            "p.then((value) => {\n  console.log(\"fulfilled\", value);\n  console.log(\"y\");\n}, (reason) => {\n  \
          console.log(\"rejected\", reason);\n  console.log(\"n\");\n});",
        ),
        (
            json!({ "tree": ["outer", "inner"] }),
            "const outer = document.createElement(\"div\");\n\
          const inner = outer.appendChild(document.createElement(\"div\"));",
        ),
    ];
    for (operation, code) in cases {
        assert_eq!(steps(json!([operation])), code, "{operation}");
    }
}

#[test]
fn every_stimulus_has_its_comment() {
    let cases = [
        (json!({ "drain": true }), "// Everything that is queued runs to its end."),
        (
            json!({ "worker": [{ "note": "w" }] }),
            "// A task in the running service worker:\n{\n  console.log(\"w\");\n}",
        ),
        (json!({ "page": [{ "note": "p" }] }), "// A task in a page:\n{\n  console.log(\"p\");\n}"),
        (json!({ "closePage": true }), "// The page is closed."),
        (json!({ "stop": true }), "// The user agent stops the service worker."),
        (json!({ "update": [] }), "// The registration gets a new worker with this script:\n{}"),
        (json!({ "timeout": "e" }), "// The user agent sets the timed out flag of the event \"e\"."),
        (json!({ "failStarts": true }), "// From now on the worker's script can't be started."),
        (json!({ "message": "hello" }), "// A page posts the message \"hello\" to the worker."),
        (json!({ "click": "a" }), "// The user clicks the interface of the background fetch \"a\"."),
        (json!({ "click": "a", "newest": true }), "// The user clicks the interface of the background fetch \"a\"."),
        (
            json!({ "click": "a", "newest": false }),
            "// The user clicks the interface of the oldest background fetch \"a\".",
        ),
        (json!({ "progress": "a", "bytes": 5 }), "// 5 bytes of the background fetch \"a\" arrive."),
        (json!({ "upload": "a", "bytes": 5 }), "// 5 bytes of the background fetch \"a\" are sent."),
        (json!({ "finish": "a", "how": "success" }), "// The background fetch \"a\" ends: \"success\"."),
        (json!({ "userAbort": "a" }), "// The user aborts the background fetch \"a\"."),
        (json!({ "pause": "a" }), "// The user pauses the background fetch \"a\"."),
        (json!({ "resume": "a" }), "// The user resumes the background fetch \"a\"."),
        (json!({ "permission": "denied" }), "// The permission is now \"denied\"."),
        (
            json!({ "webdriver": "a", "page": "inside" }),
            "// WebDriver clicks the background fetch \"a\"; the current page is \"inside\" (of the scope).",
        ),
    ];
    for (stimulus, code) in cases {
        assert_eq!(steps(json!([stimulus])), code, "{stimulus}");
    }
}

#[test]
fn every_value_has_its_expression() {
    let cases = [
        (json!(null), "null"),
        (json!(1.5), "1.5"),
        (json!("a \"b\"\n"), r#""a \"b\"\n""#),
        (json!("@t.on-x.0"), "t[\"on-x\"][0]"),
        (json!("@self.this"), "self.this"),
        (json!("@event.type"), "event.type"),
        (json!("@arguments.1"), "arguments[1]"),
        (json!({ "$string": "@x" }), "\"@x\""),
        (json!({ "$": "undefined" }), "undefined"),
        (json!({ "$": "NaN" }), "NaN"),
        (json!({ "$": "Infinity" }), "Infinity"),
        (json!({ "$": "-Infinity" }), "-Infinity"),
        (json!({ "$": "-0" }), "-0"),
        (json!({ "$": "symbol" }), "Symbol()"),
        (json!({ "$": "bigint" }), "1n"),
        (json!({ "$": "bigint0" }), "0n"),
        (json!({ "$": "*/" }), "undefined /* {\"$\":\"*\\/\"} */"),
        (json!({ "$converts": "x" }), "{ [Symbol.toPrimitive]() { return \"x\"; } }"),
        (json!({ "$converts": { "$throws": 1 } }), "{ [Symbol.toPrimitive]() { throw 1; } }"),
        (json!([1, ["@t"]]), "[1, [t]]"),
        (json!({}), "{}"),
        (json!({ "a-b": 1 }), "{ \"a-b\": 1 }"),
        (json!({ "__proto__": 1 }), "{ [\"__proto__\"]: 1 }"),
        (json!({ "once": { "$getter": true } }), "{ get once() { return true; } }"),
        (json!({ "once": { "$getter": { "$throws": 1 } } }), "{ get once() { throw 1; } }"),
    ];
    for (value, expression) in cases {
        assert_eq!(steps(json!([{ "return": value }])), format!("return {expression};"));
    }
}

#[test]
fn an_error_is_one_object_however_often_it_is_used() {
    let code = steps(json!([{ "throw": { "$error": "boom" } }, { "throw": { "$error": "boom" } }]));
    assert_eq!(code, "const boomError = new Error(\"boom\");\n\nthrow boomError;\nthrow boomError;");
}

#[test]
fn callbacks_are_functions_of_their_kind() {
    let callback = |callback: Value| javascript(&json!({ "callbacks": { "f": callback } }));
    assert_eq!(callback(json!({})), "function f(event) {}\n");
    assert_eq!(callback(json!({ "do": [{ "return": 1 }] })), "function f(event) {\n  return 1;\n}\n");
    assert_eq!(callback(json!({ "kind": "async" })), "async function f(event) {}\n");
    assert_eq!(callback(json!({ "kind": "class" })), "class f {\n  constructor(event) {}\n}\n");
    assert_eq!(
        callback(json!({ "times": 1, "do": [{ "note": "once" }] })),
        "const calls = { f: 0 };\n\nfunction f(event) {\n  if (++calls.f > 1) return;\n  console.log(\"once\");\n}\n"
    );
    assert_eq!(callback(json!({ "kind": "generator" })), "// \"f\": {\"kind\":\"generator\"}\n");
}

#[test]
fn a_name_given_inside_a_callback_is_seen_outside() {
    let code = javascript(&json!({
        "callbacks": { "f": { "do": [{ "new": "Event", "args": ["x"], "as": "inner" }, { "promise": "p" }] } },
        "steps": [{ "call": "t.dispatchEvent", "args": ["@inner"] }],
    }));
    assert_eq!(
        code,
        "let inner, p, reject_p, resolve_p;\n\nfunction f(event) {\n  inner = new Event(\"x\");\n  \
         ({ promise: p, resolve: resolve_p, reject: reject_p } = Promise.withResolvers());\n}\n\nt.dispatchEvent(inner);\n"
    );
}

#[test]
fn a_name_given_twice_is_no_constant() {
    assert_eq!(
        steps(json!([{ "new": "Event", "as": "e" }, { "new": "Event", "as": "e" }])),
        "let e;\n\ne = new Event();\ne = new Event();"
    );
}

#[test]
fn names_become_identifiers() {
    let new = |name: &str| steps(json!([{ "new": "E", "as": name }]));
    assert_eq!(new("my-target"), "const my_target = new E();");
    assert_eq!(new("1st"), "const _1st = new E();");
    assert_eq!(new("new"), "const new_ = new E();");
}

#[test]
fn a_scenario_of_a_worker_shows_its_script_first() {
    let code = javascript(&json!({
        "title": "A click fires.",
        "callbacks": { "f": {} },
        "worker": [{ "call": "self.addEventListener", "args": ["backgroundfetchclick", "@f"] }],
        "steps": [{ "click": "a" }],
    }));
    assert_eq!(
        code,
        "// A click fires.\n\n// The service worker's script, run at each evaluation:\n\nfunction f(event) {}\n\n\
         self.addEventListener(\"backgroundfetchclick\", f);\n\n\
         // The worker runs, installed and activated. Then:\n\
         // The user clicks the interface of the background fetch \"a\".\n"
    );
}

#[test]
fn what_is_unknown_is_a_comment_with_its_json() {
    for operation in [
        json!({ "jump": "high" }),
        json!({ "note": "x", "loudly": true }),
        json!({ "call": 1 }),
        json!({ "same": ["@a"] }),
        json!({ "drain": false }),
        json!({ "progress": "a" }),
        json!("note"),
    ] {
        assert_eq!(steps(json!([operation])), format!("// {operation}"));
    }
    assert_eq!(javascript(&json!({ "steps": 1 })), "// \"steps\": 1\n");
    assert_eq!(javascript(&json!({ "mood": "good" })), "// {\"mood\":\"good\"}\n");
    assert_eq!(javascript(&json!(null)), "// null\n");
}

#[test]
fn hostile_text_stays_in_its_literal_or_comment() {
    let code = javascript(&json!({ "title": HOSTILE, "steps": [{ "note": HOSTILE }, { HOSTILE: 1 }] }));
    assert_eq!(code.lines().count(), 4, "{code}");
    assert!(!code.chars().any(|c| c == '\u{202e}' || (c.is_control() && c != '\n')));
    assert!(code.contains(r"\u202e"), "A literal keeps its value.");
}

fn steps(steps: Value) -> String {
    javascript(&json!({ "steps": steps })).trim_end().to_owned()
}
