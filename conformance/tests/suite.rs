//! `conformance_suite!`: what it shows of an implementation, and of one that is at fault.

use std::process::Command;

use bgfspec::catalogue::Catalogue;

/// Runs the suite of an implementation with this fault. Gives whether all went well, and what it printed.
fn suite(fault: &str, arguments: &[&str]) -> (bool, String) {
    suite_with(fault, r#"{ "expectations": [] }"#, arguments)
}

/// The same, where this is expected.
fn suite_with(fault: &str, expectations: &str, arguments: &[&str]) -> (bool, String) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("known.json");
    std::fs::write(&file, expectations).expect("the file can be written");
    let test = std::env::current_exe().expect("this program has a path");
    let program = test.ancestors().nth(2).expect("tests stand in `deps`").join("examples/faulty_suite");
    let output = Command::new(program)
        .args(arguments)
        .env("FAULT", fault)
        .env("EXPECTATIONS", file)
        .output()
        .expect("the suite starts");
    (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The line of a test's outcome.
fn outcome<'a>(text: &'a str, id: &str) -> &'a str {
    let is_of = |line: &&str| line.starts_with("test ") && line.split_whitespace().rev().nth(2) == Some(id);
    text.lines().find(is_of).unwrap_or_else(|| panic!("no line of {id} in {text}"))
}

#[test]
fn there_is_a_test_for_each_requirement() {
    let (good, text) = suite("", &["--list"]);
    assert!(good, "{text}");
    for requirement in Catalogue::load().adopted() {
        let suffix = format!("{}: test", requirement.id);
        assert_eq!(text.lines().filter(|line| line.ends_with(&suffix)).count(), 1, "{}", requirement.id);
    }
    assert_eq!(text.lines().count(), Catalogue::load().adopted().count() + 3);
    assert!(text.starts_with("adapter: test\n") && text.ends_with("\nexpectations: test\ngenerated: test\n"));
}

#[test]
fn a_filter_runs_what_it_names() {
    let (good, text) = suite("", &["MUT-00"]);
    assert!(good && text.contains("running 9 tests") && text.contains("9 passed"), "{text}");
    let (good, text) = suite("", &["--exact", "MUT-009"]);
    assert!(good && text.contains("1 passed; 0 failed; 0 ignored"), "{text}");
}

#[test]
fn a_deviation_fails_with_all_that_there_is_to_know() {
    let (good, text) = suite("bent", &["ADD-00"]);
    assert!(!good, "{text}");
    assert!(outcome(&text, "ADD-008").ends_with("FAILED") && outcome(&text, "ADD-007").ends_with("ok"), "{text}");
    for part in [
        "ADD-008 (must): ",
        "https://dom.spec.whatwg.org/#",
        "t.addEventListener(\"x\", f);",
        "  expected  ",
        "| observed",
        "> ",
        "It departs at dom/add an event listener/",
        "The quirk duplicates-kept explains it: ",
    ] {
        assert!(text.contains(part), "{part} is missing in {text}");
    }
}

#[test]
fn the_suite_ends_with_the_causes_and_why_tests_are_ignored() {
    let (_, text) = suite("bent", &["ADD-00"]);
    let (_, end) = text.split_once("\ntest result: ").expect("libtest sums up");
    assert!(end.contains("What is behind the deviations, with the number of scenarios:\n"), "{text}");
    let cause = |line: &str| line.ends_with(" (duplicates-kept)") && line.split_whitespace().next() != Some("0");
    assert!(end.lines().any(cause), "{end}");
    assert!(!end.contains("ignored, which is no pass"), "{end}");
    let (good, text) = suite("", &["ADD-00"]);
    assert!(good && !text.contains("What is behind"), "{text}");
    let (_, text) = suite("can little", &["CLK-0"]);
    let why = text.lines().skip_while(|line| !line.starts_with("Why ")).collect::<Vec<_>>().join(" ");
    assert!(why.starts_with("Why ") && why.contains("real-click (") && why.contains("which is no pass"), "{text}");
    assert!(!suite("can little", &["--list"]).1.contains("Why "));
}

