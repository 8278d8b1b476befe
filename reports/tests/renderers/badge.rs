//! The badge.

use bgfspec_reports::badge;
use bgfspec_reports::report::Verdict;
use roxmltree::Document;

use crate::fixture::{Links, expecting, hostile, many, passing, report};

#[track_caller]
fn words(svg: &str) -> String {
    let document = Document::parse(svg).expect("It is XML.");
    assert_eq!(document.root_element().tag_name().name(), "svg");
    let title = document.descendants().find(|node| node.has_tag_name("title")).and_then(|title| title.text());
    title.expect("It says what it shows.").to_owned()
}

#[test]
fn it_says_how_many_conform() {
    assert_eq!(words(&badge(&passing())), "bgfspec: 2 of 2 conform");
    assert_eq!(words(&badge(&report())), "bgfspec: 1 of 2 runs conform");
    assert_eq!(words(&badge(&many())), "bgfspec: 0 of 18 runs conform");
    let mut one = report();
    one.runs.truncate(1);
    assert_eq!(words(&badge(&one)), "bgfspec: 1 of 2 conform");
}

#[test]
fn what_is_no_pass_does_not_look_like_one() {
    let green = "#2e7d32";
    let mut report = passing();
    assert!(badge(&report).contains(green));
    report.complete = false;
    assert_eq!(words(&badge(&report)), "bgfspec: incomplete");
    assert!(!badge(&report).contains(green));
    report.complete = true;
    report.runs[0].requirements[0].verdict = Verdict::Inconclusive;
    assert_eq!(words(&badge(&report)), "bgfspec: inconclusive");
    report.runs.clear();
    assert_eq!(words(&badge(&report)), "bgfspec: nothing run");
    assert!(!badge(&expecting()).contains(green), "A stale expectation is no pass.");
}

#[test]
fn nothing_hostile_comes_in() {
    assert_eq!(words(&badge(&hostile(Links::Replaced))), words(&badge(&report())));
}
