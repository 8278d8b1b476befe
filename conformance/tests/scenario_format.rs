//! The formats of scenarios and requirements: what is read is written again, and page, schema and reader agree.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use bgfspec::adapter::protocol::{FromAgent, ToAgent};
use bgfspec::catalogue::{Area, Catalogue, Origin, Spec, scenarios_from_json};
use bgfspec::reference::{Reference, View};
use bgfspec::scenario::{Capability, Detail, Observe, Operation, Scenario, Value};
use bgfspec::trace::Trace;
use rstest::rstest;
use serde_json::{Value as Json, json};

const PAGE: &str = include_str!("../SCENARIOS.md");

#[test]
fn every_scenario_of_the_catalogue_is_read_as_it_was_written() {
    for scenario in Catalogue::load().scenarios {
        let text = serde_json::to_string(&scenario).expect("a scenario is JSON");
        let again = Scenario::from_json(&text).unwrap_or_else(|error| panic!("{}: {error}", scenario.title));
        assert_eq!(again, scenario, "{}", scenario.title);
        assert_eq!(again.id(), scenario.id(), "{}", scenario.title);
        assert_eq!(serde_json::to_string(&again).expect("a scenario is JSON"), text);
        let pretty = serde_json::to_string_pretty(&scenario).expect("a scenario is JSON");
        assert_eq!(Scenario::from_json(&pretty).expect("a scenario").id(), scenario.id(), "{}", scenario.title);
    }
}

#[test]
fn the_id_is_that_of_the_content() {
    let text = r#"{ "title": "T", "requirements": ["ADD-001"], "observe": [], "steps": [{ "note": "x" }] }"#;
    let scenario = Scenario::from_json(text).expect("a scenario");
    // A report of last year must still name it.
    assert_eq!(scenario.id(), "e4c13627e9d1");
    let renamed = Scenario { title: "U".to_owned(), requirements: Vec::new(), ..scenario.clone() };
    assert_eq!(renamed.id(), scenario.id());
    let changed = Scenario::from_json(&text.replace("\"x\"", "\"y\"")).expect("a scenario");
    assert_ne!(changed.id(), scenario.id());
    let observing = Scenario::from_json(&text.replace("[],", "[\"type\"],")).expect("a scenario");
    assert_ne!(observing.id(), scenario.id());
}

