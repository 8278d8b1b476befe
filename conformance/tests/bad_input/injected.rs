//! Faults on the way to a report: what is too long, too deep or no text, and disks that are full.
#![cfg(unix)]

use std::process::Stdio;

use bgfspec_report::{Report, Verdict};
use rstest::rstest;

use crate::support::{Done, Folder, bgfspec, command, done, faulty_agent, filtered};

const FILTER: &str = "ADD-00";

const FORMATS: &str = "text,json,html,junit,markdown,wptreport";

/// More than any file of a report of a few scenarios needs, and far less than what the agents say.
const MUCH: usize = 200_000;

/// The files of a report in every format, with their contents.
fn files(folder: &Folder) -> Vec<(String, String)> {
    let mut names: Vec<String> =
        ["report.json", "report.html", "report.junit.xml", "report.md", "badge.svg"].map(str::to_owned).into();
    let products = std::fs::read_dir(folder.path().join("wptreport")).expect("The folder was made.");
    names.extend(
        products.map(|entry| {
            format!("wptreport/{}", entry.expect("The folder can be read.").file_name().to_string_lossy())
        }),
    );
    assert_eq!(names.len(), 6, "{names:?}");
    names.into_iter().map(|name| (name.clone(), folder.read(&name))).collect()
}

/// Judges the agent, and asserts that every format has a report that can be read and is not too long.
fn in_every_format(fault: &str) -> (Done, Report, Vec<(String, String)>) {
    let folder = Folder::new();
    let (_, culprit) = filtered(FILTER);
    let agent = faulty_agent(fault, &culprit, None);
    let arguments = ["run", "--command", &agent, "--filter", FILTER, "--out", folder.text(), "--format", FORMATS];
    let done = bgfspec(&arguments);
    let files = files(&folder);
    for (name, content) in &files {
        assert!(content.len() < MUCH, "{name} has {} bytes", content.len());
        for character in ['\u{0}', '\u{7}', '\u{1b}', '\u{202e}'] {
            assert!(!content.contains(character) || name == "report.json", "{name} has {character:?}");
        }
        if name.ends_with(".xml") || name.ends_with(".svg") {
            roxmltree::Document::parse(content).unwrap_or_else(|error| panic!("{name}: {error}"));
        } else if name.ends_with(".json") {
            serde_json::from_str::<serde_json::Value>(content).unwrap_or_else(|error| panic!("{name}: {error}"));
        }
    }
    assert!(done.shown().len() < MUCH, "The terminal is not flooded.");
    let report = folder.report();
    let again = format!("{}/report.json", folder.text());
    let same = bgfspec(&["diff", &again, &again]);
    assert_eq!((same.status, &*same.stdout), (Some(0), "0 regressions and 0 fixes.\n"), "{}", same.shown());
    (done, report, files)
}

#[rstest]
#[case::ten_million_characters("long", "(10485760 characters)")]
#[case::nul("nul", "before")]
#[case::hostile("hostile", "owned")]
fn a_strange_text_in_a_trace_is_a_deviation_in_every_format(#[case] fault: &str, #[case] said: &str) {
    let (_, culprit) = filtered(FILTER);
    let (done, report, files) = in_every_format(fault);
    assert_eq!(done.status, Some(1), "{}", done.shown());
    let run = &report.runs[0];
    assert_eq!(run.deviations.len(), 1, "{:#?}", run.failures);
    for (name, content) in &files {
        // Pages for people cut it before it ends, and a badge has no room.
        let is_cut = fault == "long" && matches!(name.as_str(), "report.md" | "report.html");
        let shows = !name.ends_with(".svg") && !is_cut;
        assert!(!shows || content.contains(said), "{name} does not show `{said}`");
    }
    for outcome in &run.requirements {
        let blamed = culprit.requirements.contains(&outcome.id);
        assert_eq!(outcome.verdict, if blamed { Verdict::Deviates } else { Verdict::Conforms }, "{}", outcome.id);
    }
}

