//! Filters, permalinks and the keyboard.

use crate::browser::Browser;
use crate::{Needs, Test, fixture, fleet};

pub(crate) const TESTS: &[Test] = &[
    (
        "the_keyboard_leads_from_a_filter_to_a_deviation",
        Needs::Browser,
        the_keyboard_leads_from_a_filter_to_a_deviation,
    ),
    ("what_is_shown_is_what_the_filters_say", Needs::Browser, what_is_shown_is_what_the_filters_say),
    ("an_address_leads_to_what_it_was_taken_from", Needs::Browser, an_address_leads_to_what_it_was_taken_from),
    ("an_address_that_means_nothing_shows_the_page", Needs::Browser, an_address_that_means_nothing_shows_the_page),
    ("a_deviation_shows_everything_about_it", Needs::Browser, a_deviation_shows_everything_about_it),
];

const SHOWN: &str = "Array.from(document.querySelectorAll('.rule:not([hidden])'), (rule) => rule.dataset.id).join(' ')";
const CASES: &str = "Array.from(document.querySelectorAll('.case'), (one) => one.dataset.id).join(' ')";
const FOCUSED: &str = "document.activeElement.textContent";

fn the_keyboard_leads_from_a_filter_to_a_deviation() {
    let mut browser = Browser::open(&fixture::report(), "");
    browser.settled();
    browser.press("Tab");
    assert_eq!(browser.text(FOCUSED), "Skip to the results");
    assert_ne!(browser.text("getComputedStyle(document.activeElement).outlineStyle"), "none", "Focus is seen.");
    browser.press("Enter");
    assert_eq!(browser.text("document.activeElement.id"), "main");
    tab_to(&mut browser, "document.activeElement.name === 'verdict'");
    browser.press("ArrowDown");
    browser.press("ArrowDown");
    browser.wait("location.hash === '#verdict=deviates'");
    browser.wait(&format!("{SHOWN} === 'DSP-002'"));
    tab_to(&mut browser, "document.activeElement.textContent.startsWith('DSP-002')");
    browser.press("Enter");
    browser.wait("document.querySelector('.rule[open] .deviating')");
    tab_to(&mut browser, "document.activeElement.textContent === 'A listener was lost.'");
    browser.press("Enter");
    browser.wait("document.querySelector('.case[open] .way')");
    browser.wait("document.activeElement.matches('.case[open] > summary')");
    assert_eq!(browser.text("document.activeElement.parentElement.dataset.id"), "d2");
    assert_eq!(browser.text("location.hash"), "#verdict=deviates&deviation=d2", "The filter stays.");
    browser.press("Enter");
    browser.wait("!document.querySelector('.case[open]') && !location.hash.includes('deviation')");
}

fn what_is_shown_is_what_the_filters_say() {
    let mut browser = Browser::open(&fixture::report(), "");
    browser.settled();
    for (fragment, rules, cases) in [
        ("#area=CLK", "CLK-001", ""),
        ("#area=DSP&verdict=untested", "DSP-003", ""),
        ("#verdict=deviates", "DSP-002", "d1 d2"),
        ("#verdict=conforms&run=node", "DSP-001", ""),
        ("#verdict=deviates-alone", "DSP-002", "d1 d2"),
        ("#verdict=deviates-alone&run=node", "DSP-002", "d1 d2"),
        ("#verdict=deviates-alone&run=model", "", ""),
        ("#verdict=conforms&run=model", "DSP-001 DSP-002", ""),
        ("#run=model", "DSP-001 DSP-002 DSP-003 CLK-001", ""),
        ("#run=node", "DSP-001 DSP-002 DSP-003 CLK-001", "d1 d2"),
        ("#level=may", "", ""),
        ("#q=reaches+its", "DSP-001", ""),
        ("#q=ONCE-AFTER", "DSP-002", "d1"),
        ("#q=no+such+text", "", ""),
    ] {
        browser.evaluate(&format!("location.hash = '{fragment}'"));
        browser.wait(&format!("{SHOWN} === '{rules}' && {CASES} === '{cases}'"));
        let rules = rules.split_whitespace().count();
        let told = browser.text("document.getElementById('shown').textContent");
        assert!(told.starts_with(&format!("{rules} of 4 requirements, ")), "{fragment}: {told}");
    }
    browser.evaluate("document.getElementById('reset').click()");
    browser
        .wait(&format!("{SHOWN} === 'DSP-001 DSP-002 DSP-003 CLK-001' && {CASES} === 'd1 d2' && location.hash === ''"));
    assert_eq!(browser.complaints, Vec::<String>::new());
}

