//! `--json` of every command, and what a shell and `man` are told of the command.

use bgfspec_report::Report;
use serde_json::Value;

use crate::support::{Done, Folder, bgfspec, faulty_agent, filtered};

/// What is on standard output, all of which is one JSON document.
#[track_caller]
fn answer(done: &Done) -> Value {
    serde_json::from_str(&done.stdout).unwrap_or_else(|error| panic!("no JSON: {error}; {}", done.shown()))
}

#[test]
fn each_command_answers_in_json_and_with_nothing_else() {
    let folder = Folder::new();
    let out = folder.path().join("out").display().to_string();
    let report = folder.path().join("out/report.json").display().to_string();
    let (_, culprit) = filtered("ADD-00");
    let agent = faulty_agent("wrong", &culprit, None);
    let run = bgfspec(&["run", "--command", &agent, "--filter", "ADD-00", "--out", &out, "--json"]);
    assert_eq!(run.status, Some(1), "{}", run.shown());
    // It is what stands in the file.
    assert_eq!(run.stdout, std::fs::read_to_string(&report).expect("a report"));
    serde_json::from_str::<Report>(&run.stdout).expect("a report");
    let commands: &[(&[&str], &str)] = &[
        (&["report", &report], "/runs/0/deviations/0/id"),
        (&["merge", &report], "/runs/0/deviations/0/id"),
        (&["diff", &report, &report], "/conclusive"),
        (&["expect", &report], "/expectations/0/reason"),
        (&["list", "SIG-00"], "/0/scenarios"),
        (&["explain", "MUT-009"], "/scenarios/0/javascript"),
        (&["explain", "MUT-009", "--report", &report], "/verdicts/0/verdict"),
        (&["explain", "duplicates-kept"], "/scenarios/0/id"),
        (&["explain", "passive", "listener"], "/requirements/0/statement"),
        (&["export", "ADD-001", "ADD-002", "--as", "json"], "/files/1/text"),
        (&["export", "CLK-001", "ADD-001", "--as", "js"], "/refused/0"),
        (&["smoke", "--command", &agent], "/checks/0/what"),
        (&["schema", "report"], "/properties/runs"),
    ];
    for (arguments, pointer) in commands {
        let done = bgfspec(&[arguments, ["--json"].as_slice()].concat());
        assert!(answer(&done).pointer(pointer).is_some(), "{arguments:?} has no {pointer}: {}", done.stdout);
        assert!(!done.stdout.contains('\u{1b}'));
    }
}

#[test]
fn a_replay_answers_with_the_verdict_of_each_scenario() {
    let (_, culprit) = filtered("ADD-00");
    let agent = faulty_agent("wrong", &culprit, None);
    let done = bgfspec(&["replay", &culprit.id(), "--command", &agent, "--json"]);
    let answer = answer(&done);
    assert_eq!((done.status, &answer["scenarios"][0]["verdict"]), (Some(1), &Value::from("deviates")), "{answer}");
    assert_eq!(answer["implementation"]["name"], "faulty");
    let done = bgfspec(&["replay", "ADD-001", "--vendor", "reference", "--json"]);
    let scenarios = serde_json::from_str::<Value>(&done.stdout).expect("JSON")["scenarios"].clone();
    let scenarios = scenarios.as_array().expect("a list");
    assert!(scenarios.iter().all(|scenario| scenario["verdict"] == "conforms" && scenario["permitted"] != 0));
}

#[test]
fn vendors_are_told_with_what_they_lack() {
    let done = bgfspec(&["vendors", "--json"]);
    let answer = answer(&done);
    let package =
        answer.as_array().expect("a list").iter().find(|vendor| vendor["name"] == "package").expect("a package");
    assert_eq!((&package["ready"], &package["version"]), (&Value::from(false), &Value::Null));
    assert!(package["reason"].as_str().is_some_and(|reason| reason.contains("folder of a package")), "{package}");
}

#[test]
fn one_format_is_asked_for_and_not_two() {
    bgfspec(&["run", "--json", "--format", "text"]).refuses(2, &["--json", "--format"]);
    bgfspec(&["diff", "a", "b", "--json", "--format", "markdown"]).refuses(2, &["--json", "--format"]);
}

#[test]
fn a_merged_report_is_text_where_that_is_asked_for() {
    let folder = Folder::new();
    let run = bgfspec(&["run", "--vendor", "reference", "--filter", "ADD-001", "--out", folder.text()]);
    assert_eq!(run.status, Some(0), "{}", run.shown());
    let report = folder.path().join("report.json").display().to_string();
    serde_json::from_str::<Report>(&bgfspec(&["merge", &report]).stdout).expect("a report");
    let text = bgfspec(&["merge", &report, "--format", "text"]).stdout;
    assert!(text.starts_with("reference "), "{text}");
    bgfspec(&["merge", &report, &report]).refuses(2, &["stands in 2 reports, each of which is whole"]);
}

#[test]
fn shells_complete_commands_vendors_and_ids() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let done = bgfspec(&["completions", shell]);
        assert_eq!(done.status, Some(0), "{}", done.stderr);
        assert!(done.stdout.contains("bgfspec") && done.stdout.contains("replay"), "{shell}");
    }
    let bash = bgfspec(&["completions", "bash"]).stdout;
    for value in ["event-target-shim", "service-worker", "MUT-009", "duplicates-kept", "SIG"] {
        assert!(bash.contains(value), "{value}");
    }
    // What is completed is no limit: paths are still taken, and help does not list a thousand ids.
    bgfspec(&["run", "--vendor", "node=/no/such/file"]).refuses(3, &[]);
    assert!(!bgfspec(&["explain", "--help"]).stdout.contains("stop-propagation-kept"));
}

#[test]
fn there_is_a_page_of_the_manual_for_each_command() {
    let page = bgfspec(&["man"]);
    assert!(page.stdout.contains(".TH bgfspec 1") && page.stdout.contains("bgfspec\\-replay(1)"), "{}", page.stdout);
    let folder = Folder::new();
    assert_eq!(bgfspec(&["man", "--out", folder.text()]).status, Some(0));
    assert!(folder.read("bgfspec.1").contains("bgfspec"));
    assert!(folder.read("bgfspec-run.1").contains("expectations"));
}
