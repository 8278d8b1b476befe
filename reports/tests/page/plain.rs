//! What everybody gets: a page that works without complaint, on any screen, and without its script.

use crate::browser::Browser;
use crate::{Needs, Test, fixture, fleet};

pub(crate) const TESTS: &[Test] = &[
    ("the_fleets_page_opens_without_a_complaint", Needs::Browser, the_fleets_page_opens_without_a_complaint),
    (
        "without_its_script_the_page_tells_the_main_things",
        Needs::Browser,
        without_its_script_the_page_tells_the_main_things,
    ),
    ("where_nothing_can_be_unpacked_the_rest_works", Needs::Browser, where_nothing_can_be_unpacked_the_rest_works),
    ("nothing_is_wider_than_a_phone", Needs::Browser, nothing_is_wider_than_a_phone),
    ("the_page_follows_what_its_reader_prefers", Needs::Browser, the_page_follows_what_its_reader_prefers),
    (
        "ten_implementations_with_5000_deviations_each_are_shown",
        Needs::Browser,
        ten_implementations_with_5000_deviations_each_are_shown,
    ),
];

fn the_fleets_page_opens_without_a_complaint() {
    let mut browser = Browser::open(&fleet(), "");
    browser.settled();
    assert_eq!(browser.complaints, Vec::<String>::new());
    // The same console complains where there is something to complain of.
    browser
        .evaluate("setTimeout(() => { throw new Error('on purpose') }); new Promise((done) => setTimeout(done, 50))");
    assert_eq!(browser.complaints.len(), 1);
}

fn without_its_script_the_page_tells_the_main_things() {
    let mut browser = Browser::start(&fixture::report());
    browser.call("Emulation.setScriptExecutionDisabled", serde_json::json!({ "value": true }));
    browser.visit("");
    let text = browser.text("document.body.innerText");
    for told in [
        "1 of 2 implementations deviate",
        "1 cause explains 17 of 18 deviating scenarios; 1 is unexplained.",
        "A once listener is removed after its callback.",
        "✗ 1/2",
        "this page needs its script",
    ] {
        assert!(text.contains(told), "{told} is missing in {text}");
    }
    assert_eq!(browser.evaluate("document.getElementById('filters').hidden"), true);
    browser.evaluate("for (const one of document.querySelectorAll('details')) one.open = true");
    let text = browser.text("document.getElementById('DSP-002').textContent");
    assert!(
        text.contains("A once listener is removed before its callback runs.") && text.contains("deviates: node"),
        "{text}"
    );
    assert_eq!(browser.evaluate("document.querySelector('#DSP-002 .outcomes').checkVisibility()"), true);
}

fn where_nothing_can_be_unpacked_the_rest_works() {
    let mut browser = Browser::start(&fixture::report());
    let old = serde_json::json!({ "source": "delete self.DecompressionStream" });
    browser.call("Page.addScriptToEvaluateOnNewDocument", old);
    browser.visit("#verdict=deviates");
    browser.settled();
    assert_eq!(browser.evaluate("document.querySelectorAll('.rule:not([hidden])').length"), 1);
    let told = browser.text("document.getElementById('cases').textContent");
    assert!(told.contains("this browser may be too old") && told.contains("report.json"), "{told}");
    assert_eq!(browser.complaints, Vec::<String>::new());
}

fn nothing_is_wider_than_a_phone() {
    let mut browser = Browser::start(&fleet());
    browser.size(390, 844);
    browser.visit("#deviation=61b60b3d21cd");
    browser.wait("document.querySelector('.case[open] .way')");
    assert_eq!(browser.evaluate("document.scrollingElement.scrollWidth"), 390);
}

fn the_page_follows_what_its_reader_prefers() {
    let mut browser = Browser::open(&fixture::report(), "");
    let colours = "getComputedStyle(document.body).color + getComputedStyle(document.body).backgroundColor";
    browser.prefers(&[("prefers-color-scheme", "light"), ("prefers-reduced-motion", "no-preference")]);
    let (light, moving) =
        (browser.text(colours), browser.text("getComputedStyle(document.documentElement).scrollBehavior"));
    browser.prefers(&[("prefers-color-scheme", "dark"), ("prefers-reduced-motion", "reduce")]);
    let (dark, still) =
        (browser.text(colours), browser.text("getComputedStyle(document.documentElement).scrollBehavior"));
    assert_ne!(light, dark);
    assert_eq!((moving.as_str(), still.as_str()), ("smooth", "auto"));
}

fn ten_implementations_with_5000_deviations_each_are_shown() {
    let report = fixture::large(5_000);
    let last = report.runs[9].deviations[4_999].id.clone();
    let mut browser = Browser::open(&report, "");
    browser.settled();
    eprintln!(
        "{} elements, loaded after {} ms, {} bytes",
        browser.evaluate("document.querySelectorAll('*').length"),
        browser.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd"),
        browser.evaluate("document.documentElement.outerHTML.length"),
    );
    assert!(browser.text("document.getElementById('shown').textContent").contains("5000 of 5000 deviating scenarios"));
    browser.visit(&format!("#run=engine-9&deviation={last}"));
    browser.wait("document.querySelector('.case[open] .way')");
    assert!(browser.text("document.querySelector('.case[open]').textContent").contains("--vendor engine-9"));
    assert_eq!(browser.complaints, Vec::<String>::new());
}
