//! The public format.

use bgfspec_reports::Report;
use bgfspec_reports::report::{Configuration, FailureKind, Level, Verdict};
use serde_json::{Value, json};

use crate::fixture::{report, suspicious};

#[test]
fn a_report_survives_being_written_and_read() {
    let written = serde_json::to_string(&report()).expect("A report is JSON.");
    let read: Report = serde_json::from_str(&written).expect("What was written can be read.");
    assert_eq!(read, report());
    assert_eq!(serde_json::to_string(&read).expect("A report is JSON."), written, "Equal reports are equal bytes.");
}

#[test]
fn the_words_of_the_format_are_those_of_the_design() {
    assert_eq!(
        json!([Verdict::Conforms, Verdict::Deviates, Verdict::NotApplicable, Verdict::Inconclusive, Verdict::Untested]),
        json!(["conforms", "deviates", "not-applicable", "inconclusive", "untested"])
    );
    assert_eq!(
        json!([Level::Must, Level::Should, Level::May, Level::Documented]),
        json!(["must", "should", "may", "documented"])
    );
    assert_eq!(
        json!([FailureKind::Timeout, FailureKind::Crash, FailureKind::Protocol, FailureKind::Unstable]),
        json!(["timeout", "crash", "protocol", "unstable"])
    );
}

#[test]
fn the_members_are_those_of_the_design() {
    let json = serde_json::to_value(suspicious()).expect("A report is JSON.");
    for (place, members) in [
        (
            "",
            "bgfspec specs seed date selection complete catalogue missing suspects suspect_scenarios mutation_score runs",
        ),
        ("/mutation_score", "quirks caught requirements proven"),
        ("/suspects/0", "requirement scenarios implementations"),
        ("/suspect_scenarios/0", "scenario title requirements implementations"),
        ("/runs/0/implementation", "name version scope capabilities"),
        (
            "/runs/0",
            "implementation configuration scenarios elapsed_ms playing_ms complete steps requirements deviations causes unexplained failures",
        ),
        ("/runs/0/configuration", "platform headless touch_points flags"),
        ("/runs/0/steps", "taken reachable"),
        ("/runs/0/requirements/0", "id level verdict scenarios deviations"),
        (
            "/runs/0/deviations/0",
            "id requirements title step link quirks explanation first_difference scenario expected observed occurrences",
        ),
        ("/runs/0/causes/0", "id does should step link scenarios requirements example contradicted_by links"),
        ("/runs/0/causes/0/example", "id title scenario expected observed first_difference"),
        ("/runs/0/causes/0/contradicted_by/0", "scenario title"),
        ("/runs/0/failures/0", "kind title scenario message requirements"),
        ("/catalogue/0", "id area area_title spec step level statement link"),
        ("/catalogue/1", "id area area_title spec step level statement link disputes"),
        ("/catalogue/1/disputes/0", "kind name link says"),
        ("/missing/0", "name reason how asked_for"),
    ] {
        let object = json.pointer(place).and_then(Value::as_object).expect("The object is there.");
        let mut actual: Vec<&str> = object.keys().map(String::as_str).collect();
        let mut expected: Vec<&str> = members.split(' ').collect();
        actual.sort_unstable();
        expected.sort_unstable();
        assert_eq!(actual, expected, "at {place}");
    }
}

#[test]
fn a_report_that_does_not_say_whether_it_is_complete_is_refused() {
    let mut json = serde_json::to_value(report()).expect("A report is JSON.");
    json.as_object_mut().expect("A report is an object.").remove("complete");
    assert!(serde_json::from_value::<Report>(json).is_err());
}

#[test]
fn a_report_of_an_older_version_can_be_read() {
    let mut json = serde_json::to_value(report()).expect("A report is JSON.");
    for later in ["date", "suspects", "suspect_scenarios"] {
        json.as_object_mut().expect("A report is an object.").remove(later).expect("It was there.");
    }
    json["runs"][0].as_object_mut().expect("A run is an object.").remove("configuration").expect("It was there.");
    json["catalogue"][1].as_object_mut().expect("It is an object.").remove("disputes").expect("They were there.");
    let mut expected = Report { date: String::new(), ..report() };
    expected.runs[0].configuration = Configuration::default();
    expected.catalogue[1].disputes.clear();
    assert_eq!(serde_json::from_value::<Report>(json).ok(), Some(expected));
}

#[test]
fn what_an_older_version_called_quirks_are_causes() {
    let mut json = serde_json::to_value(report()).expect("A report is JSON.");
    let run = json["runs"][0].as_object_mut().expect("A run is an object.");
    run.remove("causes");
    run.insert(
        "quirks".to_owned(),
        json!([{ "id": "once-after", "title": "A once listener stays.", "step": "inner invoke/8.1", "scenarios": 17 }]),
    );
    let read: Report = serde_json::from_value(json).expect("It can be read.");
    let cause = &read.runs[0].causes[0];
    assert_eq!((cause.id.as_str(), cause.does.as_str(), cause.scenarios), ("once-after", "A once listener stays.", 17));
    assert!(cause.should.is_empty() && cause.example.is_none());
}

#[test]
fn what_is_known_of_a_configuration_is_told() {
    let words = |configuration: Configuration| configuration.words();
    let known = Configuration { touch_points: Some(5), headless: Some(false), ..Configuration::default() };
    assert_eq!(words(known), "on a display, 5 touch points");
    assert_eq!(words(Configuration::default()), "");
}

#[test]
fn a_dispute_that_several_requirements_of_a_cause_have_is_told_once() {
    let mut report = report();
    report.catalogue[0].disputes = report.catalogue[1].disputes.clone();
    let mut cause = report.runs[0].causes[0].clone();
    cause.requirements = vec!["DSP-002".to_owned(), "DSP-001".to_owned()];
    let disputes = report.disputes_of(&cause);
    assert_eq!(disputes, [("DSP-001", &report.catalogue[1].disputes[0])]);
}

#[test]
fn what_a_cause_with_many_requirements_reaches_by_the_way_is_not_its_dispute() {
    let mut report = report();
    let mut cause = report.runs[0].causes[0].clone();
    cause.requirements = ["DSP-002", "A-1", "A-2", "A-3"].map(str::to_owned).to_vec();
    report.catalogue[1].step = "dom/dispatch/11".to_owned();
    cause.step = "webidl/define the attributes/1.1".to_owned();
    assert_eq!(report.disputes_of(&cause), []);
    cause.step = "dom/dispatch/8".to_owned();
    assert_eq!(report.disputes_of(&cause), [("DSP-002", &report.catalogue[1].disputes[0])]);
}

#[test]
fn members_of_a_newer_version_are_ignored() {
    let mut json = serde_json::to_value(report()).expect("A report is JSON.");
    json["runs"][0]["later"] = json!(1);
    assert_eq!(serde_json::from_value::<Report>(json).ok(), Some(report()));
}

#[test]
fn the_format_has_a_schema() {
    let schema = schemars::schema_for!(Report);
    assert!(schema.as_value().pointer("/properties/runs").is_some());
    assert!(schema.as_value().pointer("/$defs/Deviation/properties/first_difference").is_some());
}