#[rstest]
#[case::too_deep_to_read("deep")]
#[case::too_deep_to_keep("nested")]
#[case::half_a_character("surrogate")]
#[case::a_long_refusal("long-refusal")]
#[case::last_words("hostile-death")]
fn what_is_no_trace_is_a_failure_in_every_format_and_the_others_stand(#[case] fault: &str) {
    let (_, culprit) = filtered(FILTER);
    let (done, report, files) = in_every_format(fault);
    assert_eq!(done.status, Some(3), "{}", done.shown());
    let run = &report.runs[0];
    assert_eq!(run.failures.len(), 1);
    for (name, content) in files.iter().filter(|(name, _)| !name.ends_with(".svg")) {
        let word = if name.starts_with("wptreport") { "NOTRUN" } else { "nconclusive" };
        assert!(content.contains(word), "{name} does not say `{word}`");
    }
    for outcome in &run.requirements {
        let blamed = culprit.requirements.contains(&outcome.id);
        assert_eq!(outcome.verdict, if blamed { Verdict::Inconclusive } else { Verdict::Conforms }, "{}", outcome.id);
    }
}

#[rstest]
#[case::ten_million_characters("long-name", "its name is longer than 200 characters")]
#[case::half_a_character("surrogate-name", "expected {\"started\": …}")]
fn an_agent_whose_name_is_none_is_not_judged(#[case] fault: &str, #[case] why: &str) {
    let folder = Folder::new();
    let (_, culprit) = filtered(FILTER);
    let agent = faulty_agent(fault, &culprit, None);
    let done = bgfspec(&["run", "--command", &agent, "--filter", FILTER, "--out", folder.text()]);
    assert_eq!(done.status, Some(3), "{}", done.shown());
    let report = folder.report();
    assert!(report.missing[0].reason.contains(why), "{}", report.missing[0].reason);
    assert!(folder.read("report.html").len() < MUCH && done.shown().len() < MUCH);
}

#[test]
fn a_disk_that_fills_up_takes_nothing_that_was_written_before_and_the_rest_is_shown() {
    let folder = Folder::new();
    let (scenarios, culprit) = filtered(FILTER);
    let good = faulty_agent("none", &culprit, None);
    let full = faulty_agent("full-disk", &culprit, Some(&folder));
    let done = bgfspec(&[
        "run",
        "--command",
        &good,
        "--command",
        &full,
        "--command",
        &good,
        "--filter",
        FILTER,
        "--out",
        folder.text(),
    ]);
    done.refuses(3, &["report.json", "No space left on device"]);
    assert!(done.stdout.contains("INCOMPLETE"), "{}", done.stdout);
    let judged = done.stdout.matches(" conform\n").count();
    assert_eq!(judged, 2, "What can't be written is shown; nothing is judged after it: {}", done.stdout);
    let report = folder.report();
    assert!(!report.complete, "A report that is not whole says so.");
    let [run] = report.runs.as_slice() else { panic!("one was written: {:#?}", report.runs.len()) };
    assert!(run.complete && run.scenarios == scenarios.len() as u64);
    assert!(!folder.path().join("report.partial").exists(), "Half a file is taken away.");
    folder.nothing_is_left_running(2);
}

#[rstest]
#[case::a_report(&["run", "--vendor", "reference", "--filter", FILTER, "--format", "json"])]
#[case::a_list(&["list"])]
#[case::a_schema(&["schema", "report"])]
fn what_can_not_be_printed_is_a_failure(#[case] arguments: &[&str]) {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("The device is there.");
    let output = command(arguments).stdout(Stdio::from(full)).output().expect("The command can be started.");
    done(output).refuses(3, &["standard output", "No space left on device"]);
}

#[test]
fn somebody_who_stops_reading_is_no_fault() {
    let mut child =
        command(&["schema", "report"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("It starts.");
    drop(child.stdout.take());
    let done = done(child.wait_with_output().expect("It ends."));
    assert_eq!((done.status, &*done.stderr), (Some(0), ""));
}
