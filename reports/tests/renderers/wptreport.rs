//! `wptreport.json`.
//!
//! `is_accepted` asks for what wpt.fyi's results processor refuses a report without (`results-processor/wptreport.py`), and for
//! what the web platform's own runner writes (`wptrunner/formatters/wptreport.py`). A report of the whole fleet was given to
//! the former by hand.

use std::collections::BTreeSet;

use bgfspec_reports::report::{FailureKind, Varied, Verdict, Verification};
use bgfspec_reports::{Report, wptreport};
use serde_json::{Value, json};

use crate::fixture::{HOSTILE, Links, expecting, hostile, many, report};

#[track_caller]
fn products(report: &Report) -> Vec<(String, Value)> {
    let products = wptreport(report).expect("It can be written.");
    let parsed = products.into_iter().map(|product| {
        assert_eq!(product.json.matches('\n').count(), 1, "It is one line.");
        (product.name, serde_json::from_str(&product.json).expect("It is JSON."))
    });
    let parsed: Vec<(String, Value)> = parsed.collect();
    let names: BTreeSet<&String> = parsed.iter().map(|(name, _)| name).collect();
    assert_eq!(names.len(), parsed.len(), "Each has a file of its own.");
    parsed.iter().for_each(|(_, product)| is_accepted(product));
    parsed
}

#[track_caller]
fn is_accepted(product: &Value) {
    for member in ["product", "browser_version", "os", "revision"] {
        assert!(product["run_info"][member].is_string(), "{member}");
    }
    let revision = product["run_info"]["revision"].as_str().unwrap_or_default();
    assert!(revision.len() == 40 && revision.bytes().all(|byte| byte.is_ascii_hexdigit()), "{revision}");
    assert!(product["time_start"].as_u64() <= product["time_end"].as_u64());
    let mut paths = BTreeSet::new();
    for test in product["results"].as_array().expect("There are results.") {
        let path = test["test"].as_str().expect("It has a path.");
        assert!(path.starts_with('/') && !path.contains("..") && paths.insert(path), "{path}");
        assert!(["OK", "ERROR"].contains(&test["status"].as_str().unwrap_or_default()), "{test}");
        assert!(test["duration"].is_u64() && test.get("message").is_some() && test["subsuite"] == "");
        let mut names = BTreeSet::new();
        for subtest in test["subtests"].as_array().expect("There are subtests.") {
            assert!(names.insert(subtest["name"].as_str().expect("It has a name.")), "{subtest}");
            let status = subtest["status"].as_str().unwrap_or_default();
            assert!(["PASS", "FAIL", "TIMEOUT", "NOTRUN", "PRECONDITION_FAILED"].contains(&status), "{subtest}");
            assert_ne!(subtest["expected"], status);
            assert!(subtest["message"].is_null() || subtest["message"].is_string());
        }
    }
}

/// The subtest of a requirement.
fn of<'a>(product: &'a Value, id: &str) -> &'a Value {
    let tests = product["results"].as_array().into_iter().flatten();
    let mut subtests = tests.flat_map(|test| test["subtests"].as_array().into_iter().flatten());
    let is_meant = |subtest: &&Value| subtest["name"].as_str().is_some_and(|name| name.starts_with(id));
    subtests.find(is_meant).unwrap_or_else(|| panic!("{id} is not in {product}"))
}

#[test]
fn an_implementation_is_a_product_and_a_requirement_a_subtest() {
    let products = products(&Report { os: "macos".to_owned(), ..report() });
    let [(name, node), (model, _)] = products.as_slice() else { panic!("two products: {products:?}") };
    assert_eq!((name.as_str(), model.as_str()), ("node-20.20.2", "model-0.1.0"));
    assert_eq!(node["run_info"]["os"], "mac");
    assert_eq!(node["results"][0]["test"], "/bgfspec/main/DSP");
    assert_eq!(of(node, "DSP-001")["status"], "PASS");
    assert_eq!(of(node, "DSP-001").get("expected"), None);
    assert_eq!(of(node, "DSP-002")["status"], "FAIL");
    assert_eq!(of(node, "DSP-002")["expected"], "PASS");
    assert!(of(node, "DSP-002")["message"].as_str().is_some_and(|text| text.contains("bgfspec replay d1")));
    assert_eq!(of(node, "CLK-001")["status"], "PRECONDITION_FAILED", "What is not applicable is no pass.");
    assert!(!node.to_string().contains("DSP-003"), "What can't be tested is no test.");
}

#[test]
fn scopes_of_one_version_are_one_product_and_what_is_the_same_twice_is_two() {
    let names: Vec<String> = products(&many()).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names.len(), 6, "{names:?}");
    let mut report = report();
    report.runs.push(report.runs[0].clone());
    let names: Vec<String> = products(&report).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["node-20.20.2", "model-0.1.0", "node-20.20.2-2"]);
}

#[test]
fn what_is_expected_or_undecided_says_so() {
    let products = products(&expecting());
    assert_eq!(of(&products[0].1, "DSP-002")["status"], "FAIL");
    assert_eq!(of(&products[0].1, "DSP-002").get("expected"), None, "It is there only where it differs.");
    let mut report = report();
    report.runs[0].requirements[0].verdict = Verdict::Inconclusive;
    assert_eq!(of(&self::products(&report)[0].1, "DSP-001")["status"], "TIMEOUT");
    report.runs[0].failures[0].kind = FailureKind::Unstable;
    report.runs[0].verification = Some(Verification {
        repetitions: 1,
        seeds: vec![1],
        varied: vec![Varied {
            requirements: vec!["DSP-001".to_owned()],
            scenario: None,
            title: String::new(),
            verdicts: vec![Verdict::Conforms, Verdict::Deviates],
        }],
        problems: Vec::new(),
    });
    let products = self::products(&report);
    assert_eq!(of(&products[0].1, "DSP-001")["status"], "NOTRUN");
    assert_eq!(of(&products[0].1, "DSP-001")["known_intermittent"], json!(["FAIL", "PASS"]));
}

#[test]
fn what_is_not_whole_is_never_ok() {
    let mut report = report();
    report.complete = false;
    let product = &products(&report)[0].1;
    assert!(product["results"].as_array().expect("There are results.").iter().all(|test| test["status"] == "ERROR"));
    report.runs[0].complete = false;
    report.runs[0].requirements.clear();
    assert_eq!(products(&report)[0].1["results"][0]["status"], "ERROR");
}

#[test]
fn hostile_text_leads_nowhere() {
    let mut report = hostile(Links::Replaced);
    report.runs[0].implementation.name = format!("../../{HOSTILE}");
    report.runs[0].implementation.scope = "..".to_owned();
    report.runs[1].implementation.name = String::new();
    report.runs[1].implementation.version = String::new();
    for (name, product) in products(&report) {
        assert!(name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)), "{name}");
        assert!(!name.is_empty() && !name.starts_with('.'), "{name}");
        assert!(!product.to_string().contains('\u{202e}'));
    }
}
