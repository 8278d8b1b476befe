//! The catalogue is whole: every rule has its scenario or its reason, and nobody's name is in it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use bgfspec::catalogue::{Catalogue, Dispute, scenarios_from_json};
use bgfspec::scenario::{Capability, Detail, Member, Operation, Scenario, Value as Given};
use rstest::rstest;
use serde_json::{Value, json};

/// Who is judged; none of them may be named where the rules stand.
///
/// A node may stand there: it is one of a tree, as long as it is not followed by `.js`.
const VENDORS: &[&str] = &[
    "nodejs",
    "deno",
    "bun",
    "workerd",
    "llrt",
    "quickjs",
    "jsdom",
    "happy-dom",
    "chromium",
    "chrome",
    "blink",
    "firefox",
    "gecko",
    "mozilla",
    "webkit",
    "webkitgtk",
    "safari",
    "edge",
    "servo",
    "event-target-shim",
    "v8",
    "undici",
];

/// The files of a folder of the catalogue, parsed.
fn files(folder: &str) -> BTreeMap<String, Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("catalogue").join(folder);
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(&folder).expect("the folder can be read") {
        let path = entry.expect("the folder can be read").path();
        let name = path.file_stem().expect("a file has a name").to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).expect("the file can be read");
        files.insert(name, serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display())));
    }
    assert!(!files.is_empty());
    files
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The scenarios as the files of the catalogue write them, each with the code of its file's area.
fn written() -> Vec<(String, Value)> {
    let files = files("scenarios").into_iter();
    files
        .flat_map(|(area, file)| {
            list(&file["scenarios"]).iter().map(|one| (area.clone(), one.clone())).collect::<Vec<_>>()
        })
        .collect()
}

/// The words of a text; `t.dispatchEvent` is two, `event-target-shim` is one.
fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|character: char| !character.is_alphanumeric() && character != '-').map(str::to_lowercase)
}

/// All texts in a value, names of members included.
fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        Value::Object(members) => {
            members.iter().flat_map(|(name, value)| [vec![name.as_str()], texts(value)].concat()).collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => Vec::new(),
    }
}

fn vendors_in(texts: &[&str]) -> BTreeSet<String> {
    let plain = texts.iter().map(|text| text.to_lowercase().replace("node.js", "nodejs"));
    plain.flat_map(|text| words(&text).collect::<Vec<_>>()).filter(|word| VENDORS.contains(&word.as_str())).collect()
}

#[test]
fn it_has_no_problems() {
    let problems = Catalogue::load().problems();
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}

/// What is wrong with the catalogue once the disputes of a requirement are these.
fn problems_with(id: &str, disputes: &Value) -> Vec<String> {
    let mut catalogue = Catalogue::load();
    let mut requirements = catalogue.areas.iter_mut().flat_map(|area| &mut area.requirements);
    let requirement = requirements.find(|requirement| requirement.id == id).expect("the requirement is there");
    requirement.disputes = serde_json::from_value(disputes.clone()).expect("they are disputes");
    catalogue.problems()
}

#[rstest]
#[case::unnamed_erratum("EXT-016", json!([]), "no requirement rests on the erratum lifetime-promise-wrapped")]
#[case::unknown_erratum(
    "DSP-001",
    json!([{ "kind": "erratum", "erratum": "one-managers" }]),
    "DSP-001: unknown erratum `one-managers`; did you mean `one-manager`?"
)]
#[case::twice(
    "DSP-001",
    json!([{ "kind": "erratum", "erratum": "one-manager" }, { "kind": "erratum", "erratum": "one-manager" }]),
    "DSP-001 has a dispute twice"
)]
#[case::no_issue(
    "DSP-001",
    json!([{ "kind": "specification-issue", "issue": "https://github.com/whatwg/dom", "says": "It is unclear." }]),
    "DSP-001: \"https://github.com/whatwg/dom\" is no URL of an issue or a pull request"
)]
#[case::no_path(
    "DSP-001",
    json!([{ "kind": "public-test", "test": "/dom/x.html", "says": "It is otherwise." }]),
    "DSP-001: \"/dom/x.html\" is no path of the public suite"
)]
#[case::no_sentence(
    "DSP-001",
    json!([{ "kind": "public-test", "test": "dom/x.html", "says": "otherwise" }]),
    "DSP-001: \"otherwise\" is no sentence"
)]
#[case::no_rule(
    "FLG-018",
    json!([{ "kind": "erratum", "erratum": "one-manager" }]),
    "FLG-018 is no rule and has disputes"
)]
fn a_broken_dispute_is_a_problem(#[case] id: &str, #[case] disputes: Value, #[case] problem: &str) {
    assert_eq!(problems_with(id, &disputes), [problem]);
}