#[rstest]
#[case(r#"{"new":"Event","args":["x",{"bubbles":true}],"as":"e"}"#)]
#[case(r#"{"new":"Event"}"#)]
#[case(r#"{"construct":"T","args":[1],"as":"t"}"#)]
#[case(r#"{"class":"EventTarget","as":"T"}"#)]
#[case(r#"{"call":"t.dispatchEvent","args":["@e"],"as":"r","catch":"c"}"#)]
#[case(r#"{"call":"t.dispatchEvent","args":["@e"],"quiet":true}"#)]
#[case(r#"{"apply":"Event.prototype.preventDefault","this":"@e","args":[null]}"#)]
#[case(r#"{"get":"e.type"}"#)]
#[case(r#"{"set":"e.cancelBubble","to":true}"#)]
#[case(r#"{"setter":"e.isTrusted","this":null,"to":1.5}"#)]
#[case(r#"{"read":"e"}"#)]
#[case(r#"{"describe":"Event.NONE"}"#)]
#[case(r#"{"in":"e.path"}"#)]
#[case(r#"{"typeof":"AbortSignal.any"}"#)]
#[case(r#"{"instanceof":"@e","interface":"Event"}"#)]
#[case(r#"{"same":["@e","@f"]}"#)]
#[case(r#"{"prototype":"Event.prototype","of":"CustomEvent.prototype"}"#)]
#[case(r#"{"class-of":"e"}"#)]
#[case(r#"{"ordered":[1,2,"@e.timeStamp"]}"#)]
#[case(r#"{"object":{"handleEvent":"@f"},"as":"o"}"#)]
#[case(r#"{"throw":{"$error":"boom"}}"#)]
#[case(r#"{"return":{"$":"undefined"}}"#)]
#[case(r#"{"note":"text"}"#)]
#[case(r#"{"microtask":[{"note":"x"}]}"#)]
#[case(r#"{"task":[{"note":"x"}]}"#)]
#[case(r#"{"promise":"p"}"#)]
#[case(r#"{"resolve":"p","with":7}"#)]
#[case(r#"{"reject":"p","with":{"$error":"boom"}}"#)]
#[case(r#"{"then":"p","do":[{"note":"x"}],"catch":[{"note":"y"}]}"#)]
#[case(r#"{"tree":["outer","inner"]}"#)]
#[case(r#"{"drain":true}"#)]
#[case(r#"{"worker":[{"note":"x"}]}"#)]
#[case(r#"{"page":[{"note":"x"}]}"#)]
#[case(r#"{"closePage":true}"#)]
#[case(r#"{"stop":true}"#)]
#[case(r#"{"update":[{"note":"x"}]}"#)]
#[case(r#"{"timeout":"e"}"#)]
#[case(r#"{"failStarts":true}"#)]
#[case(r#"{"message":"text"}"#)]
#[case(r#"{"click":"id"}"#)]
#[case(r#"{"click":"id","newest":false}"#)]
#[case(r#"{"progress":"id","bytes":5}"#)]
#[case(r#"{"upload":"id","bytes":5}"#)]
#[case(r#"{"finish":"id","how":"success"}"#)]
#[case(r#"{"finish":"id","how":"bad-status"}"#)]
#[case(r#"{"finish":"id","how":"fetch-error"}"#)]
#[case(r#"{"finish":"id","how":"quota-exceeded"}"#)]
#[case(r#"{"finish":"id","how":"download-total-exceeded"}"#)]
#[case(r#"{"userAbort":"id"}"#)]
#[case(r#"{"pause":"id"}"#)]
#[case(r#"{"resume":"id"}"#)]
#[case(r#"{"permission":"granted"}"#)]
#[case(r#"{"permission":"denied"}"#)]
#[case(r#"{"permission":"prompt"}"#)]
#[case(r#"{"webdriver":"id","page":"inside"}"#)]
#[case(r#"{"webdriver":"id","page":"outside"}"#)]
#[case(r#"{"webdriver":"id","page":"closed"}"#)]
fn an_operation_is_written_in_the_words_it_was_read_in(#[case] text: &str) {
    let operation: Operation = serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    assert_eq!(serde_json::to_string(&operation).expect("an operation is JSON"), text);
}

#[rstest]
#[case("null")]
#[case("true")]
#[case("1.5")]
#[case("-3")]
#[case(r#""text""#)]
#[case(r#""@name""#)]
#[case(r#""@name.member""#)]
#[case(r#"{"$string":"@x"}"#)]
#[case(r#"{"$":"undefined"}"#)]
#[case(r#"{"$":"NaN"}"#)]
#[case(r#"{"$":"Infinity"}"#)]
#[case(r#"{"$":"-Infinity"}"#)]
#[case(r#"{"$":"-0"}"#)]
#[case(r#"{"$":"symbol"}"#)]
#[case(r#"{"$":"bigint"}"#)]
#[case(r#"{"$":"bigint0"}"#)]
#[case(r#"{"$error":"boom"}"#)]
#[case(r#"{"$converts":7}"#)]
#[case(r#"{"$converts":{"$throws":{"$error":"boom"}}}"#)]
#[case(r#"[1,[2]]"#)]
#[case(r#"{"capture":true,"once":{"$getter":1},"signal":{"$getter":{"$throws":2}}}"#)]
#[case("{}")]
fn a_value_is_written_in_the_words_it_was_read_in(#[case] text: &str) {
    let value: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    assert_eq!(serde_json::to_string(&value).expect("a value is JSON"), text);
}

#[rstest]
#[case::getter_alone(r#"{"$getter":1}"#)]
#[case::throws_alone(r#"{"$throws":1}"#)]
#[case::tag_with_company(r#"{"$error":"boom","a":1}"#)]
#[case::tag_in_company(r#"{"a":1,"$error":"boom"}"#)]
#[case::unknown_tag(r#"{"$date":1}"#)]
#[case::unknown_special(r#"{"$":"null"}"#)]
fn a_value_that_means_nothing_is_refused(#[case] text: &str) {
    assert!(serde_json::from_str::<Value>(text).is_err(), "{text}");
}

