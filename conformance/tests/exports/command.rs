//! `bgfspec export` on the command line.

use std::process::{Command, Output};

use super::Test;

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "a_scenario_that_no_script_can_decide_is_refused_with_the_reason",
        needs: &[],
        test: a_scenario_that_no_script_can_decide_is_refused_with_the_reason,
    },
    Test { name: "an_unknown_id_is_a_usage_error", needs: &[], test: an_unknown_id_is_a_usage_error },
    Test { name: "several_scenarios_go_to_a_folder", needs: &[], test: several_scenarios_go_to_a_folder },
    Test {
        name: "several_files_never_go_to_a_folder_that_looks_like_a_file",
        needs: &[],
        test: several_files_never_go_to_a_folder_that_looks_like_a_file,
    },
    Test { name: "a_file_with_a_scenario_is_exported", needs: &[], test: a_file_with_a_scenario_is_exported },
];

pub(crate) fn bgfspec(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_bgfspec")).args(arguments).output().expect("the command can be started")
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn a_scenario_that_no_script_can_decide_is_refused_with_the_reason() {
    // A click on the browser's own interface.
    let output = bgfspec(&["export", "CLK-001", "--as", "js"]);
    assert_eq!(output.status.code(), Some(3), "{}", told(&output));
    assert!(output.stdout.is_empty());
    assert!(told(&output).contains("service worker"), "{}", told(&output));
}

fn an_unknown_id_is_a_usage_error() {
    let output = bgfspec(&["export", "DSP-999", "--as", "js"]);
    assert_eq!(output.status.code(), Some(2), "{}", told(&output));
    assert!(told(&output).contains("DSP-0"), "it names one that there is: {}", told(&output));
}

fn several_scenarios_go_to_a_folder() {
    let out = tempfile::tempdir().expect("a temporary folder");
    let folder = out.path().join("new");
    let output = bgfspec(&["export", "MUT-009", "--as", "json", "--out", &folder.display().to_string()]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    let files = std::fs::read_dir(&folder).expect("a folder").flatten();
    let names: Vec<String> = files.map(|file| file.file_name().to_string_lossy().into_owned()).collect();
    assert!(names.len() > 1 && names.iter().all(|name| name.ends_with(".json")), "{names:?}");
}

fn several_files_never_go_to_a_folder_that_looks_like_a_file() {
    let out = tempfile::tempdir().expect("a temporary folder");
    let [new, old] = ["test.js", "old"].map(|name| out.path().join(name));
    std::fs::write(&old, "kept").expect("a file");
    // Of EXT-030 each scenario is a test and a worker.
    for (source, form, to) in [("MUT-009", "json", &new), ("EXT-030", "wpt", &new), ("MUT-009", "json", &old)] {
        let output = bgfspec(&["export", source, "--as", form, "--out", &to.display().to_string()]);
        assert_eq!(output.status.code(), Some(2), "{}", told(&output));
        assert!(told(&output).contains("name a folder"), "{}", told(&output));
    }
    assert!(!new.exists());
    assert_eq!(std::fs::read_to_string(&old).expect("the file"), "kept");
}

fn a_file_with_a_scenario_is_exported() {
    let out = tempfile::tempdir().expect("a temporary folder");
    let (from, to) = (out.path().join("scenario.json"), out.path().join("script.js"));
    std::fs::write(&from, r#"{ "title": "It */ is\n'noted'", "steps": [{ "note": "here" }] }"#).expect("a file");
    let [from, to_] = [&from, &to].map(|path| path.display().to_string());
    let output = bgfspec(&["export", &from, "--as", "js", "--out", &to_]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    let script = std::fs::read_to_string(&to).expect("the script");
    assert!(script.contains("log.push(\"here\");"), "{script}");
    // A title has one line, whatever it holds.
    assert!(script.starts_with("// It */ is\\n'noted'\n"), "{script}");
}
