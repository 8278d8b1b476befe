//! The deviations that a page stores: everything about them, each scenario once, and never too much.

use bgfspec_reports::html;
use serde_json::{Value, json};

use crate::fixture::{HOSTILE, Links, hostile, large, many, report};
use crate::stored::{details, index};

#[test]
fn a_deviation_is_stored_with_everything_about_it() {
    let page = html(&report());
    let (index, details) = (index(&page), details(&page));
    assert_eq!(index["cases"].as_array().map(Vec::len), Some(2));
    let [id, title, requirements, variants] = &index["cases"][0].as_array().expect("A list.")[..] else { panic!() };
    assert_eq!((id, title), (&json!("d1"), &json!("A once listener ran twice.")));
    assert_eq!(requirements, &json!(["DSP-002"]));
    assert_eq!(variants, &json!([[0, ["once-after"], [[0, 17, []]]]]));
    let link = "https://dom.spec.whatwg.org/#concept-event-listener-inner-invoke";
    assert_eq!(index["steps"], json!([["dom/inner invoke/8.1", link]]));
    assert_eq!(index["runs"][0], json!(["node 20.20.2 (main)", "node", "node", "--vendor node"]));
    assert_eq!(index["quirks"]["once-after"][0], "A once listener is removed after its callback.");
    let [program, command, variants] = &details[0].as_array().expect("A list.")[..] else { panic!() };
    assert!(text(program).contains("t.addEventListener(\"x\", f, { once: true });"));
    assert_eq!(command, "bgfspec replay d1");
    assert!(text(&variants[0][0]).contains("It should be gone."));
}

#[test]
fn traces_are_aligned_and_one_difference_is_the_first() {
    let mut report = report();
    report.runs[0].deviations.truncate(1);
    report.runs[0].deviations[0].expected.push(json!({ "got": 1 }));
    let rows = details(&html(&report))[0][2][0][1].clone();
    assert_eq!(
        rows,
        json!([
            [3, "called f  this=@t  phase=2"],
            [1, null, null, 3, "called f  this=@t  phase=2", []],
            [3, "noted \"ran\""],
            [0, 11, "got 1", null, null, []],
        ])
    );
}

#[test]
fn who_was_at_work_is_told_from_where_an_operation_stands() {
    let mut report = report();
    let deviation = &mut report.runs[0].deviations[0];
    deviation.scenario = json!({
        "worker": [{ "call": "self.addEventListener", "args": ["x", "@f"] }],
        "callbacks": { "f": { "do": [{ "get": "event.type" }, { "microtask": [{ "note": "m" }] }, { "call": "twice" }] } },
        "steps": [
            { "get": "first" }, { "then": "p", "do": [{ "get": "first" }] }, { "click": "a" }, { "drain": true }, { "stop": true }, { "call": "twice" }, { "get": "first" },
            { "finish": "a", "how": "success" },
        ],
    });
    deviation.expected = vec![
        json!({ "got": 1, "from": "first" }),
        json!({ "called": "f" }),
        json!({ "got": "x", "from": "event.type" }),
        json!({ "returned": 1, "from": "twice" }),
        json!({ "noted": "m" }),
        json!({ "settled": "p", "as": "fulfilled" }),
        json!({ "opened": "/x", "in": "user-agent" }),
        json!({ "got": 1, "from": "elsewhere", "in": "page" }),
        json!({ "noted": "m" }),
        json!({ "got": 1, "from": "first" }),
    ];
    deviation.observed = deviation.expected.clone();
    report.runs[0].deviations.truncate(1);
    let rows = details(&html(&report))[0][2][0][1].clone();
    let rows = rows.as_array().expect("A list.");
    let who: Vec<Value> = rows.iter().map(|row| if row.is_string() { row.clone() } else { row[0].clone() }).collect();
    let [outside, page, script, callback, microtask, guess, apart] = [0, 1, 2, 3, 4, 8, 16];
    // `twice` stands among the steps too, so that it was the callback's is a guess. So is the last, after `p` has settled; at
    // first only the steps could ask for it.
    let expected = json!([
        script,
        "click a, then stop",
        callback,
        callback,
        callback + guess,
        microtask,
        microtask,
        outside + apart,
        page + apart,
        microtask,
        microtask + guess,
        "about here: finish a"
    ]);
    assert_eq!(Value::from(who), expected);
}

#[test]
fn what_many_have_in_common_is_stored_once() {
    let page = html(&many());
    let (index, details) = (index(&page), details(&page));
    assert_eq!(details.len(), 2);
    for (case, one) in index["cases"].as_array().expect("A list.").iter().zip(details) {
        assert_eq!(case[3].as_array().map(Vec::len), Some(1), "All did the same.");
        assert_eq!(case[3][0][2].as_array().map(Vec::len), Some(18));
        assert_eq!(one[2].as_array().map(Vec::len), Some(1));
    }
    let mut other = many();
    other.runs[1].deviations[0].observed.pop();
    assert_eq!(crate::stored::index(&html(&other))["cases"][0][3].as_array().map(Vec::len), Some(2));
}