fn an_address_leads_to_what_it_was_taken_from() {
    let mut browser = Browser::open(&fleet(), "#run=deno&q=no-checkpoint-between-listeners");
    browser.settled();
    let first = browser.text("document.querySelector('.case').dataset.id");
    browser.evaluate("document.querySelector('.case > summary').click()");
    browser.wait("document.querySelector('.case[open] .way') && location.hash.includes('deviation')");
    let (address, rules, cases) = (browser.text("location.hash"), browser.text(SHOWN), browser.text(CASES));
    assert!(rules.contains("CB-019") && !rules.contains("EVC-001"));
    browser.visit(&address);
    browser.wait("document.querySelector('.case[open] .way')");
    assert_eq!((browser.text(SHOWN), browser.text(CASES)), (rules, cases));
    assert_eq!(browser.text("document.querySelector('.case[open]').dataset.id"), first);
    assert_eq!(browser.text("document.querySelector('[name=run]').value"), "deno");
    // A place inside of something closed is opened, whatever was filtered before.
    browser.evaluate("location.hash = '#EVC-001'");
    browser.wait("document.getElementById('EVC-001').open && document.getElementById('area-EVC').open");
    let seen = "document.getElementById('EVC-001').getBoundingClientRect().top";
    browser.wait(&format!("{seen} >= 0 && {seen} < innerHeight"));
}

fn an_address_that_means_nothing_shows_the_page() {
    let fragments =
        ["#verdict=%22%5D&run=nobody", "#deviation=nothing", "#nowhere", "#%", "#=", "#q=%00&area=%F0%9F%92%A9"];
    let mut browser = Browser::start(&fixture::report());
    for fragment in fragments {
        browser.visit(fragment);
        browser.settled();
        assert_eq!(browser.complaints, Vec::<String>::new(), "{fragment}");
    }
}

fn a_deviation_shows_everything_about_it() {
    let mut browser = Browser::open(&fleet(), "#run=firefox-service-worker&deviation=61b60b3d21cd");
    browser.wait("document.querySelector('.case[open] .way')");
    let text = browser.text("document.querySelector('.case[open]').textContent");
    for told in [
        "s.removeEventListener(\"abort\", g);",
        "Expected",
        "Observed",
        "first difference",
        "called g",
        "no-checkpoint-between-listeners",
        "html/clean up after running script/3",
        "Who does this: ",
        "jsdom 31.0.1 (window)",
        "bgfspec replay 61b60b3d21cd --vendor ",
    ] {
        assert!(text.contains(told), "{told} is missing in {text}");
    }
    let lanes =
        "Array.from(document.querySelectorAll('.case[open] .way .heading'), (one) => one.textContent).join(' ')";
    assert_eq!(browser.text(lanes), "script callbacks microtasks");
    let link = "document.querySelector('.case[open] a[href^=\"https:\"]').href";
    assert!(browser.text(link).starts_with("https://html.spec.whatwg.org/"));
}

/// Goes on with the Tab key until it is there.
#[track_caller]
fn tab_to(browser: &mut Browser, there: &str) {
    for _ in 0..200 {
        if browser.evaluate(there) == true {
            return;
        }
        browser.press("Tab");
    }
    panic!("The Tab key never came to where {there}");
}
