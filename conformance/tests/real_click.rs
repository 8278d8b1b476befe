//! Real clicks in a real browser, through the built command. Where Chromium or Xvfb is missing, that is said and nothing is run.

use std::process::{Command, Output};

use bgfspec_report::{Report, Verdict};

/// Whether a program is on the search path.
fn is_here(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

fn all_are_here() -> bool {
    let here = is_here("chromium") && is_here("Xvfb");
    if !here {
        eprintln!("not tested: there is no Chromium or no Xvfb");
    }
    here
}

fn bgfspec(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_bgfspec")).args(arguments).output().expect("the command can be started")
}

const RUN: [&str; 5] = ["run", "--vendor", "chromium", "--scope", "service-worker"];

#[test]
fn a_click_on_the_browsers_own_interface_fires_the_event() {
    if !all_are_here() {
        return;
    }
    let out = tempfile::tempdir().expect("a temporary folder");
    let folder = out.path().display().to_string();
    let asked = ["--capability", "real-click", "--filter", "MDN-014", "--out", &folder];
    let output = bgfspec(&[RUN.as_slice(), &asked].concat());
    let shown = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{shown}");
    let report = std::fs::read_to_string(out.path().join("report.json")).expect("a report");
    let report: Report = serde_json::from_str(&report).expect("a report");
    let [run] = report.runs.as_slice() else { panic!("it was not judged: {:?}", report.missing) };
    assert!(run.implementation.capabilities.iter().any(|name| name == "real-click"));
    let row = run.requirements.iter().find(|row| row.id == "MDN-014").expect("the requirement that was asked for");
    assert_eq!(row.verdict, Verdict::Conforms);
    let pictures = std::fs::read_dir(out.path().join("clicks")).expect("pictures of the interface");
    assert_eq!(pictures.count(), 1);
    // The report says what was done, and has what came of it.
    let [click] = run.clicks.as_slice() else { panic!("one scenario clicks: {:?}", run.clicks) };
    let [act] = click.acts.as_slice() else { panic!("it clicks once: {click:?}") };
    assert!(act.done && act.act == "activate", "{act:?}");
    let picture = out.path().join(act.picture.as_deref().expect("a picture"));
    assert!(std::fs::read(&picture).is_ok_and(|bytes| bytes.starts_with(b"\x89PNG")), "{}", picture.display());
    assert!(click.trace.iter().any(|seen| seen["opened"] == "/movie-download-progress"), "{click:?}");
    assert!(shown.contains("1 scenario acted on the browser's own interface"), "{shown}");
}

/// A folder with all programs of the search path but one.
fn all_but(program: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = std::env::var_os("PATH").unwrap_or_default();
    for entry in std::env::split_paths(&path).flat_map(std::fs::read_dir).flatten().flatten() {
        if entry.file_name() != program {
            // The first of a name is the one that counts.
            let _ = std::os::unix::fs::symlink(entry.path(), folder.path().join(entry.file_name()));
        }
    }
    folder
}

/// What a run with real clicks says of one requirement where this is the search path.
fn asked_with_path(path: &std::path::Path) -> (Option<i32>, Verdict, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_bgfspec"))
        .args(RUN)
        .args(["--capability", "real-click", "--filter", "MDN-014", "--format", "json"])
        .env("PATH", path)
        .output()
        .expect("the command can be started");
    let report: Report = serde_json::from_slice(&output.stdout).expect("a report");
    let [run] = report.runs.as_slice() else { panic!("it has no rows: {:?}", report.missing) };
    let row = run.requirements.iter().find(|row| row.id == "MDN-014").expect("the requirement that was asked for");
    (output.status.code(), row.verdict, row.reason.clone().unwrap_or_default())
}

#[test]
fn without_a_browser_real_clicks_are_not_applicable_and_it_is_said_how_to_get_one() {
    let empty = tempfile::tempdir().expect("a temporary folder");
    let (status, verdict, reason) = asked_with_path(empty.path());
    assert_eq!((status, verdict), (Some(3), Verdict::NotApplicable));
    assert!(reason.contains("not on the search path; install the Debian package chromium"), "{reason}");
}

#[test]
fn without_an_x_server_real_clicks_are_not_applicable_and_it_is_said_how_to_get_one() {
    if !all_are_here() {
        return;
    }
    let path = all_but("Xvfb");
    let (status, verdict, reason) = asked_with_path(path.path());
    assert_eq!((status, verdict), (Some(3), Verdict::NotApplicable));
    assert!(reason.starts_with("lacks real-click, windows: it takes an X server"), "{reason}");
    assert!(reason.contains("install the Debian package xvfb"), "{reason}");
}

#[test]
fn without_being_asked_for_real_clicks_are_not_applicable() {
    if !all_are_here() {
        return;
    }
    let output = bgfspec(&[RUN.as_slice(), &["--filter", "MDN-014", "--format", "json"]].concat());
    assert_eq!(output.status.code(), Some(3), "nothing was run");
    let report: Report = serde_json::from_slice(&output.stdout).expect("a report");
    let [run] = report.runs.as_slice() else { panic!("it was not judged: {:?}", report.missing) };
    let row = run.requirements.iter().find(|row| row.id == "MDN-014").expect("the requirement that was asked for");
    assert_eq!(row.verdict, Verdict::NotApplicable);
    assert!(row.reason.as_deref().is_some_and(|reason| reason.contains("--capability real-click")), "{row:?}");
}

#[test]
fn a_scenario_that_a_user_wrote_can_click() {
    if !all_are_here() {
        return;
    }
    let out = tempfile::tempdir().expect("a temporary folder");
    let file = out.path().join("mine.json");
    let mine = serde_json::json!({
        "title": "A click is heard",
        "observe": ["type"],
        "callbacks": {"f": {}},
        "worker": [{"call": "self.addEventListener", "args": ["backgroundfetchclick", "@f"]}],
        "steps": [
            {"page": [{"call": "registration.backgroundFetch.fetch", "args": ["a", "/a"]}]},
            {"drain": true}, {"click": "a"}, {"drain": true},
        ],
    });
    std::fs::write(&file, mine.to_string()).expect("a file of one's own");
    let file = file.display().to_string();
    let output = bgfspec(&["replay", &file, "--vendor", "chromium", "--scope", "service-worker"]);
    let shown = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{shown}{}", String::from_utf8_lossy(&output.stderr));
    assert!(shown.contains("called f  this=@self  type=\"backgroundfetchclick\""), "{shown}");
}
