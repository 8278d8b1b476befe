//! Names that nobody has, and filters that nothing passes.

use crate::support::{Folder, bgfspec};

#[test]
fn an_unknown_vendor_is_a_mistake_and_the_nearest_is_named() {
    bgfspec(&["run", "--vendor", "nodee"]).refuses(2, &["vendor `nodee`", "`node`"]);
}

#[test]
fn a_vendor_like_no_other_is_a_mistake() {
    bgfspec(&["run", "--vendor", "qqqq"]).refuses(2, &["vendor `qqqq`"]);
}

#[test]
fn a_vendor_without_a_path_after_the_equals_sign_is_a_mistake() {
    bgfspec(&["run", "--vendor", "node="]).refuses(2, &["node="]);
}

#[test]
fn a_vendor_that_is_not_there_is_in_the_report_with_how_to_get_it() {
    let folder = Folder::new();
    let done = bgfspec(&["run", "--vendor", "node=/no/such/file", "--out", folder.text()]);
    assert_eq!(done.status, Some(3), "{}", done.shown());
    let report = folder.report();
    let [missing] = report.missing.as_slice() else { panic!("one vendor is missing, not {:?}", report.missing) };
    assert!(missing.asked_for);
    assert_eq!(missing.name, "node");
    assert!(missing.reason.contains("/no/such/file"), "{}", missing.reason);
    assert!(missing.how.contains("install"), "{}", missing.how);
    assert!(done.stdout.contains("/no/such/file") && done.stdout.contains("install"), "{}", done.stdout);
}

#[test]
fn a_missing_vendor_takes_nothing_from_another() {
    let folder = Folder::new();
    let arguments = ["--vendor", "node=/no/such/file", "--vendor", "reference", "--filter", "ADD-001"];
    let done = bgfspec(&[&["run", "--out", folder.text()], arguments.as_slice()].concat());
    assert_eq!(done.status, Some(3), "{}", done.shown());
    let report = folder.report();
    assert_eq!(report.missing.len(), 1);
    assert!(report.runs[0].scenarios > 0 && report.runs[0].complete);
}

#[test]
fn a_program_that_does_not_exist_is_no_agent() {
    let folder = Folder::new();
    let done = bgfspec(&["run", "--command", "/no/such/agent", "--out", folder.text()]);
    assert_eq!(done.status, Some(3), "{}", done.shown());
    let report = folder.report();
    assert!(report.missing[0].reason.contains("/no/such/agent"), "{:?}", report.missing);
    assert!(report.missing[0].asked_for);
}

#[test]
fn an_empty_command_line_is_a_mistake() {
    bgfspec(&["run", "--command", " "]).refuses(2, &["--command"]);
}

#[test]
fn a_filter_that_nothing_passes_is_not_a_pass() {
    bgfspec(&["run", "--vendor", "reference", "--filter", "zzzz"]).refuses(3, &["bgfspec list"]);
}

#[test]
fn an_unknown_capability_is_a_mistake_and_the_nearest_is_named() {
    bgfspec(&["run", "--capability", "custom-evnt"]).refuses(2, &["capability `custom-evnt`", "`custom-event`"]);
}

#[test]
fn an_unknown_requirement_is_a_mistake_and_the_nearest_is_named() {
    bgfspec(&["explain", "ADD-0001"]).refuses(2, &["requirement, quirk or area `ADD-0001`", "`ADD-001`"]);
    bgfspec(&["explain", "NOPE-1"]).refuses(2, &["requirement, quirk or area `NOPE-1`"]);
    bgfspec(&["explain", "stop-propogation-kept"]).refuses(2, &["did you mean `stop-propagation-kept`?"]);
    bgfspec(&["explain", "passive", "listner"]).refuses(2, &["did you mean `passive listener`?"]);
    bgfspec(&["replay", "duplicate-kept", "--vendor", "reference"]).refuses(2, &["did you mean `duplicates-kept`?"]);
    bgfspec(&["replay", "ADD-0001", "--vendor", "reference"]).refuses(2, &["`ADD-0001`", "`ADD-001`"]);
}