/// Requirements rest on errata; tests and issues are read by whoever judges a deviation.
#[test]
fn disputes_have_links_and_sentences() {
    let catalogue = Catalogue::load();
    let disputes: Vec<_> = catalogue.requirements().flat_map(|requirement| &requirement.disputes).collect();
    for dispute in &disputes {
        let dispute = dispute.in_report().expect("its erratum exists");
        assert!(dispute.link.starts_with("https://") && dispute.says.ends_with('.'), "{dispute:?}");
    }
    let by_others = disputes.iter().filter(|dispute| !matches!(dispute, Dispute::Erratum { .. })).count();
    assert!(by_others >= 15, "{by_others} tests and issues");
}

#[test]
fn every_file_is_loaded() {
    let catalogue = Catalogue::load();
    let areas: Vec<&str> = catalogue.areas.iter().map(|area| area.code.as_str()).collect();
    for folder in ["requirements", "scenarios"] {
        for name in files(folder).keys() {
            assert!(areas.contains(&name.as_str()), "{folder}/{name}.json is not loaded");
        }
    }
    assert_eq!(catalogue.scenarios.len(), written().len());
}

#[test]
fn it_has_the_rules_that_were_promised() {
    let catalogue = Catalogue::load();
    let counts = catalogue.counts();
    let adopted = catalogue.adopted().count();
    let tested = catalogue.adopted().filter(|requirement| counts.contains_key(requirement.id.as_str())).count();
    assert!(adopted >= 400, "{adopted} rules are adopted");
    assert!(tested >= 320, "{tested} rules have scenarios");
}

#[test]
fn every_requirement_says_where_it_comes_from() {
    let catalogue = Catalogue::load();
    for area in &catalogue.areas {
        for requirement in &area.requirements {
            let id = &requirement.id;
            let number = id.strip_prefix(&format!("{}-", area.code)).unwrap_or_else(|| panic!("{id} in {}", area.code));
            assert!(number.len() >= 3 && number.bytes().all(|byte| byte.is_ascii_digit()), "{id}");
            assert!(requirement.link.starts_with("https://"), "{id}: {}", requirement.link);
            assert!(!requirement.step.is_empty(), "{id}");
            assert!(requirement.statement.len() > 10, "{id}: {}", requirement.statement);
        }
    }
}

/// The member of a scenario that its file needn't write, because leaving it out means the same.
fn noise(scenario: &Value) -> Option<&'static str> {
    let read = |scenario: &Value| {
        let file = json!({ "area": "AREA", "scenarios": [scenario] });
        scenarios_from_json(&file.to_string()).expect("a file of the catalogue")
    };
    let without = |member: &'static str, change: fn(&mut Value)| {
        let mut other = scenario.clone();
        change(&mut other);
        (other != *scenario && read(&other) == read(scenario)).then_some(member)
    };
    let observe = without("observe", |scenario| drop(scenario.as_object_mut().and_then(|it| it.remove("observe"))));
    observe.or_else(|| without("drain", |scenario| drop(scenario["steps"].as_array_mut().and_then(Vec::pop))))
}

#[test]
fn no_file_writes_what_is_implied() {
    let noisy = written().into_iter().filter_map(|(area, scenario)| {
        Some(format!("{area}: leave the {} out of {}", noise(&scenario)?, scenario["title"]))
    });
    let noisy: Vec<String> = noisy.collect();
    assert!(noisy.is_empty(), "{} scenarios say what is implied:\n{}", noisy.len(), noisy.join("\n"));
}

#[rstest]
#[case::observe(json!({ "observe": [], "steps": [{ "note": "x" }] }), Some("observe"))]
#[case::drain(json!({ "steps": [{ "message": "x" }, { "drain": true }] }), Some("drain"))]
#[case::neither(json!({ "observe": ["type"], "steps": [{ "message": "x" }] }), None)]
#[case::drain_that_is_not_implied(json!({ "steps": [{ "note": "x" }, { "drain": true }] }), None)]
fn noise_is_known_when_it_is_seen(#[case] mut scenario: Value, #[case] expected: Option<&str>) {
    scenario["title"] = json!("T");
    scenario["requirements"] = json!([]);
    assert_eq!(noise(&scenario), expected);
}