/// The rows of a table of the page: those that stand under this heading.
fn rows(heading: &str) -> impl Iterator<Item = &'static str> {
    let section = PAGE.split(&format!("\n## {heading}")).nth(1).unwrap_or_else(|| panic!("no `{heading}` on the page"));
    section.split("\n## ").next().unwrap_or_default().lines().filter(|line| line.starts_with("| `"))
}

/// The words in backticks of the first column.
fn first_column(heading: &str) -> BTreeSet<String> {
    let cells = rows(heading).filter_map(|row| row.split(" | ").next());
    cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)).map(str::to_owned).collect()
}

/// The words that begin an operation or a stimulus, as the page has them.
fn words_of_the_page() -> BTreeSet<String> {
    let operations = first_column("Operations").into_iter().chain(first_column("Stimuli"));
    operations.filter_map(|text| Some(text.strip_prefix("{\"")?.split('"').next()?.to_owned())).collect()
}

/// The words that begin an operation or a stimulus, as the schema has them.
fn words_of_the_schema() -> BTreeSet<String> {
    let schema = schema("scenario");
    let variants = schema["$defs"]["Operation"]["anyOf"].as_array().expect("operations are alternatives").clone();
    let first = |variant: Json| variant["properties"].as_object().and_then(|words| words.keys().next().cloned());
    variants.into_iter().filter_map(first).collect()
}

#[test]
fn the_page_has_all_operations_and_no_others() {
    let page = words_of_the_page();
    assert!(page.len() > 40, "the page was understood: {page:?}");
    assert_eq!(page, words_of_the_schema());
    for word in &page {
        let error = serde_json::from_str::<Operation>(&format!("{{\"{word}\": {{\"$\": 7}}}}")).expect_err("no such");
        assert!(!error.to_string().contains("unknown operation"), "{error}");
    }
}

#[test]
fn the_page_has_all_capabilities_and_no_others() {
    let known: BTreeSet<String> = Capability::ALL.into_iter().map(Capability::name).collect();
    assert_eq!(first_column("Capabilities"), known);
}

#[test]
fn the_page_has_all_observations_and_no_others() {
    let page: BTreeSet<String> = first_column("Observations")
        .into_iter()
        .filter_map(|text| Some(text.strip_prefix("{\"")?.split('"').next()?.to_owned()))
        .collect();
    let known: BTreeSet<String> = bgfspec::trace::KINDS.iter().map(|kind| (*kind).to_owned()).collect();
    assert_eq!(page, known);
}

#[test]
fn the_page_has_all_details() {
    let words: Vec<&str> = PAGE.split('`').skip(1).step_by(2).collect();
    let others = [
        (Detail::Start, "start"),
        (Detail::This, "this"),
        (Detail::Arguments, "arguments"),
        (Detail::Returns, "returns"),
        (Detail::Reported, "reported"),
        (Detail::Unhandled, "unhandled"),
    ];
    for (detail, name) in Detail::MEMBERS.into_iter().chain(others) {
        assert!(words.contains(&name), "`{name}` is not on the page");
        assert_eq!(serde_json::to_value(detail).expect("a word"), json!(name));
    }
}

