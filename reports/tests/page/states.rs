//! Five states of a page in three browsers: nothing was run, everything conforms, one implementation, what is unclear, the fleet.

use std::path::Path;
use std::time::{Duration, Instant};

use bgfspec_reports::report::{Level, Outcome, Verdict};
use bgfspec_reports::{Report, html};
use serde_json::Value;

use crate::browser::{Browser, PATIENCE};
use crate::firefox::Firefox;
use crate::webkit::WebKit;
use crate::{Needs, Test, accessible, fixture, fleet};

pub(crate) const TESTS: &[Test] = &[
    ("five_states_in_chromium", Needs::BrowserAndChecker, in_chromium),
    ("five_states_in_firefox", Needs::Firefox, in_firefox),
    ("five_states_in_webkit", Needs::WebKit, in_webkit),
];

/// What its reader prefers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Scheme {
    Light,
    Dark,
}

/// A browser that shows a page.
pub(crate) trait Shows {
    /// Goes to an address, anew.
    fn visit(&mut self, address: &str);
    /// Makes the page, or where that can't be the window, as large.
    fn size(&mut self, width: u32, height: u32);
    /// What an expression gives; a promise is waited for. The user did something right before.
    fn evaluate(&mut self, expression: &str) -> Value;

    #[track_caller]
    fn wait(&mut self, condition: &str) {
        let deadline = Instant::now() + PATIENCE;
        while self.evaluate(&format!("Boolean({condition})")) != true {
            assert!(Instant::now() < deadline, "It was never so: {condition}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Shows for Browser {
    fn visit(&mut self, address: &str) {
        self.go(address);
    }

    fn size(&mut self, width: u32, height: u32) {
        Browser::size(self, width, height);
    }

    fn evaluate(&mut self, expression: &str) -> Value {
        Browser::evaluate(self, expression)
    }
}

fn in_chromium() {
    for scheme in [Scheme::Light, Scheme::Dark] {
        let mut browser = Browser::start(&fixture::report());
        let name = if scheme == Scheme::Dark { "dark" } else { "light" };
        browser.prefers(&[("prefers-color-scheme", name), ("prefers-reduced-motion", "reduce")]);
        five_states(&mut browser, scheme);
        assert_eq!(browser.complaints, Vec::<String>::new());
    }
}

fn in_firefox() {
    for scheme in [Scheme::Light, Scheme::Dark] {
        five_states(&mut Firefox::start(scheme), scheme);
    }
}

fn in_webkit() {
    for scheme in [Scheme::Light, Scheme::Dark] {
        five_states(&mut WebKit::start(scheme), scheme);
    }
}

/// Each state with its title, what it says, and what it has.
fn states() -> [(&'static str, Report, &'static str, &'static str, &'static str); 5] {
    let mut nothing = fixture::report();
    nothing.runs.clear();
    let mut passing = fixture::passing();
    passing.missing.clear();
    let mut one = fixture::report();
    one.runs.truncate(1);
    one.runs[0].failures.clear();
    let fleet = fleet();
    let date = fleet.date.clone();
    let fleets: &str = Box::leak(format!("12 implementations, {date}: bgfspec").into_boxed_str());
    [
        ("nothing", nothing, "0 implementations, 2026-07-30: bgfspec", "Nothing was run: this is not a pass.", "main"),
        (
            "passing",
            passing,
            "model 0.1.0, 2026-07-30: bgfspec",
            "Every requirement that was tested conforms",
            ".conclusion.pass",
        ),
        ("one", one, "node 20.20.2, 2026-07-30: bgfspec", "1 cause explains 17 of 18", "details.cause"),
        ("unclear", unclear(), "2 implementations, 2026-07-30: bgfspec", "Incomplete.", ".cells .blocked"),
        ("fleet", fleet, fleets, "implementations deviate", "#generated details:not([open])"),
    ]
}

/// Nothing is certain: a run that is not complete, without a cause, with a failure, blocked and inconclusive requirements.
fn unclear() -> Report {
    let mut report = fixture::report();
    let run = &mut report.runs[0];
    run.complete = false;
    run.unexplained += run.causes.drain(..).map(|cause| cause.scenarios).sum::<u64>();
    for deviation in &mut run.deviations {
        deviation.quirks.clear();
    }
    let outcome = |id: &str, verdict, reason: &str| Outcome {
        id: id.to_owned(),
        level: Level::Must,
        verdict,
        scenarios: 0,
        deviations: Vec::new(),
        reason: Some(reason.to_owned()),
    };
    run.requirements[0] = outcome("DSP-001", Verdict::Inconclusive, "no answer in 10 s");
    run.requirements[3] = outcome("CLK-001", Verdict::Blocked, "It lacks initEvent().");
    report
}

fn five_states(browser: &mut dyn Shows, scheme: Scheme) {
    let folder = tempfile::tempdir().expect("A folder can be made.");
    let checker = std::fs::read_to_string(accessible::checker()).expect("The checker is installed.");
    for (name, report, title, told, there) in states() {
        let page = folder.path().join(format!("{name}.html"));
        std::fs::write(&page, html(&report)).expect("The page can be written.");
        for width in [1280, 390] {
            browser.size(width, 900);
            browser.visit(&address(&page, ""));
            browser.wait("document.getElementById('shown')?.textContent !== ''");
            let at = format!("{name}, {width} px, {scheme:?}");
            let is_dark = browser.evaluate("matchMedia('(prefers-color-scheme: dark)').matches");
            assert_eq!(is_dark, scheme == Scheme::Dark, "{at}");
            assert_eq!(browser.evaluate("document.title"), title, "{at}");
            let says =
                format!("document.body.innerText.includes({told:?}) && document.querySelector({there:?}) !== null");
            assert_eq!(browser.evaluate(&says), true, "{at}: {told} {there}");
            // Something of everything, opened.
            browser.evaluate(
                "(() => { for (const one of Array.from(document.querySelectorAll('.card details')).slice(0, 8).concat(Array.from(document.querySelectorAll('.area, .rule, .case, .failure, #generated details')).slice(0, 6))) one.open = true })()",
            );
            browser.evaluate("new Promise((done) => setTimeout(done, 300))");
            browser.evaluate("(() => { for (const one of Array.from(document.querySelectorAll('.report')).slice(0, 2)) one.click() })()");
            let wide = "Array.from(document.querySelectorAll('body *')).filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest('.scroll, pre, .heard, .cells, svg')).slice(0, 3).map((one) => one.outerHTML.slice(0, 200))";
            assert_eq!(browser.evaluate(wide), serde_json::json!([]), "{at}");
            let over = browser.evaluate("document.scrollingElement.scrollWidth - innerWidth");
            assert!(over.as_f64().is_some_and(|over| over <= 0.0), "{at}: {over} too wide");
            let cut = "Array.from(document.querySelectorAll('.cells')).slice(0, 40).filter((one) => one.scrollWidth > one.clientWidth + 1).length";
            assert_eq!(browser.evaluate(cut), 0, "{at}: columns are cut");
            browser.evaluate(&format!("(() => {{ {checker}\n; return 0 }})()"));
            // All of the fleet's page takes the checker minutes on a busy machine: `accessible` does that, once.
            let whole = if name == "fleet" {
                "{ include: [['header'], ['.card:nth-of-type(2)'], ['.area[open]']] }"
            } else {
                "document"
            };
            let found = browser.evaluate(&format!(
                "axe.run({whole}, {{ resultTypes: ['violations'] }}).then(({{ violations }}) => violations.map(({{ id, nodes }}) => `${{id}}: ${{nodes[0].html}} ${{nodes[0].failureSummary}}`))",
            ));
            assert_eq!(found, serde_json::json!([]), "{at}");
        }
        if name == "one" {
            fragments_lead_to_what_they_name(browser, &page);
            what_is_to_be_typed_can_be_copied_and_filed(browser, &page);
        }
    }
}

/// On a phone: what is folded is opened, and is on the screen. That it stands at the top is seen in Chromium and not asked of all.
fn fragments_lead_to_what_they_name(browser: &mut dyn Shows, page: &Path) {
    for (fragment, id) in [
        ("DSP-002", "DSP-002"),
        ("requirement-DSP-002", "DSP-002"),
        ("cause-once-after", "cause-node-once-after"),
        ("cause-node-once-after", "cause-node-once-after"),
    ] {
        browser.visit(&address(page, &format!("#{fragment}")));
        browser.wait(&format!(
            "document.getElementById({id:?})?.open && document.activeElement.parentElement.id === {id:?}"
        ));
        let top = format!("document.getElementById({id:?}).getBoundingClientRect().top");
        browser.wait(&format!("{top} > -1 && {top} < innerHeight"));
    }
}

fn what_is_to_be_typed_can_be_copied_and_filed(browser: &mut dyn Shows, page: &Path) {
    for refused in [false, true] {
        browser.visit(&address(page, "#cause-once-after"));
        browser.wait("document.querySelector('.cause[open] .command .copy')");
        if refused {
            browser.evaluate("(() => { Object.defineProperty(navigator, 'clipboard', { value: undefined }); document.execCommand = () => false })()");
        }
        browser.evaluate("document.querySelector('.cause .command .copy').click()");
        let status = "Array.from(document.querySelectorAll('[role=status]'), (one) => one.textContent).join(' ')";
        if refused {
            browser.wait(&format!("({status}).includes('Press Ctrl+C')"));
            assert_eq!(browser.evaluate("getSelection().toString()"), "bgfspec replay once-after --vendor node");
        } else {
            browser.wait(&format!("({status}).includes('Copied the line.')"));
            browser.wait("document.querySelector('.cause .command .copy').textContent.startsWith('Copied')");
        }
    }
    browser.evaluate("document.querySelector('.cause .report').click()");
    let text = browser.evaluate("document.querySelector('.issue textarea').value");
    let text = text.as_str().unwrap_or_default();
    for told in [
        "A once listener is removed after its callback.",
        "A once listener is removed before its callback runs.",
        "inner invoke/8.1, https://dom.spec.whatwg.org/#concept-event-listener-inner-invoke",
        "```js\n",
        "Expected: noted \"a\"",
        "Observed: noted \"b\"",
        "In part only: it conforms on",
        "node 20.20.2 (main)",
        "bgfspec 0.1.0, dom abc123, html def456, on 2026-07-30",
        "bgfspec replay once-after --vendor node",
    ] {
        assert!(text.contains(told), "{told} is missing in {text}");
    }
    let link = browser.evaluate("document.querySelector('.issue a').href");
    let start = "https://github.com/nodejs/node/issues/new?title=A%20once%20listener%20is%20removed%20after%20its%20callback&body=**What%20happens";
    assert!(link.as_str().is_some_and(|link| link.starts_with(start)), "{link}");
    browser.evaluate("document.querySelector('.cause .report').click()");
    assert_eq!(browser.evaluate("document.querySelectorAll('.issue').length"), 0);
}

fn address(page: &Path, fragment: &str) -> String {
    format!("file://{}{fragment}", page.display())
}