/// The pages in `snapshots/` and those who read the files look for it there.
#[test]
fn every_scenario_stands_in_the_file_of_its_first_requirement() {
    for (area, scenario) in written() {
        let first = scenario["requirements"][0].as_str().unwrap_or_default();
        assert_eq!(first.split('-').next(), Some(area.as_str()), "{}", scenario["title"]);
    }
}

/// That an added requirement was not in the draft is what `added` means.
#[test]
fn a_reason_says_more_than_the_origin() {
    for requirement in Catalogue::load().requirements() {
        let why = requirement.why.as_deref().unwrap_or("none");
        assert!(!why.starts_with("missing from the draft"), "{}: {why}", requirement.id);
    }
}

#[test]
fn nobody_is_named_in_a_requirement() {
    for requirement in Catalogue::load().requirements() {
        let others = [&requirement.why, &requirement.untested, &requirement.note].into_iter().flatten();
        let disputes = requirement.disputes.iter().filter_map(|dispute| match dispute {
            Dispute::PublicTest { says, .. } | Dispute::SpecificationIssue { says, .. } => Some(says),
            Dispute::Erratum { .. } => None,
        });
        let texts: Vec<&str> = others.chain([&requirement.statement]).chain(disputes).map(String::as_str).collect();
        let named = vendors_in(&texts);
        assert!(named.is_empty(), "{} names {named:?}: {texts:?}", requirement.id);
    }
}

#[test]
fn nobody_is_named_in_a_scenario() {
    for (area, scenario) in written() {
        let named = vendors_in(&texts(&scenario));
        assert!(named.is_empty(), "{area}: {} names {named:?}", scenario["title"]);
    }
}

/// The test above would see a name.
#[test]
fn a_vendor_is_known_when_it_is_seen() {
    assert_eq!(vendors_in(&["In Node.js this throws", "see event-target-shim"]).len(), 2);
    assert!(vendors_in(&["the acknowledged bundle of a node is dispatched"]).is_empty());
}

/// The scenarios that a long-lived worker plays one after the other while pages post to it.
fn played_in_a_worker_that_plays_others(catalogue: &Catalogue) -> Vec<&Scenario> {
    let messages = |scenario: &Scenario| scenario.operations().any(|op| matches!(op, Operation::Message { .. }));
    let found = catalogue.scenarios.iter().filter(|scenario| scenario.worker.is_none() && messages(scenario));
    found.collect()
}

/// A promise that stays pending would keep the worker busy, until the user agent stops it under a later scenario.
#[test]
fn no_scenario_leaves_the_lifetime_of_a_message_extended() {
    let catalogue = Catalogue::load();
    let scenarios = played_in_a_worker_that_plays_others(&catalogue);
    assert!(scenarios.len() > 200, "{} scenarios are carried by messages", scenarios.len());
    for scenario in scenarios {
        let settled: BTreeSet<&str> = scenario
            .operations()
            .filter_map(|operation| match operation {
                Operation::Resolve { resolve: name, .. } | Operation::Reject { reject: name, .. } => {
                    Some(name.as_str())
                }
                Operation::Call { call, .. } if call == "settle" => Some("thenable"),
                _ => None,
            })
            .collect();
        for operation in scenario.operations() {
            if let Operation::Call { call, args, .. } = operation
                && call.ends_with(".waitUntil")
                && let Some(Given::Path(name)) = args.first()
            {
                assert!(settled.contains(name.as_str()), "{}: {name} is never settled", scenario.title);
            }
        }
    }
}

/// Steps in parallel have no order among themselves, so neither have two messages.
#[test]
fn every_message_is_over_before_the_next_step() {
    for scenario in Catalogue::load().scenarios {
        let is_message = |operation: &Operation| matches!(operation, Operation::Message { .. });
        for (index, _) in scenario.steps.iter().enumerate().filter(|(_, operation)| is_message(operation)) {
            let next = scenario.steps.get(index + 1);
            assert!(matches!(next, Some(Operation::Drain { .. })), "{}: a message without a drain", scenario.title);
        }
    }
}