#[test]
fn only_addresses_of_the_web_are_stored_as_links() {
    let mut report = report();
    for address in ["javascript:alert(1)", " javascript:alert(1)", "data:text/html,x", "file:///etc", "//x", HOSTILE] {
        report.runs[0].deviations[0].link = address.to_owned();
        assert_eq!(index(&html(&report))["steps"][0][1], "", "{address}");
    }
}

#[test]
fn a_command_to_copy_quotes_what_a_shell_would_act_on() {
    let mut report = report();
    report.runs[0].implementation.name = "a; rm -rf '$HOME'".to_owned();
    assert_eq!(index(&html(&report))["runs"][0][3], r"--vendor 'a; rm -rf '\''$HOME'\'''");
}

#[test]
fn what_is_stored_of_a_hostile_report_shows_what_it_hides() {
    let page = html(&hostile(Links::Replaced));
    let mut stored = String::new();
    collect(&json!([index(&page), details(&page)]), &mut stored);
    assert!(stored.contains("\\u{202e}") && stored.contains("<script>alert(1)"));
    for hidden in ['\0', '\u{1b}', '\u{202e}'] {
        assert!(!stored.contains(hidden), "{hidden:?} is there raw.");
    }
}

#[test]
fn ten_megabytes_of_text_are_cut_with_a_remark() {
    let long = "x".repeat(10 << 20);
    let mut report = report();
    report.runs[0].implementation.name = long.clone();
    report.runs[0].failures[0].message = long.clone();
    report.runs[0].requirements[3].reason = Some(long.clone());
    let deviation = &mut report.runs[0].deviations[0];
    deviation.explanation = long.clone();
    deviation.observed = vec![json!({ "threw": long, "from": "x" })];
    deviation.scenario = json!({ "steps": [{ "note": long }] });
    let page = html(&report);
    assert!(page.len() < 200_000, "{} bytes", page.len());
    assert!(page.contains("… (cut here, of 10485760 bytes)"));
    let details = details(&page);
    assert!(text(&details[0][0]).contains("… (cut here, of"));
    assert!(details[0].to_string().matches("… (cut here, of").count() >= 3);
}

#[test]
fn of_a_long_trace_that_around_the_difference_is_shown() {
    let mut report = report();
    let deviation = &mut report.runs[0].deviations[0];
    deviation.expected = (0..5000).map(|number| json!({ "got": number })).collect();
    deviation.observed = deviation.expected.clone();
    deviation.observed[2500] = json!({ "got": "other" });
    deviation.first_difference = 2500;
    let rows = details(&html(&report))[0][2][0][1].clone();
    let rows = rows.as_array().expect("A list.");
    assert!(rows.len() < 310);
    assert_eq!(rows[0], "… 2350 observations before are not shown");
    assert_eq!(rows.last(), Some(&json!("… 2350 observations after are not shown")));
    assert_eq!(rows[151], json!([1, 2, "got 2500", 2, "got \"other\"", ["got: expected 2500, observed \"other\""]]));
}

#[test]
fn a_page_has_room_for_ten_implementations_with_5000_deviations_each() {
    let page = html(&large(5_000));
    assert!(page.len() < 5_000_000, "{} bytes", page.len());
    assert_eq!(index(&page)["cases"].as_array().map(Vec::len), Some(5_000));
    assert!(!page.contains("would not fit"));
}

#[test]
fn what_there_is_no_room_for_is_said() {
    let mut report = report();
    let mut noise = 1_u64;
    let mut random = || {
        noise = noise.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        format!("{noise:x}")
    };
    let pattern = report.runs[0].deviations[0].clone();
    report.runs[0].deviations = (0..3_000)
        .map(|number| {
            let mut one = pattern.clone();
            one.id = format!("n{number}");
            one.observed = (0..100).map(|_| json!({ "got": random() })).collect();
            one
        })
        .collect();
    let page = html(&report);
    assert!(page.len() < 5_000_000, "{} bytes", page.len());
    let kept = index(&page)["cases"].as_array().map_or(0, Vec::len);
    assert!(kept > 100 && page.contains(&format!("{} deviations would not fit into this page", 3_000 - kept)));
}

fn collect(json: &Value, texts: &mut String) {
    match json {
        Value::String(text) => *texts += text,
        Value::Array(values) => values.iter().for_each(|value| collect(value, texts)),
        Value::Object(members) => members.iter().for_each(|(name, value)| {
            *texts += name;
            collect(value, texts);
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn text(value: &Value) -> &str {
    value.as_str().expect("A text.")
}
