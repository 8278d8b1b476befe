//! Tests for the web platform's suite, run outside of both suites.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use bgfspec::catalogue::Catalogue;
use bgfspec::export::export;
use bgfspec_report::Run;
use bgfspec_reports::export::{Export, File, script, wpt};

use super::Test;
use super::browsers::{Browser, Job, VERDICT, harness};
use super::command::bgfspec;
use super::hosts::{installed, node};
use super::scripts::{published, verdict};

pub(crate) const TESTS: &[Test] = &[
    Test { name: "what_no_test_can_do_is_refused_with_the_reason", needs: &[], test: refused_with_the_reason },
    Test { name: "most_tests_are_short_enough_to_be_read", needs: &[], test: most_tests_are_short },
    Test { name: "every_file_is_javascript", needs: &["node"], test: every_file_is_javascript },
    Test { name: "several_sources_make_one_folder", needs: &[], test: several_sources_make_one_folder },
    Test { name: "a_test_with_a_service_worker_has_a_file_for_it", needs: &[], test: a_file_for_the_service_worker },
    Test { name: "a_worker_may_be_gone_and_counts_what_it_posts", needs: &[], test: a_worker_may_be_gone },
    Test {
        name: "tests_fail_and_pass_in_jsdom_as_it_is_judged",
        needs: &["jsdom", "testharness.js"],
        test: tests_fail_and_pass_in_jsdom_as_it_is_judged,
    },
    Test {
        name: "files_fail_and_pass_in_chromium_as_it_is_judged",
        needs: &["chromium"],
        test: || as_judged("chromium"),
    },
    Test { name: "files_fail_and_pass_in_firefox_as_it_is_judged", needs: &["firefox"], test: || as_judged("firefox") },
    Test { name: "files_fail_and_pass_in_webkit_as_it_is_judged", needs: &["webkit"], test: || as_judged("webkit") },
];

fn refused_with_the_reason() {
    let output = bgfspec(&["export", "CLK-001", "--as", "wpt"]);
    assert_eq!(output.status.code(), Some(3));
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.stdout.is_empty() && told.contains("act on the browser's own interface"), "{told}");
}

