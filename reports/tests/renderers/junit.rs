//! JUnit XML.
//!
//! `ELEMENTS` and `ATTRIBUTES` are what the schemas of Jenkins (xunit plugin, `junit-10.xsd`) and of Maven Surefire
//! (`surefire-test-report.xsd`, for each suite) both take. Against those files themselves a report of the whole fleet and a
//! hostile one were validated by hand, with lxml.

use bgfspec_reports::{Report, junit};
use roxmltree::{Document, Node};

use crate::fixture::{HOSTILE, Links, expecting, hostile, passing, report};

/// Each element with the elements that it may have in it, in order, and whether it may have text.
const ELEMENTS: [(&str, &[&str], bool); 8] = [
    ("testsuites", &["testsuite"], false),
    ("testsuite", &["properties", "testcase"], false),
    ("properties", &["property"], false),
    ("property", &[], false),
    ("testcase", &["failure", "skipped", "error"], false),
    ("failure", &[], true),
    ("skipped", &[], true),
    ("error", &[], true),
];

/// Each element with the attributes that it must have; there are no others.
const ATTRIBUTES: [(&str, &str); 8] = [
    ("testsuites", "name tests failures errors"),
    ("testsuite", "name tests failures errors skipped time"),
    ("properties", ""),
    ("property", "name value"),
    ("testcase", "classname name time"),
    ("failure", "type message"),
    ("skipped", "message"),
    ("error", "type message"),
];

#[track_caller]
fn is_accepted(xml: &str) {
    let document = Document::parse(xml).unwrap_or_else(|error| panic!("{error}: {xml}"));
    assert_eq!(document.root_element().tag_name().name(), "testsuites");
    for node in document.descendants().filter(Node::is_element) {
        let name = node.tag_name().name();
        let (_, children, has_text) =
            ELEMENTS.iter().find(|(of, ..)| *of == name).unwrap_or_else(|| panic!("<{name}> is no element"));
        let places: Vec<usize> = node
            .children()
            .filter(Node::is_element)
            .map(|child| {
                let child = child.tag_name().name();
                children.iter().position(|of| *of == child).unwrap_or_else(|| panic!("<{child}> in <{name}>"))
            })
            .collect();
        assert!(places.is_sorted(), "the elements in <{name}> are out of order");
        let text: String = node.children().filter_map(|child| child.is_text().then(|| child.text())?).collect();
        assert!(*has_text || text.trim().is_empty(), "text in <{name}>: {text}");
        let (_, attributes) = ATTRIBUTES.iter().find(|(of, _)| *of == name).expect("It has a row.");
        let actual: Vec<&str> = node.attributes().map(|attribute| attribute.name()).collect();
        assert_eq!(actual.join(" "), *attributes, "of <{name}>");
        if let Some(time) = node.attribute("time") {
            assert!(time.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'), "{time}");
        }
    }
    for suite in document.descendants().filter(|node| node.has_tag_name("testsuite")) {
        let counted = |name| suite.descendants().filter(|node| node.has_tag_name(name)).count().to_string();
        for (attribute, name) in
            [("tests", "testcase"), ("failures", "failure"), ("errors", "error"), ("skipped", "skipped")]
        {
            assert_eq!(suite.attribute(attribute), Some(&*counted(name)), "{attribute}");
        }
    }
}

/// The names of the cases that have this result, with what it says.
fn cases(xml: &str, result: &str) -> Vec<(String, String)> {
    let document = Document::parse(xml).expect("It is XML.");
    let results = document.descendants().filter(|node| node.has_tag_name(result));
    let case =
        |node: Node<'_, '_>| node.parent().and_then(|case| case.attribute("name")).unwrap_or_default().to_owned();
    results.map(|node| (case(node), node.attribute("message").unwrap_or_default().to_owned())).collect()
}

#[test]
fn a_requirement_is_a_case_with_its_verdict() {
    let xml = junit(&report());
    is_accepted(&xml);
    let once = "DSP-002 A once listener is removed before its callback runs.".to_owned();
    assert_eq!(cases(&xml, "failure"), [(once, "A once listener ran twice.".to_owned())]);
    assert_eq!(cases(&xml, "error"), []);
    let skipped = cases(&xml, "skipped");
    assert!(
        skipped.contains(&(
            "CLK-001 A click fires the event.".to_owned(),
            "not applicable: It lacks background-fetch.".to_owned()
        )),
        "{skipped:?}"
    );
    assert!(xml.contains("classname=\"node.main.DSP\""), "{xml}");
    assert!(xml.contains("Quirks: once-after\nReplay: bgfspec replay d1 --vendor node"), "{xml}");
    is_accepted(&junit(&passing()));
}

#[test]
fn what_is_not_whole_missing_or_undecided_is_an_error() {
    let mut report = passing();
    report.complete = false;
    report.runs[0].complete = false;
    report.runs[0].requirements[0].verdict = bgfspec_reports::report::Verdict::Inconclusive;
    report.missing[0].asked_for = true;
    let xml = junit(&report);
    is_accepted(&xml);
    let names: Vec<String> = cases(&xml, "error").into_iter().map(|(name, _)| name).collect();
    let inconclusive = "DSP-001 A dispatched event reaches its listeners in order.";
    assert_eq!(names, [inconclusive, "the run is whole", "the report is whole", "deno was found"]);
    let nothing = Report { runs: Vec::new(), missing: Vec::new(), ..report };
    assert_eq!(cases(&junit(&nothing), "error").len(), 2, "A report of nothing is no pass.");
}

#[test]
fn what_was_expected_is_skipped_and_what_is_stale_fails() {
    let xml = junit(&expecting());
    is_accepted(&xml);
    let skipped = cases(&xml, "skipped");
    let once = "DSP-002 A once listener is removed before its callback runs.".to_owned();
    let reason =
        "deviates, as expected: Known for years. (quirk once-after) https://example.com/1; Known. (deviation d2)"
            .to_owned();
    assert!(skipped.contains(&(once, reason)), "{skipped:?}");
    let stale = ("bun deviates by requirement DSP-001 as expected".to_owned(), "Line 9 is stale.".to_owned());
    assert_eq!(cases(&xml, "failure"), [stale]);
}

#[test]
fn hostile_text_is_text() {
    let xml = junit(&hostile(Links::Replaced));
    is_accepted(&xml);
    assert!(!xml.contains('\u{1b}') && !xml.contains('\u{202e}') && !xml.contains('\0'), "{xml}");
    assert!(xml.contains("&lt;script&gt;alert(1)"), "What was said is shown.");
    let mut report = report();
    report.runs[0].implementation.name = format!("{}\u{ffff}\u{fffe}]]>", HOSTILE.repeat(10_000));
    let xml = junit(&report);
    is_accepted(&xml);
    assert!(xml.len() < 100_000, "A long name is cut.");
}
