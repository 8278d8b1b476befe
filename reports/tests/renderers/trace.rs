//! Observations in a line, and traces side by side.

use bgfspec_reports::{Style, observation_line, side_by_side};
use serde_json::{Value, json};

use crate::fixture::HOSTILE;

#[test]
fn every_observation_has_a_readable_line() {
    let event = json!({
        "type": "x", "target": "@t", "srcElement": "@t", "currentTarget": "@t", "eventPhase": 2,
        "composedPath": ["@t"], "bubbles": false, "cancelable": true, "composed": false, "defaultPrevented": false,
        "returnValue": true, "cancelBubble": false, "isTrusted": false,
    });
    let cases = [
        (
            json!({ "called": "f", "this": "@t", "arguments": 1, "event": event }),
            "called f  this=@t  type=\"x\" target=@t currentTarget=@t phase=2 path=[@t] cancelable",
        ),
        (
            json!({ "called": "f", "this": { "$": "undefined" }, "arguments": 0 }),
            "called f  this=undefined  arguments=0",
        ),
        (
            json!({ "called": "f", "event": { "target": "@t", "srcElement": null, "returnValue": false } }),
            "called f  target=@t srcElement=null returnValue=false",
        ),
        (json!({ "returned": true, "from": "t.dispatchEvent" }), "returned true  from t.dispatchEvent"),
        (
            json!({ "threw": { "$exception": "TypeError" }, "from": "new Event" }),
            "threw exception TypeError  from new Event",
        ),
        (json!({ "got": "@t", "from": "e.target" }), "got @t  from e.target"),
        (json!({ "read": { "type": "x", "eventPhase": 0 }, "of": "e" }), "read e  type=\"x\" phase=0"),
        (
            json!({ "described": { "value": 1, "writable": false }, "from": "Event.NONE" }),
            "described {value: 1, writable: false}  from Event.NONE",
        ),
        (json!({ "accessed": "capture" }), "accessed capture"),
        (json!({ "converted": true }), "converted"),
        (json!({ "noted": "a note" }), "noted \"a note\""),
        (json!({ "reported": { "$error": "boom" } }), "reported error boom"),
        (json!({ "unhandled": { "$": "NaN" } }), "unhandled NaN"),
        (json!({ "settled": "p", "as": "rejected", "value": 1 }), "settled p rejected with 1"),
        (json!({ "missing": "AbortSignal.any" }), "missing AbortSignal.any"),
        (json!({ "evaluated": 2 }), "evaluated 2"),
        (json!({ "opened": "/a", "in": "page" }), "[page] opened \"/a\""),
        (json!({ "answered": { "status": 200, "error": null } }), "answered {error: null, status: 200}"),
        (json!({ "got": { "$object": "AbortSignal" }, "from": "s" }), "got [object AbortSignal]  from s"),
        (json!({ "got": { "$string": "@x" }, "from": "s" }), "got \"@x\"  from s"),
    ];
    for (observation, line) in cases {
        // The order of members in JSON is kept or not, depending on who else builds serde_json.
        let other = line.replace("{error: null, status: 200}", "{status: 200, error: null}");
        let actual = observation_line(&observation);
        assert!(actual == line || actual == other, "{actual}\n{line}");
    }
}

#[test]
fn what_is_unknown_in_an_observation_is_shown() {
    assert_eq!(observation_line(&json!({ "smelled": "smoke" })), "smelled=\"smoke\"");
    assert_eq!(observation_line(&json!({ "noted": "a", "loudly": true })), "noted \"a\"  loudly=true");
    assert_eq!(observation_line(&json!({ "read": { "mood": 1 }, "of": "e" })), "read e  mood=1");
    assert_eq!(observation_line(&json!([1, "x"])), "[1, \"x\"]");
}

#[test]
fn an_observation_is_one_line_whatever_it_holds() {
    for observation in [json!({ "noted": HOSTILE }), json!({ HOSTILE: 1 }), json!({ "got": { "$": HOSTILE } })] {
        let line = observation_line(&observation);
        assert!(!line.chars().any(|c| c.is_control() || c == '\u{202e}'), "{line:?}");
    }
}

#[test]
fn aligned_traces_mark_the_first_difference_once() {
    let expected = notes(&["a", "b", "c"]);
    let observed = notes(&["a", "x", "c"]);
    let shown = side_by_side(&expected, &observed, 1, Style { width: 61, ..Style::default() });
    assert_eq!(
        shown,
        "  expected                     | observed\n  \
           noted \"a\"                    | noted \"a\"\n\
         > noted \"b\"                    | noted \"x\"\n    \
             noted: expected \"b\", observed \"x\"\n  \
           noted \"c\"                    | noted \"c\"\n"
    );
}

#[test]
fn an_observation_too_many_does_not_shift_the_others() {
    let shown =
        side_by_side(&notes(&["a", "c"]), &notes(&["a", "b", "c", "d"]), 1, Style { width: 61, ..Style::default() });
    let marks: String = shown.lines().skip(1).map(|line| &line[..1]).collect();
    assert_eq!(marks, " > +");
}

#[test]
fn a_missing_observation_is_marked() {
    let shown = side_by_side(&notes(&["a", "b", "c"]), &notes(&["a"]), 1, Style::default());
    let marks: String = shown.lines().skip(1).map(|line| &line[..1]).collect();
    assert_eq!(marks, " >-");
}

#[test]
fn the_judge_says_which_difference_is_the_first() {
    let shown = side_by_side(&notes(&["a", "b", "c"]), &notes(&["x", "b", "y"]), 2, Style::default());
    let marks: String = shown.lines().skip(1).filter(|line| !line.starts_with("    ")).map(|line| &line[..1]).collect();
    assert_eq!(marks, "~ >");
}

#[test]
fn members_that_the_line_leaves_out_are_named_where_they_differ() {
    let called = |bubbles: Value| json!({ "called": "f", "event": { "type": "x", "bubbles": bubbles } });
    let missing = json!({ "called": "f", "event": { "type": "x" } });
    let shown = side_by_side(&[called(json!(false))], &[missing], 0, Style::default());
    assert!(shown.contains("    event.bubbles: expected false, observed nothing\n"), "{shown}");
}

#[test]
fn a_long_observation_is_wrapped_and_not_cut() {
    let long = "word ".repeat(50);
    let shown = side_by_side(&notes(&[&long]), &notes(&[]), 0, Style { width: 50, ..Style::default() });
    assert_eq!(shown.matches("word").count(), 50);
    assert!(shown.lines().all(|line| line.chars().count() <= 50), "{shown}");
}

fn notes(texts: &[&str]) -> Vec<Value> {
    texts.iter().map(|text| json!({ "noted": text })).collect()
}