#[test]
fn the_examples_of_the_page_are_scenarios() {
    let catalogue = Catalogue::load();
    let examples: Vec<&str> = PAGE.split("```json\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    let [alone, of_the_catalogue] = examples.as_slice() else { panic!("{} examples", examples.len()) };
    Scenario::from_json(alone).expect("it is a scenario by itself");
    assert!(validator("catalogue").is_valid(&serde_json::from_str(of_the_catalogue).expect("it is JSON")));
    for example in examples {
        for scenario in scenarios_from_json(example).expect("scenarios") {
            catalogue.requirement(&scenario.requirements[0]).expect("its requirement exists");
        }
    }
}

/// What `bgfspec schema` prints.
fn schema(of: &str) -> Json {
    let output = Command::new(env!("CARGO_BIN_EXE_bgfspec")).args(["schema", of]).output().expect("it can be started");
    assert!(output.status.success());
    serde_json::from_slice(&output.stdout).expect("the schema is JSON")
}

fn validator(of: &str) -> jsonschema::Validator {
    let schema = schema(of);
    jsonschema::meta::validate(&schema).unwrap_or_else(|error| panic!("{of} is no JSON Schema: {error}"));
    jsonschema::validator_for(&schema).unwrap_or_else(|error| panic!("{of} is no JSON Schema: {error}"))
}

#[test]
fn the_schema_accepts_every_scenario_of_the_catalogue() {
    let validator = validator("scenario");
    for scenario in Catalogue::load().scenarios {
        let json = serde_json::to_value(&scenario).expect("a scenario is JSON");
        if let Err(error) = validator.validate(&json) {
            panic!("{}: {error} at {}", scenario.title, error.instance_path);
        }
    }
}

/// The catalogue's defaults hold only in its own files: a scenario that stands by itself keeps what it means.
#[test]
fn only_a_file_of_the_catalogue_leaves_out_what_is_implied() {
    let alone = json!({ "title": "T", "requirements": [], "steps": [{ "message": "x" }] });
    let said = json!({ "title": "T", "observe": [], "steps": [{ "message": "x" }, { "drain": true }] });
    let read = |file: &Json| scenarios_from_json(&file.to_string()).expect("scenarios").remove(0);
    assert_eq!(read(&alone), serde_json::from_value(alone.clone()).expect("a scenario"));
    assert_eq!(read(&json!([alone])), read(&alone));
    assert_eq!(read(&alone).observe, Observe::All);
    assert_eq!(read(&alone).steps.len(), 1);
    assert_eq!(read(&json!({ "area": "ADD", "scenarios": [alone] })), read(&said));
}

#[rstest]
#[case::nothing(json!([]), false)]
#[case::operation(json!([{ "note": "x" }]), false)]
#[case::stimulus(json!([{ "finish": "a", "how": "success" }]), true)]
#[case::new_worker(json!([{ "update": [] }]), true)]
#[case::stimulus_before_others(json!([{ "stop": true }, { "note": "x" }]), false)]
#[case::list_of_a_page(json!([{ "page": [{ "note": "x" }] }]), false)]
#[case::list_of_the_worker(json!([{ "worker": [{ "note": "x" }] }]), false)]
#[case::microtask(json!([{ "microtask": [] }, { "note": "x" }]), true)]
#[case::task(json!([{ "task": [] }]), true)]
#[case::reaction_inside(json!([{ "page": [{ "then": "p" }] }]), true)]
#[case::drained_before(json!([{ "microtask": [] }, { "drain": true }, { "note": "x" }]), false)]
#[case::queued_again(json!([{ "drain": true }, { "microtask": [] }]), true)]
#[case::said(json!([{ "message": "x" }, { "drain": true }]), false)]
fn a_drain_is_implied_where_the_steps_leave_something_to_wait_for(#[case] steps: Json, #[case] implied: bool) {
    let count = steps.as_array().expect("a list").len();
    let file = json!({ "area": "ADD", "scenarios": [{ "title": "T", "requirements": [], "steps": steps }] });
    let scenario = scenarios_from_json(&file.to_string()).expect("a file of the catalogue").remove(0);
    assert_eq!(scenario.steps.len() - count, usize::from(implied));
    assert!(!implied || matches!(scenario.steps.last(), Some(Operation::Drain { .. })));
}

#[test]
fn the_schema_of_the_catalogue_accepts_its_files() {
    let validator = validator("catalogue");
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("catalogue/scenarios");
    let mut files = 0;
    for entry in std::fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the folder can be read").path();
        let json = serde_json::from_str(&std::fs::read_to_string(&path).expect("it can be read")).expect("it is JSON");
        if let Err(error) = validator.validate(&json) {
            panic!("{}: {error} at {}", path.display(), error.instance_path);
        }
        files += 1;
    }
    assert_eq!(files, Catalogue::load().areas.len());
}

#[rstest]
#[case::no_area(json!({ "scenarios": [] }))]
#[case::no_scenarios(json!({ "area": "ADD" }))]
#[case::no_requirements(json!({ "area": "ADD", "scenarios": [{ "title": "T", "steps": [] }] }))]
#[case::unknown_member(json!({ "area": "ADD", "scenarios": [], "observe": [] }))]
#[case::unknown_member_of_a_scenario(
    json!({ "area": "ADD", "scenarios": [{ "title": "T", "requirements": [], "steps": [], "drain": true }] })
)]
fn schema_and_reader_refuse_a_broken_file_of_the_catalogue(#[case] broken: Json) {
    assert!(!validator("catalogue").is_valid(&broken), "the schema accepts {broken}");
    assert!(scenarios_from_json(&broken.to_string()).is_err(), "the reader accepts {broken}");
}

