//! An accessibility checker over the page of the fleet, with something of everything open.

use std::path::PathBuf;

use bgfspec_reports::report::{Act, Click};
use serde_json::Value;

use crate::browser::Browser;
use crate::{Needs, Test, fixture, fleet};

pub(crate) const TESTS: &[Test] = &[
    ("nothing_is_found_on_the_fleets_page", Needs::BrowserAndChecker, nothing_is_found_on_the_fleets_page),
    (
        "nothing_is_found_on_a_page_with_every_section",
        Needs::BrowserAndChecker,
        nothing_is_found_on_a_page_with_every_section,
    ),
    ("the_checker_finds_what_is_wrong", Needs::BrowserAndChecker, the_checker_finds_what_is_wrong),
];

/// The checker, once npm installed it.
pub(crate) fn checker() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/page/node_modules/axe-core/axe.min.js")
}

fn nothing_is_found_on_the_fleets_page() {
    let mut browser = Browser::start(&fleet());
    for (width, scheme) in [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")] {
        browser.size(width, 900);
        browser.prefers(&[("prefers-color-scheme", scheme), ("prefers-reduced-motion", "reduce")]);
        browser.visit("#run=chromium-service-worker&area=CB&deviation=e3a8e7c5f1f6");
        browser.settled();
        open_some(&mut browser);
        let findings = findings(&mut browser);
        assert!(findings.is_empty(), "{width} px, {scheme}: {:#?}", findings.iter().map(told).collect::<Vec<_>>());
    }
}

fn nothing_is_found_on_a_page_with_every_section() {
    let (mut report, generated, suspicious) = (fixture::expecting(), fixture::generated(), fixture::suspicious());
    report.suspects = suspicious.suspects;
    report.suspect_scenarios = suspicious.suspect_scenarios;
    report.selection = generated.selection;
    report.runs[0].generated = generated.runs[0].generated.clone();
    report.runs[0].failures = generated.runs[0].failures.clone();
    let act = Act { act: "activate".to_owned(), done: true, picture: Some("clicks/a.png".to_owned()) };
    let (scenario, title, trace) = ("d1".to_owned(), "A click fires the event.".to_owned(), Vec::new());
    report.runs[0].clicks = vec![Click { scenario, title, acts: vec![act], trace }];
    let mut browser = Browser::open(&report, "");
    browser.settled();
    browser.evaluate("for (const one of document.querySelectorAll('details')) one.open = true");
    browser.wait("Array.from(document.querySelectorAll('.case')).every((one) => one.querySelector('.traces'))");
    let sections = "document.querySelectorAll('main > section').length";
    assert_eq!(browser.evaluate(sections), 11);
    let findings = findings(&mut browser);
    assert!(findings.is_empty(), "{:#?}", findings.iter().map(told).collect::<Vec<_>>());
}

fn the_checker_finds_what_is_wrong() {
    let mut browser = Browser::open(&fixture::report(), "");
    browser.settled();
    browser.evaluate("document.querySelector('#filters label').replaceWith(document.querySelector('[name=area]'))");
    assert!(findings(&mut browser).iter().any(is_serious));
}

/// Opens requirements, a deviation in several ways, and what an implementation can do.
fn open_some(browser: &mut Browser) {
    browser.evaluate(
        "for (const one of document.querySelectorAll('.card details, .rule:not([hidden]), .failure')) one.open = true;\
         for (const one of Array.from(document.querySelectorAll('.case')).slice(0, 8)) one.open = true",
    );
    browser.wait("Array.from(document.querySelectorAll('.case[open]')).every((one) => one.querySelector('.way'))");
    browser.wait("document.querySelector('.rule .deviating')");
    browser.evaluate("for (const one of document.querySelectorAll('.case[open] details')) one.open = true");
}

fn findings(browser: &mut Browser) -> Vec<Value> {
    let checker = std::fs::read_to_string(checker()).expect("The checker is installed.");
    browser.evaluate(&format!("{checker}; 0"));
    let found =
        browser.evaluate("axe.run(document, { resultTypes: ['violations'] }).then((found) => found.violations)");
    found.as_array().expect("It gives a list.").clone()
}

fn is_serious(finding: &Value) -> bool {
    ["serious", "critical"].iter().any(|impact| finding["impact"] == *impact)
}

fn told(finding: &Value) -> String {
    let nodes = finding["nodes"].as_array().map_or(0, Vec::len);
    let first = &finding["nodes"][0];
    format!("{} ({}) on {nodes}: {} {}", finding["id"], finding["impact"], first["html"], first["failureSummary"])
}
