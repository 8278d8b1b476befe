//! What a hostile vendor says is shown and never runs.

use serde_json::json;

use crate::browser::Browser;
use crate::fixture::{Links, hostile};
use crate::{Needs, Test, fixture};

pub(crate) const TESTS: &[Test] = &[
    ("hostile_text_runs_nothing_and_loads_nothing", Needs::Browser, hostile_text_runs_nothing_and_loads_nothing),
    (
        "the_policy_holds_even_where_an_escape_is_missing",
        Needs::Browser,
        the_policy_holds_even_where_an_escape_is_missing,
    ),
    ("ten_megabytes_of_text_leave_a_page_that_works", Needs::Browser, ten_megabytes_of_text_leave_a_page_that_works),
];

/// Has any script that is not the page's own be known.
const TRAP: &str = "for (const name of ['alert', 'confirm', 'prompt', 'eval', 'open', 'fetch']) self[name] = () => { self.owned = name };";

fn hostile_text_runs_nothing_and_loads_nothing() {
    for links in [Links::Kept, Links::Replaced] {
        let mut browser = Browser::start(&hostile(links));
        browser.call("Page.addScriptToEvaluateOnNewDocument", json!({ "source": TRAP }));
        browser.visit("");
        browser.settled();
        // Everything there is, opened.
        browser.evaluate("for (const one of document.querySelectorAll('details')) one.open = true");
        browser.wait("Array.from(document.querySelectorAll('.case')).every((one) => one.querySelector('.traces'))");
        browser.wait("document.querySelector('.rule .deviating')");
        assert_eq!(browser.evaluate("self.owned ?? null"), json!(null));
        assert_eq!(browser.evaluate("document.querySelectorAll('img, iframe, object, embed, [onclick]').length"), 0);
        assert_eq!(browser.evaluate("document.querySelectorAll('script:not([type])').length"), 1);
        let foreign = "Array.from(document.querySelectorAll('a'), (one) => one.protocol)\
            .filter((one) => !['file:', 'https:'].includes(one)).length";
        assert_eq!(browser.evaluate(foreign), 0);
        let text = browser.text("document.querySelector('.case').textContent");
        assert!(
            text.contains("</script><script>alert(1)</script>") && text.contains("\\u{202e}"),
            "It is shown: {text}"
        );
        assert_eq!(browser.complaints, Vec::<String>::new());
        let foreign: Vec<&String> = browser.requests.iter().filter(|address| !address.starts_with("file:")).collect();
        assert!(foreign.iter().all(|address| *address == "about:blank"), "{foreign:?}");
    }
}

fn the_policy_holds_even_where_an_escape_is_missing() {
    let mut browser = Browser::open(&fixture::report(), "");
    browser.settled();
    browser.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"self.owned = 1\"><p onclick=\"self.owned = 1\" style=\"color: red\">x</p>');\
         document.body.append(Object.assign(document.createElement('script'), { textContent: 'self.owned = 1' }));\
         document.querySelector('[onclick]').click();\
         new Promise((done) => setTimeout(done, 200))",
    );
    assert_eq!(browser.evaluate("self.owned ?? null"), json!(null));
    assert!(browser.complaints.len() >= 3, "Each was refused: {:?}", browser.complaints);
}

fn ten_megabytes_of_text_leave_a_page_that_works() {
    let long = "</script>x".repeat(1 << 20);
    let mut report = fixture::report();
    report.runs[0].implementation.version = long.clone();
    report.runs[0].failures[0].message = long.clone();
    report.runs[0].deviations[0].title = long.clone();
    report.runs[0].deviations[0].observed = vec![json!({ "threw": long, "from": "x" })];
    let mut browser = Browser::open(&report, "#deviation=d1");
    browser.wait("document.querySelector('.case[open] .way')");
    assert!(
        browser.text("document.querySelector('.case[open]').textContent").contains("… (cut here, of 10485760 bytes)")
    );
    assert_eq!(browser.complaints, Vec::<String>::new());
}