#[rstest]
#[case::no_object(json!(7))]
#[case::no_title(json!({ "steps": [] }))]
#[case::no_steps(json!({ "title": "T" }))]
#[case::unknown_member(json!({ "title": "T", "steps": [], "stepz": [] }))]
#[case::unknown_detail(json!({ "title": "T", "steps": [], "observe": ["targt"] }))]
#[case::unknown_word_for_all(json!({ "title": "T", "steps": [], "observe": "everything" }))]
#[case::unknown_capability(json!({ "title": "T", "steps": [], "needs": ["flying"] }))]
#[case::unknown_operation(json!({ "title": "T", "steps": [{ "cal": "t.x" }] }))]
#[case::unknown_member_of_an_operation(json!({ "title": "T", "steps": [{ "call": "t.x", "arg": [] }] }))]
#[case::two_operations_in_one(json!({ "title": "T", "steps": [{ "note": "x", "get": "t.x" }] }))]
#[case::operation_without_a_member(json!({ "title": "T", "steps": [{ "set": "t.x" }] }))]
#[case::wrong_type(json!({ "title": "T", "steps": [{ "note": 7 }] }))]
#[case::negative_bytes(json!({ "title": "T", "steps": [{ "progress": "a", "bytes": -1 }] }))]
#[case::unknown_ending(json!({ "title": "T", "steps": [{ "finish": "a", "how": "well" }] }))]
#[case::unknown_kind(json!({ "title": "T", "steps": [], "callbacks": { "f": { "kind": "arrow" } } }))]
#[case::unknown_tag(json!({ "title": "T", "steps": [{ "throw": { "$date": 1 } }] }))]
#[case::deep_inside(json!({ "title": "T", "steps": [{ "microtask": [{ "nota": "x" }] }] }))]
fn schema_and_reader_refuse_what_is_broken(#[case] broken: Json) {
    assert!(!validator("scenario").is_valid(&broken), "the schema accepts {broken}");
    assert!(serde_json::from_value::<Scenario>(broken.clone()).is_err(), "the reader accepts {broken}");
}

#[rstest]
#[case(json!({ "bgfspec": 1, "start": {} }))]
#[case(json!({ "started": { "name": "x", "version": "1", "capabilities": ["abort"] } }))]
#[case(json!({ "started": {
    "name": "x", "version": "1", "capabilities": [],
    "configuration": { "platform": "linux", "headless": true, "touch_points": 0, "flags": ["--x"] }
} }))]
#[case(json!({ "run": 7, "scenarios": [{ "title": "T", "steps": [{ "note": "x" }] }] }))]
#[case(json!({ "ran": 7, "traces": [[{ "noted": "x" }], []] }))]
#[case(json!({ "stop": true }))]
fn the_schema_of_the_protocol_accepts_its_messages(#[case] message: Json) {
    assert!(validator("protocol").is_valid(&message), "{message}");
    let harness = serde_json::from_value::<ToAgent>(message.clone()).is_ok();
    let agent = serde_json::from_value::<FromAgent>(message.clone()).is_ok();
    assert!(harness != agent, "exactly one side says {message}");
}

#[rstest]
#[case(json!({}))]
#[case(json!({ "start": {} }))]
#[case(json!({ "started": { "name": "x" } }))]
#[case(json!({ "ran": 7 }))]
#[case(json!({ "ran": "7", "traces": [] }))]
#[case(json!({ "ran": 7, "traces": [7] }))]
#[case(json!({ "run": 7, "scenarios": [{}] }))]
fn the_schema_of_the_protocol_refuses_others(#[case] message: Json) {
    assert!(!validator("protocol").is_valid(&message), "{message}");
}

#[test]
fn the_schema_of_the_report_accepts_a_report() {
    let arguments = ["run", "--vendor", "reference", "--filter", "ADD-001", "--format", "json"];
    let output = Command::new(env!("CARGO_BIN_EXE_bgfspec")).args(arguments).output().expect("it can be started");
    let mut report: Json = serde_json::from_slice(&output.stdout).expect("the report is JSON");
    let validator = validator("report");
    if let Err(error) = validator.validate(&report) {
        panic!("{error} at {}", error.instance_path);
    }
    report["runs"][0]["requirements"][0]["verdict"] = json!("splendid");
    assert!(!validator.is_valid(&report), "an unknown verdict is refused");
}