#[test]
fn words_are_looked_for_where_no_id_is_meant() {
    let told = |arguments: &[&str], texts: &[&str]| {
        let done = bgfspec(arguments);
        assert_eq!(done.status, Some(0), "{}", done.stderr);
        assert!(texts.iter().all(|text| done.stdout.contains(text)), "{}", done.stdout);
        done.stdout
    };
    let found = told(&["explain", "passive listener"], &["Requirements\n", "FLG-010", "Quirks\n"]);
    assert!(!found.contains("SIG-001"), "{found}");
    told(&["explain", "sig"], &["SIG-001"]);
    let listed = told(&["list", "sig-00"], &["SIG-001", "requirements, "]);
    assert!(!listed.contains("ADD-001"), "{listed}");
    bgfspec(&["list", "zzzz"]).refuses(2, &["`zzzz`", "bgfspec list"]);
}

#[test]
fn a_quirk_is_played_by_the_shortest_scenario_that_shows_it() {
    let done = bgfspec(&["replay", "duplicates-kept", "--vendor", "reference"]);
    assert_eq!(done.status, Some(0), "{}", done.stderr);
    assert!(done.stdout.contains("Conforms"), "{}", done.stdout);
    assert!(done.stdout.lines().count() < 25, "{}", done.stdout);
}

#[test]
fn what_is_played_of_a_requirement_is_summed_up() {
    let done = bgfspec(&["replay", "ADD-001", "--vendor", "reference"]);
    assert_eq!(done.status, Some(0), "{}", done.stderr);
    let last = done.stdout.lines().last().unwrap_or_default();
    assert!(
        last.starts_with("Of ") && last.ends_with(" 0 deviate, 0 were not decided, 0 are not applicable."),
        "{last}"
    );
}

#[test]
fn a_report_is_shown_again_with_the_status_of_the_run() {
    let folder = Folder::new();
    let report = folder.path().join("out").join("report.json").display().to_string();
    let out = folder.path().join("out").display().to_string();
    let run = bgfspec(&["run", "--vendor", "reference", "--filter", "ADD-001", "--out", &out]);
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    // Standard error is no terminal.
    assert!(run.stderr.contains("scenarios judged in"), "{}", run.stderr);
    let again = bgfspec(&["report", &report]);
    assert_eq!(again.status, Some(0), "{}", again.stderr);
    assert!(again.stdout.contains("reference"), "{}", again.stdout);
    assert!(bgfspec(&["report", &report, "--format", "html"]).stdout.starts_with("<!DOCTYPE html>"));
    bgfspec(&["report", "nowhere.json"]).refuses(2, &["nowhere.json"]);
}

#[test]
fn an_unknown_format_command_and_option_are_mistakes() {
    bgfspec(&["run", "--format", "htm"]).refuses(2, &["htm", "html"]);
    bgfspec(&["rum"]).refuses(2, &["rum", "run"]);
    bgfspec(&["run", "--vendors", "node"]).refuses(2, &["--vendors", "--vendor"]);
}

#[test]
fn a_time_that_is_none_is_a_mistake() {
    for time in ["0", "-1", "NaN", "inf", "soon", "1e300"] {
        bgfspec(&["run", &format!("--timeout={time}"), "--vendor", "reference"]).refuses(2, &[time, "seconds"]);
    }
}

#[test]
fn a_folder_that_can_not_be_made_is_named() {
    let folder = Folder::new();
    let file = folder.file("occupied", "");
    let arguments = ["run", "--vendor", "reference", "--filter", "ADD-001", "--out", &file];
    let done = bgfspec(&arguments);
    assert!(matches!(done.status, Some(2 | 3)), "{:?}", done.status);
    assert!(done.stderr.contains("occupied"), "{}", done.stderr);
}

#[test]
fn a_report_that_can_not_be_written_is_a_failure_of_the_harness() {
    let folder = Folder::new();
    std::fs::create_dir(folder.path().join("report.json")).expect("a folder where the report should stand");
    let done = bgfspec(&["run", "--vendor", "reference", "--filter", "ADD-001", "--out", folder.text()]);
    done.refuses(3, &["report.json"]);
}