fn a_file_for_the_service_worker() {
    let out = tempfile::tempdir().expect("a temporary folder");
    let output = bgfspec(&["export", "EXT-030", "--as", "wpt", "--out", &out.path().display().to_string()]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let names = |folder: &std::path::Path| -> BTreeSet<String> {
        let entries = std::fs::read_dir(folder).expect("a folder").flatten();
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
    };
    let (tests, resources) = (names(out.path()), names(&out.path().join("resources")));
    let inside = tests.iter().filter_map(|name| name.strip_suffix(".https.window.js")).collect::<Vec<_>>();
    assert!(!inside.is_empty(), "{tests:?}");
    for name in inside {
        assert!(resources.contains(&format!("{name}.js")), "{name}: {resources:?}");
    }
}

/// Where the registration is unregistered, what is posted to its worker needs one, and a callback that runs so many times counts its entries.
fn a_worker_may_be_gone() {
    let files: Vec<File> = all()
        .into_iter()
        .filter(|(facts, _)| facts.requirements.iter().any(|rule| rule.id == "SWL-013"))
        .flat_map(|one| one.1)
        .collect();
    let holds = |text: &str| files.iter().filter(|file| file.text.contains(text)).count();
    assert!(holds("registration.active?.postMessage({ step") > 0, "{}", files.len());
    assert_eq!(holds("registration.active.postMessage"), 0);
    assert!(holds("log.filter(") > 0 && holds("log.filter(") == holds("log[log.length] = entry"));
}

/// A reviewer reads 25 lines and refuses 300.
fn most_tests_are_short() {
    let mut lines: Vec<usize> = Vec::new();
    let mut refused: BTreeMap<String, usize> = BTreeMap::new();
    let catalogue = Catalogue::load();
    for scenario in &catalogue.scenarios {
        match wpt(&export(&catalogue, scenario).expect("the catalogue is played")) {
            Ok(files) => lines.push(files.iter().map(|file| file.text.lines().count()).sum()),
            Err(reason) => *refused.entry(reason).or_default() += 1,
        }
    }
    lines.sort_unstable();
    let (median, most) = (lines[lines.len() / 2], lines[lines.len() * 9 / 10]);
    println!("{} tests: median {median} lines, nine of ten at most {most}; refused: {refused:#?}", lines.len());
    assert!(median <= 25 && most <= 40, "median {median}, nine of ten {most}");
    assert!(lines.len() > 1500, "{} tests; refused: {refused:#?}", lines.len());
}

/// Node.js parses them all, also those that no browser runs here.
fn every_file_is_javascript() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let texts = folder.path().join("texts.json");
    let files: Vec<File> = all().into_iter().flat_map(|(_, files)| files).collect();
    let json = serde_json::to_vec(&files.iter().map(|file| [&file.path, &file.text]).collect::<Vec<_>>());
    std::fs::write(&texts, json.expect("texts are JSON")).expect("the texts can be written");
    let program = "for (const [filename, text] of require(process.argv[1])) new vm.Script(text, { filename });";
    let output = Command::new(node().expect("it is here")).arg("-e").arg(program).arg(&texts).output();
    let output = output.expect("Node.js can be started");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn several_sources_make_one_folder() {
    let out = tempfile::tempdir().expect("a temporary folder");
    let folder = out.path().join("tests");
    let output = bgfspec(&["export", "MUT-009", "EXT-030", "--as", "wpt", "--out", &folder.display().to_string()]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let names: Vec<String> = std::fs::read_dir(&folder)
        .expect("a folder")
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    assert!(names.iter().any(|name| name.ends_with(".any.js")), "{names:?}");
    assert!(names.iter().any(|name| name.ends_with(".https.window.js")), "{names:?}");
}

/// Everything that can be exported as a test.
fn all() -> Vec<(Export, Vec<File>)> {
    let catalogue = Catalogue::load();
    let facts =
        catalogue.scenarios.iter().map(|scenario| export(&catalogue, scenario).expect("the catalogue is played"));
    facts.filter_map(|facts| wpt(&facts).ok().map(|files| (facts, files))).collect()
}

/// Some tests that should fail for a run's implementation, and some that should pass.
fn some<'a>(
    all: &'a [(Export, Vec<File>)],
    run: &'a Run,
    wanted: impl Fn(&str) -> bool,
) -> Vec<(&'a Export, &'a [File], &'static str)> {
    let mut chosen = Vec::new();
    for expected in ["FAIL", "PASS"] {
        let fits = all.iter().filter(|(facts, files)| wanted(&files[0].path) && verdict(run, facts) == Some(expected));
        let fits: Vec<_> = fits.collect();
        assert!(!fits.is_empty(), "there is one that should {expected} for {}", run.implementation.name);
        let step = fits.len().div_ceil(4);
        chosen.extend(fits.into_iter().step_by(step).map(|(facts, files)| (facts, files.as_slice(), expected)));
    }
    chosen
}

fn tests_fail_and_pass_in_jsdom_as_it_is_judged() {
    let (report, all) = (published(), all());
    let run = report.runs.iter().find(|run| run.implementation.name == "jsdom").expect("it is published");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let [program, testharness, test] = ["window.cjs", "testharness.js", "test.js"].map(|name| folder.path().join(name));
    std::fs::write(&program, include_str!("window.js")).expect("the program can be written");
    let text = std::fs::read_to_string(harness().expect("it is installed")).expect("testharness.js can be read");
    std::fs::write(&testharness, text + VERDICT).expect("the harness can be written");
    for (facts, files, expected) in some(&all, run, |path| !path.contains(".https.")) {
        std::fs::write(&test, &files[0].text).expect("the test can be written");
        let mut command = Command::new(node().expect("it is here"));
        let output = command.arg(&program).arg(installed().join("jsdom")).args([&testharness, &test]).output();
        let said = String::from_utf8_lossy(&output.expect("Node.js can be started").stdout).into_owned();
        assert!(said.starts_with(expected), "{} should {expected}: {said}", facts.id);
    }
}

/// Plays some tests in the window, in a worker and in a service worker, and some scripts as well.
fn as_judged(name: &str) {
    let (report, all) = (published(), all());
    let (mut jobs, mut expected) = (Vec::new(), Vec::new());
    for scope in ["window", "worker", "service-worker"] {
        let is_it = |run: &&Run| run.implementation.name == name && run.implementation.scope == scope;
        let run = report.runs.iter().find(is_it).expect("it is published");
        let wanted = |path: &str| match scope {
            "window" => !path.contains(".https."),
            "worker" => path.ends_with(".any.js"),
            _ => path.contains(".https."),
        };
        for (facts, files, said) in some(&all, run, wanted) {
            jobs.push(Job { scope, files: files.to_vec() });
            expected.push((facts, said));
            if let Ok(text) = script(facts) {
                jobs.push(Job { scope, files: vec![File { path: "script.js".to_owned(), text }] });
                expected.push((facts, said));
            }
        }
    }
    let said = Browser::named(name).expect("it is here").run_all(&jobs);
    assert_eq!(said.len(), jobs.len(), "{name} answered for all: {said:?}");
    for ((job, (facts, expected)), said) in jobs.iter().zip(expected).zip(said) {
        let (scope, path) = (job.scope, &job.files[0].path);
        assert!(said.starts_with(expected), "{} should {expected} in a {scope} ({path}): {said}", facts.id);
    }
}