/// The file of one area, as JSON.
fn requirements_of(area: &str) -> Json {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("catalogue/requirements/{area}.json"));
    let text = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

#[test]
fn the_schema_accepts_all_requirements_of_the_catalogue() {
    let validator = validator("requirements");
    for area in Catalogue::load().areas {
        if let Err(error) = validator.validate(&requirements_of(&area.code)) {
            panic!("{}: {error} at {}", area.code, error.instance_path);
        }
    }
}

/// An area with one requirement that has these members in place of its own.
fn area_with(members: Json) -> Json {
    let mut requirement = json!({
        "id": "XYZ-001", "spec": "DOM", "step": "dom/dispatch/1", "level": "must",
        "statement": "Something can be observed", "link": "https://example.com/", "origin": "added",
    });
    let own = requirement.as_object_mut().expect("an object");
    for (name, value) in members.as_object().expect("an object") {
        match value {
            Json::Null => own.remove(name),
            value => own.insert(name.clone(), value.clone()),
        };
    }
    json!({ "area": "XYZ", "title": "An area", "requirements": [requirement] })
}

#[rstest]
#[case::added_without_a_reason(json!({}))]
#[case::added_with_a_reason(json!({ "why": "a mutant survived" }))]
#[case::of_two_specifications(json!({ "spec": "WebIDL/DOM" }))]
#[case::corrected(json!({ "origin": "corrected", "why": "the text says otherwise" }))]
#[case::merged(json!({ "origin": "merged", "why": "they are the same", "into": "XYZ-002" }))]
#[case::disputed(json!({ "disputes": [
    { "kind": "public-test", "test": "dom/events/x.any.js", "says": "It is otherwise." },
    { "kind": "specification-issue", "issue": "https://github.com/whatwg/dom/pull/1", "says": "It is unclear." },
    { "kind": "erratum", "erratum": "one-manager" },
] }))]
fn schema_and_reader_accept_a_requirement(#[case] members: Json) {
    let area = area_with(members);
    assert!(validator("requirements").is_valid(&area), "{area}");
    serde_json::from_value::<Area>(area).expect("the reader accepts it");
}

#[rstest]
#[case::unknown_spec(json!({ "spec": "HTLM" }), &["unknown specification `HTLM`, expected one of `DOM`, `HTML`"])]
#[case::unknown_second_spec(json!({ "spec": "WebIDL/Dom" }), &["unknown specification `Dom`", "`MDN`"])]
#[case::no_spec(json!({ "spec": "" }), &["unknown specification ``", "`BGF`"])]
#[case::unknown_level(json!({ "level": "shall" }), &["`shall`", "`must`", "`should`", "`may`", "`documented`"])]
#[case::unknown_origin(
    json!({ "origin": "new" }),
    &["`new`", "`adopted`", "`corrected`", "`merged`", "`refused`", "`added`"]
)]
#[case::unknown_member(json!({ "reason": "none" }), &["unknown field `reason`", "`why`"])]
#[case::no_step(json!({ "step": null }), &["missing field `step`"])]
#[case::unknown_kind_of_dispute(
    json!({ "disputes": [{ "kind": "rumour", "says": "It is otherwise." }] }),
    &["`rumour`", "`public-test`", "`specification-issue`", "`erratum`"]
)]
#[case::unknown_member_of_a_dispute(
    json!({ "disputes": [{ "kind": "erratum", "erratum": "one-manager", "says": "It is otherwise." }] }),
    &["unknown field `says`"]
)]
#[case::dispute_that_says_nothing(
    json!({ "disputes": [{ "kind": "public-test", "test": "dom/events/x.any.js" }] }),
    &["missing field `says`"]
)]
fn schema_and_reader_refuse_a_requirement(#[case] members: Json, #[case] said: &[&str]) {
    let area = area_with(members);
    assert!(!validator("requirements").is_valid(&area), "the schema accepts {area}");
    let error = serde_json::from_value::<Area>(area).expect_err("the reader refuses it").to_string();
    for text in said {
        assert!(error.contains(text), "`{text}` is not in {error}");
    }
}