#[test]
fn what_a_requirement_says_stands_beside_its_id() {
    let (_, text) = suite("", &["--exact", "MUT-009"]);
    assert!(
        outcome(&text, "MUT-009").starts_with("test [A once listener is removed before its callback runs"),
        "{text}"
    );
    let (_, listed) = suite("", &["--list"]);
    let name = listed.lines().find_map(|line| line.strip_suffix(": test").filter(|name| name.ends_with("] MUT-009")));
    let (good, text) = suite("", &["--exact", name.expect("it is listed with what it says")]);
    assert!(good && text.contains("1 passed"), "{text}");
    // nextest lists like this, and names tests by the whole line.
    let (_, listed) = suite("", &["--list", "--format", "terse"]);
    assert!(listed.lines().any(|line| line == "MUT-009: test"), "{listed}");
}

#[test]
fn what_is_generated_fails_with_what_is_left_of_it() {
    let (good, text) = suite("", &["--exact", "generated"]);
    assert!(good && text.contains("1 passed"), "{text}");
    let (good, text) = suite("bent", &["--exact", "generated"]);
    assert!(!good && text.contains(" generated scenarios deviate."), "{text}");
    assert!(text.contains("The quirk duplicates-kept explains it: "), "{text}");
}

#[test]
fn what_is_expected_passes_as_long_as_it_occurs() {
    let known = r#"{ "expectations": [
        { "implementation": "reference", "quirk": "duplicates-kept", "reason": "it is bent" }
    ] }"#;
    let (good, text) = suite_with("bent", known, &["ADD-008"]);
    assert!(good && outcome(&text, "ADD-008").ends_with("ok"), "{text}");
    for test in ["generated", "expectations"] {
        let (good, text) = suite_with("bent", known, &["--exact", test]);
        assert!(good && text.contains("1 passed"), "{text}");
    }
    let (good, text) = suite_with("", known, &["--exact", "expectations"]);
    assert!(!good && text.contains("known.json:2: it does not occur (any more)"), "{text}");
    let (good, text) = suite_with("", r#"{ "expectations": 1 }"#, &["--exact", "expectations"]);
    assert!(!good && text.contains("known.json:1: not an expectation"), "{text}");
}

#[test]
fn what_can_not_be_asked_is_ignored_with_the_reason_and_never_passed() {
    let (_, text) = suite("can little", &["MUT"]);
    let click = suite("can little", &["CLK-001"]).1;
    assert!(outcome(&click, "CLK-001").starts_with("test [not applicable: lacks real-click and "), "{click}");
    assert!(outcome(&click, "CLK-001").ends_with("ignored"), "{click}");
    assert!(outcome(&text, "MUT-009").ends_with("ok"), "{text}");
    let (good, text) = suite("can little", &["--ignored", "CLK-001"]);
    assert!(!good && text.contains("not applicable: lacks promises, service-worker, "), "{text}");
    let (_, listed) = suite("can little", &["--list", "--ignored"]);
    assert!(listed.contains("CLK-001: test") && !listed.contains("MUT-009: test"), "{listed}");
}

#[test]
fn who_can_be_asked_nothing_does_not_pass() {
    let (good, text) = suite("can nothing", &[]);
    assert!(!good && outcome(&text, "adapter").ends_with("FAILED"), "{text}");
    assert!(text.contains("no requirement can be asked of it"), "{text}");
}

#[test]
fn what_can_not_be_told_fails_with_the_reason() {
    let (good, text) = suite("hangs", &["MUT-0"]);
    assert!(!good && text.contains("inconclusive: no answer within 10 s"), "{text}");
    assert!(outcome(&text, "MUT-009").ends_with("FAILED") && outcome(&text, "MUT-010").ends_with("ok"), "{text}");
}

#[test]
fn a_panic_takes_one_verdict_and_no_more() {
    let (good, text) = suite("panics", &["--test-threads=1", "MUT-0"]);
    assert!(!good && text.contains("inconclusive: the adapter panicked"), "{text}");
    assert!(outcome(&text, "MUT-009").ends_with("FAILED") && outcome(&text, "MUT-010").ends_with("ok"), "{text}");
    assert!(text.contains("; 1 failed; "), "{text}");
}

#[test]
fn who_does_not_start_fails_with_what_to_do() {
    for (fault, reason) in [
        ("starts not", "it is not installed; install it"),
        ("starts with a panic", "the adapter panicked when it was made"),
    ] {
        let (good, text) = suite(fault, &["MUT-009"]);
        assert!(!good && text.contains(reason), "{text}");
        let (good, text) = suite(fault, &["--exact", "adapter"]);
        assert!(!good && text.contains(reason), "{text}");
    }
}
