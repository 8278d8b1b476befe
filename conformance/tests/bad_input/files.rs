//! Files that are no scenarios.

use rstest::rstest;

use crate::support::{Done, Folder, bgfspec};

const NAME: &str = "broken.json";

fn replay(content: impl AsRef<[u8]>) -> Done {
    let folder = Folder::new();
    bgfspec(&["replay", &folder.file(NAME, content), "--vendor", "reference"])
}

/// A scenario with these steps, one on a line, the first on line 3.
fn with_steps(steps: &[&str]) -> String {
    format!("{{ \"title\": \"T\", \"observe\": [],\n  \"steps\": [\n{}\n] }}\n", steps.join(",\n"))
}

const TARGET: &str = r#"{ "new": "EventTarget", "as": "target" }"#;

#[test]
fn a_good_file_is_played() {
    let done = replay(with_steps(&[TARGET, r#"{ "note": "x" }"#]));
    assert_eq!(done.status, Some(0), "{}", done.shown());
}

#[test]
fn a_kept_scenario_that_was_changed_is_refused_by_its_id() {
    let folder = Folder::new();
    let content = r#"{ "0123456789ab": { "title": "T", "observe": [], "steps": [{ "note": "x" }] } }"#;
    let file = folder.file(NAME, content);
    let refused = bgfspec(&["run", "--vendor", "reference", "--filter", "MUT-009", "--keep", &file]);
    refused.refuses(2, &[NAME, "0123456789ab"]);
    assert_eq!(std::fs::read_to_string(&file).ok().as_deref(), Some(content), "it stays as it was");
}

#[test]
fn what_generated_scenarios_show_is_kept_and_played_the_next_time() {
    let folder = Folder::new();
    let file = folder.path().join("kept.json").display().to_string();
    // Few of the named ones are played, so little of what they show is known.
    let run = |cases: &str| {
        let done =
            bgfspec(&["run", "--vendor", "llrt", "--filter", "MUT-009", "--cases", cases, "--keep", &file, "-v"]);
        assert_eq!(done.status, Some(1), "{}", done.shown());
        (std::fs::read_to_string(&file).expect("it was written"), done)
    };
    let (first, _) = run("300");
    let kept = bgfspec::catalogue::Kept::parse(&first).expect("it can be read").len();
    assert!(kept > 0);
    let (second, done) = run("1");
    assert_eq!(first, second, "nothing is new");
    let played = done.stdout.lines().find(|line| line.contains(" kept scenarios: ")).expect("they were played");
    let played: usize = played.trim().split(' ').next().and_then(|count| count.parse().ok()).expect("a number");
    assert!(played >= kept, "{}", done.stdout);
}

#[rstest]
#[case::nothing("", &["1:0", "not a scenario"])]
#[case::no_json("a scenario, trust me", &["1:1", "not a scenario", "expected value"])]
#[case::cut_off("{ \"title\": \"T\",\n \"steps\": [", &["2:", "EOF"])]
#[case::a_number("7", &["1:", "expected struct Scenario"])]
#[case::no_title("{ \"steps\": [] }", &["1:", "missing field `title`"])]
#[case::no_steps("{ \"title\": \"T\" }", &["1:", "missing field `steps`"])]
#[case::more_after_the_end("{ \"title\": \"T\", \"steps\": [] }\n{}", &["2:", "trailing characters"])]
#[case::a_member_twice("{ \"title\": \"T\",\n \"title\": \"U\", \"steps\": [] }", &["2:", "duplicate field `title`"])]
#[case::unknown_member("{ \"title\": \"T\",\n \"stepz\": [] }", &["2:", "unknown field `stepz`", "`steps`"])]
#[case::unknown_member_of_a_callback(
    "{ \"title\": \"T\", \"callbacks\": {\n \"f\": { \"doo\": [] } }, \"steps\": [] }",
    &["2:", "unknown field `doo`", "`do`"]
)]
#[case::unknown_kind_of_callback(
    "{ \"title\": \"T\", \"callbacks\": {\n \"f\": { \"kind\": \"asynch\" } }, \"steps\": [] }",
    &["2:", "`asynch`", "`async`"]
)]
#[case::unknown_capability(
    "{ \"title\": \"T\",\n \"needs\": [\"abor\"], \"steps\": [] }", &["2:", "`abor`", "`abort`"]
)]
#[case::unknown_detail(
    "{ \"title\": \"T\",\n \"observe\": [\"targt\"], \"steps\": [] }", &["2:", "targt", "`target`"]
)]
#[case::catalogue_without_scenarios(
    "{ \"area\": \"ADD\",\n \"scenario\": [] }", &["2:", "unknown field `scenario`", "`scenarios`"]
)]
#[case::catalogue_with_a_broken_scenario(
    "{ \"area\": \"ADD\", \"scenarios\": [\n { \"title\": \"T\", \"stepz\": [] }] }", &["2:", "`stepz`", "`steps`"]
)]
fn a_file_that_is_no_scenario_is_refused(#[case] content: &str, #[case] texts: &[&str]) {
    replay(content).refuses(2, &[texts, &[NAME]].concat());
}