#[rstest]
#[case::corrected_without_a_reason(json!({ "origin": "corrected" }), "XYZ-001 is corrected and has no `why`")]
#[case::refused_without_a_reason(json!({ "origin": "refused" }), "XYZ-001 is refused and has no `why`")]
#[case::merged_into_nothing(json!({ "origin": "merged", "why": "?" }), "XYZ-001 is merged and has no `into`")]
#[case::added_and_merged(json!({ "into": "ADD-001" }), "XYZ-001 is added and has an `into`")]
fn schema_and_catalogue_refuse_a_requirement(#[case] members: Json, #[case] problem: &str) {
    let area = area_with(members);
    assert!(!validator("requirements").is_valid(&area), "the schema accepts {area}");
    let area: Area = serde_json::from_value(area).expect("the reader accepts it");
    let mut catalogue = Catalogue::load();
    catalogue.areas.push(area);
    assert!(catalogue.problems().iter().any(|found| found == problem), "{:?}", catalogue.problems());
}

const CONTRIBUTING: &str = include_str!("../../CONTRIBUTING.md");

/// The words in backticks of the last cell of the row of this member that are no members themselves.
fn allowed_on_the_page(member: &str) -> BTreeSet<&'static str> {
    let row = CONTRIBUTING.lines().find(|line| line.starts_with(&format!("| `{member}` |")));
    let row = row.unwrap_or_else(|| panic!("no row for `{member}` in CONTRIBUTING.md"));
    let cell = row.split(" | ").nth(2).unwrap_or_else(|| panic!("no values in {row}"));
    cell.split('`').skip(1).step_by(2).filter(|word| *word != "into").collect()
}

/// The blocks of the page on contributing in this language.
fn blocks(language: &str) -> impl Iterator<Item = &'static str> {
    let marked = CONTRIBUTING.split("```").skip(1).step_by(2);
    marked.filter_map(move |block| block.strip_prefix(language)?.strip_prefix('\n'))
}

#[test]
fn the_requirement_of_the_page_on_contributing_is_one_and_its_scenario_gives_what_stands_there() {
    let json: Vec<&str> = blocks("json").collect();
    let [requirement, scenario] = json.as_slice() else { panic!("two blocks of JSON: {json:?}") };
    let requirement: Json = serde_json::from_str(requirement).expect("the requirement is JSON");
    let area = json!({ "area": "DSP", "title": "An area", "requirements": [&requirement] });
    assert!(validator("requirements").is_valid(&area), "{area}");
    let area: Area = serde_json::from_value(area).expect("the reader accepts it");
    let file = format!("{{\"area\": \"DSP\", \"scenarios\": [{scenario}]}}");
    let scenario = scenarios_from_json(&file).expect("it is a scenario of the catalogue").remove(0);
    assert_eq!(scenario.requirements, [area.requirements[0].id.as_str()]);
    let mut reference = Reference::new();
    let program = reference.compile(&scenario).expect("it compiles");
    let permitted = reference.permitted(&program, View { reported: true, unhandled: true }, 100);
    let [trace] = Vec::from_iter(permitted).try_into().expect("one trace is permitted");
    let played = blocks("text").next().expect("what `play` prints");
    let lines = played.lines().skip_while(|line| !line.contains("permitted:")).skip(1);
    let shown: Vec<Json> = lines.map(|line| serde_json::from_str(line).expect("an observation")).collect();
    assert_eq!(Trace(trace).observations(), Ok(shown));
}

#[test]
fn the_page_on_contributing_has_all_words_that_are_allowed() {
    let specs: BTreeSet<&str> = Spec::ALL.into_iter().map(|(_, name)| name).collect();
    assert_eq!(allowed_on_the_page("spec"), specs);
    let schema = schema("requirements");
    let words = |name: &str| -> BTreeSet<String> {
        let variants = schema["$defs"][name]["oneOf"].as_array().expect("words are alternatives");
        variants.iter().filter_map(|variant| Some(variant["const"].as_str()?.to_owned())).collect()
    };
    for (member, name) in [("level", "Level"), ("origin", "Origin")] {
        let page: BTreeSet<String> = allowed_on_the_page(member).into_iter().map(str::to_owned).collect();
        assert_eq!(page, words(name), "{member}");
    }
    for origin in [Origin::Adopted, Origin::Corrected, Origin::Merged, Origin::Refused, Origin::Added] {
        assert!(words("Origin").contains(origin.name()), "{origin:?}");
    }
}
