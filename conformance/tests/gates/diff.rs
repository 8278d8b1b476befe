//! `bgfspec diff`.

use bgfspec_report::Verdict;
use bgfspec_reports::json;

use crate::support::{Folder, bgfspec};

/// A run of the reference on a few scenarios, in a folder of its own.
fn run(filter: &str) -> Folder {
    let folder = Folder::new();
    let done = bgfspec(&["run", "--vendor", "reference", "--filter", filter, "--out", folder.text()]);
    assert_eq!(done.status, Some(0), "{}", done.shown());
    folder
}

fn path(folder: &Folder) -> String {
    format!("{}/report.json", folder.text())
}

#[test]
fn equal_runs_have_no_difference_and_a_regression_fails() {
    let (old, new) = (run("ADD-00"), run("ADD-00"));
    let done = bgfspec(&["diff", &path(&old), &path(&new)]);
    assert_eq!((done.status, &*done.stdout), (Some(0), "0 regressions and 0 fixes.\n"), "{}", done.shown());
    let mut report = new.report();
    report.runs[0].requirements[0].verdict = Verdict::Deviates;
    let worse = new.file("worse.json", json(&report).expect("A report is JSON."));
    let done = bgfspec(&["diff", &path(&old), &worse]);
    assert_eq!(done.status, Some(1), "{}", done.shown());
    assert!(done.stdout.contains("regression: ADD-001 conforms → deviates."), "{}", done.stdout);
    let done = bgfspec(&["diff", &worse, &path(&old)]);
    assert_eq!(done.status, Some(0), "{}", done.shown());
    assert!(done.stdout.contains("fix: ADD-001 deviates → conforms."), "{}", done.stdout);
}

#[test]
fn fewer_scenarios_are_a_regression() {
    let (old, new) = (run("ADD-0"), run("ADD-00"));
    let done = bgfspec(&["diff", &path(&old), &path(&new)]);
    assert_eq!(done.status, Some(1), "{}", done.shown());
    assert!(done.stdout.contains("judged on fewer scenarios"), "{}", done.stdout);
    assert!(done.stdout.contains("conforms → not in the report"), "{}", done.stdout);
}

#[test]
fn an_incomplete_report_is_no_pass() {
    let folder = run("ADD-00");
    let mut report = folder.report();
    report.complete = false;
    let half = folder.file("half.json", json(&report).expect("A report is JSON."));
    assert_eq!(bgfspec(&["diff", &path(&folder), &half]).status, Some(3));
    assert_eq!(bgfspec(&["diff", &half, &path(&folder)]).status, Some(3));
}

#[test]
fn every_format_says_it() {
    let folder = run("ADD-00");
    let mut report = folder.report();
    report.runs[0].requirements[0].verdict = Verdict::Inconclusive;
    let worse = folder.file("worse.json", json(&report).expect("A report is JSON."));
    let shown = |format: &str| {
        let done = bgfspec(&["diff", &path(&folder), &worse, "--format", format]);
        assert_eq!(done.status, Some(1), "{}", done.shown());
        done.stdout
    };
    assert!(shown("markdown").starts_with("## bgfspec diff\n\n✗ 1 regression and 0 fixes.\n"));
    let json: serde_json::Value = serde_json::from_str(&shown("json")).expect("It is JSON.");
    assert_eq!(json["regressed"], true);
    assert_eq!(json["implementations"][0]["regressions"][0]["requirement"], "ADD-001");
    let schema = bgfspec(&["schema", "difference"]);
    let schema = serde_json::from_str(&schema.stdout).expect("The schema is JSON.");
    jsonschema::validate(&schema, &json).expect("The difference is as its schema says.");
}

#[test]
fn what_is_no_report_is_refused_with_its_line() {
    let folder = run("ADD-00");
    let good = path(&folder);
    for (name, content, texts) in [
        ("a.json", "{\n \"bgfspec\": 7 }", ["a.json:2:", "not a report"]),
        ("b.json", "{\n \"bgfspec\": \"1\"\n}", ["b.json:3:", "missing field"]),
        ("c.json", "", ["c.json:1:0", "EOF"]),
    ] {
        let bad = folder.file(name, content);
        bgfspec(&["diff", &good, &bad]).refuses(2, &texts);
        bgfspec(&["diff", &bad, &good]).refuses(2, &texts);
    }
    bgfspec(&["diff", &good, "/no/such/report.json"]).refuses(2, &["/no/such/report.json"]);
}