#[rstest]
#[case::unknown(r#"{ "cal": "target.dispatchEvent" }"#, &["unknown operation `cal`", "`call`"])]
#[case::unknown_member(r#"{ "call": "target.x", "arg": [] }"#, &["`arg`", "`args`"])]
#[case::member_of_another(r#"{ "note": "x", "args": [] }"#, &["`note`", "`args`"])]
#[case::no_word(r"{}", &["an operation begins with its word"])]
#[case::no_object(r#""note""#, &["expected an operation"])]
#[case::member_missing(r#"{ "set": "target.x" }"#, &["`set`", "missing field `to`"])]
#[case::wrong_type(r#"{ "note": 7 }"#, &["`note`", "expected a string"])]
#[case::unknown_tag(r#"{ "throw": { "$eror": "boom" } }"#, &["unknown tag `$eror`", "`$error`"])]
#[case::unknown_special(r#"{ "throw": { "$": "undefind" } }"#, &["`undefind`", "undefined"])]
#[case::unknown_ending(r#"{ "finish": "a", "how": "succes" }"#, &["`succes`", "`success`"])]
#[case::inside_of_another(r#"{ "microtask": [{ "nota": "x" }] }"#, &["unknown operation `nota`", "`note`"])]
fn a_broken_operation_is_refused_with_its_line(#[case] operation: &str, #[case] texts: &[&str]) {
    replay(with_steps(&[TARGET, operation])).refuses(2, &[texts, &["broken.json:4:"]].concat());
}

#[rstest]
#[case::operation(r#"{ "call": "registration.update" }"#, &["`update` of ServiceWorkerRegistration"])]
#[case::member_of_the_global(r#"{ "typeof": "self.queueMicrotask" }"#, &["`queueMicrotask` of the global object"])]
#[case::member_of_a_prototype(r#"{ "describe": "Clients.prototype.get" }"#, &["`get` of Clients.prototype"])]
#[case::interface(r#"{ "new": "FetchEvent", "args": ["x"] }"#, &["interface `FetchEvent`"])]
#[case::handler(r#"{ "set": "self.onfetch", "to": 1 }"#, &["`onfetch`"])]
#[case::existence(r#"{ "in": "self.caches" }"#, &["`caches`"])]
fn what_the_model_does_not_know_is_refused(#[case] operation: &str, #[case] texts: &[&str]) {
    replay(with_steps(&[operation])).refuses(2, &[texts, &[NAME, "nothing can be said"]].concat());
}

#[rstest]
#[case::object(r#"{ "call": "targt.dispatchEvent" }"#, &["object `targt`", "`target`"])]
#[case::object_in_a_value(r#"{ "call": "target.dispatchEvent", "args": ["@targt"] }"#, &["object `targt`", "`target`"])]
#[case::interface(r#"{ "class": "EventTargt", "as": "T" }"#, &["interface `EventTargt`", "`EventTarget`"])]
#[case::word_for_a_name(r#"{ "new": "Event", "args": ["x"], "as": "self" }"#, &["`self`"])]
#[case::stimulus_in_a_list(r#"{ "microtask": [{ "drain": true }] }"#, &["stimulus", "drain"])]
#[case::promise(r#"{ "resolve": "targ", "with": 1 }"#, &["object `targ`", "`target`"])]
fn an_unknown_name_is_refused(#[case] operation: &str, #[case] texts: &[&str]) {
    replay(with_steps(&[TARGET, operation])).refuses(2, &[texts, &[NAME]].concat());
}

#[test]
fn a_requirement_that_does_not_exist_is_refused() {
    let done = replay("{ \"title\": \"T\",\n \"requirements\": [\"ADD-0001\"], \"steps\": [] }");
    done.refuses(2, &[NAME, "requirement `ADD-0001`", "`ADD-001`"]);
}

#[test]
fn one_broken_scenario_among_others_is_named() {
    let done = replay("[{ \"title\": \"T\", \"steps\": [] },\n { \"title\": \"U\", \"stepz\": [] }]");
    done.refuses(2, &["broken.json:2:", "`stepz`"]);
}

#[test]
fn a_file_of_no_scenarios_is_not_a_pass() {
    let done = replay("[]");
    assert_eq!(done.status, Some(3), "{}", done.shown());
    assert!(done.stderr.contains(NAME), "{}", done.stderr);
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    replay(b"{ \"title\": \"\xff\xfe\", \"steps\": [] }").refuses(2, &[NAME, "UTF-8"]);
}

#[test]
fn a_file_that_is_not_there_is_named() {
    bgfspec(&["replay", "/no/such/scenario.json", "--vendor", "reference"]).refuses(2, &["/no/such/scenario.json"]);
}

#[test]
fn a_folder_is_no_scenario() {
    let folder = Folder::new();
    bgfspec(&["replay", folder.text(), "--vendor", "reference"]).refuses(2, &[folder.text()]);
}

#[rstest]
#[case::operations("{\"microtask\":[", "]}")]
#[case::values("{\"throw\":[", "]}")]
fn what_is_nested_too_deep_is_refused(#[case] open: &str, #[case] close: &str) {
    let deep = format!("{}{}", open.repeat(5_000), close.repeat(5_000));
    replay(with_steps(&[&deep])).refuses(2, &["broken.json:3:", "recursion limit"]);
}