/// Whether a timer or a task comes first is not the specifications' to say, and the model takes timers last.
#[test]
fn no_scenario_hangs_on_the_order_of_timers_and_tasks() {
    for scenario in Catalogue::load().scenarios {
        let any = |is: fn(&Operation) -> bool| scenario.operations().any(is);
        let timer = any(|op| matches!(op, Operation::Call { call, .. } if call == "AbortSignal.timeout"));
        let other =
            any(|op| matches!(op, Operation::Task { .. } | Operation::Message { .. } | Operation::Click { .. }));
        assert!(!timer || !other, "{}: a timer beside tasks", scenario.title);
    }
}

/// Whether an operation adds a listener, and whether for the capturing phase: its target and type, its callback, and that.
fn adds_a_listener(operation: &Operation) -> Option<(String, &Given, bool)> {
    let Operation::Call { call, args, .. } = operation else { return None };
    let target = call.strip_suffix(".addEventListener")?;
    let (event_type, callback) = (args.first()?, args.get(1)?);
    let capture = match args.get(2) {
        Some(Given::Bool(capture)) => *capture,
        Some(Given::Object(members)) => {
            members.iter().any(|(name, member)| name == "capture" && *member == Member::Data(Given::Bool(true)))
        }
        _ => false,
    };
    Some((format!("{target} {event_type:?}"), callback, capture))
}

/// Where the order of the passes is another rule's, the listeners are added in the order in which they are called.
#[test]
fn capture_listeners_are_added_first_unless_their_order_is_the_rule() {
    for scenario in Catalogue::load().scenarios {
        // Nobody calls the listeners of a descendant of the target, whatever their order.
        if scenario.requirements.iter().any(|id| id == "DSP-021" || id == "DSP-058") {
            continue;
        }
        let mut others: BTreeMap<String, &Given> = BTreeMap::new();
        for operation in scenario.worker.iter().flatten().chain(&scenario.steps) {
            let Some((place, callback, capture)) = adds_a_listener(operation) else { continue };
            // One callback for both shows no order.
            let earlier = others.get(&place).filter(|earlier| **earlier != callback);
            assert!(!capture || earlier.is_none(), "{}: {place}, {callback:?} after {earlier:?}", scenario.title);
            if !capture {
                others.entry(place).or_insert(callback);
            }
        }
    }
}

#[test]
fn a_scenario_with_capture_listeners_needs_them_unless_they_are_the_rule() {
    for scenario in Catalogue::load().scenarios {
        let is_the_rule = scenario.requirements.iter().any(|id| id == "ADD-015" || id == "ADD-017");
        let uses = scenario.operations().filter_map(adds_a_listener).any(|(_, _, capture)| capture);
        let needs = scenario.needs.contains(&Capability::Capture);
        assert!(!uses || needs || is_the_rule, "{}", scenario.title);
    }
}

/// To need that reports or announcements can be heard is to be about them.
#[test]
fn a_scenario_that_needs_reports_or_announcements_observes_them() {
    for scenario in Catalogue::load().scenarios {
        let asks = scenario.needs.contains(&Capability::UnhandledRejections);
        assert_eq!(asks, scenario.observe.counts(Detail::Unhandled), "{}", scenario.title);
        let reports = scenario.needs.contains(&Capability::GlobalEvents);
        assert!(!reports || scenario.observe.counts(Detail::Reported), "{}", scenario.title);
    }
}

/// `bgfspec list` says where a requirement is judged that a default run judges on no browser.
#[rstest]
#[case::only_a_click("BGE-015", Some("by a click, in Chromium"))]
#[case::a_click_or_a_message("FFE-026", None)]
#[case::a_click_or_the_end_of_a_fetch("FFE-008", None)]
#[case::a_call("OPW-004", None)]
#[case::faults("EXT-024", Some("on no browser"))]
#[case::a_click_and_faults("FFE-010", Some("on no browser"))]
#[case::no_scenario("EXT-023", None)]
fn list_says_what_a_default_run_judges_on_no_browser(#[case] id: &str, #[case] place: Option<&str>) {
    let command = |arguments: &[&str]| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_bgfspec")).args(arguments).output();
        String::from_utf8(output.expect("the command can be started").stdout).expect("text")
    };
    let rows: Vec<Value> = serde_json::from_str(&command(&["list", id, "--json"])).expect("rows");
    let row = rows.iter().find(|row| row["id"] == id).expect("the requirement");
    assert_eq!(row["beyond_default"].is_null(), place.is_none(), "{row}");
    let text = command(&["list", id]).split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(text.contains(", judged "), place.is_some(), "{text}");
    assert!(text.contains(place.unwrap_or_default()), "{text}");
}
