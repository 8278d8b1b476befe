//! Vendors that are found, and the agent for packages: what a package exports decides what of it is judged.

use std::path::Path;
use std::process::Command;

use bgfspec_report::{Report, Run};

/// A package whose targets and events are Node's own, by other names.
const SUBCLASSES: &str = "exports.EventTarget = class EventTarget extends global.EventTarget {};\n\
    exports.Event = class Event extends global.Event {};\n\
    console.log('noise');\n";

/// A package that leaves events to others.
const TARGET_ALONE: &str = "module.exports = class Target extends EventTarget {};\n";

/// A package that hands out what is Node's.
const NOTHING_OF_ITS_OWN: &str = "exports.EventTarget = EventTarget;\nexports.Event = Event;\n";

/// A package with a window that is an `EventTarget` and reports exceptions there.
const WINDOW: &str = "class Mine extends EventTarget {
  addEventListener(type, listener, options) {
    super.addEventListener(type, listener && function (event) {
      try { listener.call(this, event); } catch (error) { report(error); }
    }, options);
  }
}
class Happened extends Event {}
const window = new Mine();
function report(error) {
  const event = new Happened('error', { cancelable: true });
  event.error = error;
  window.dispatchEvent(event);
}
exports.Window = class { constructor() { return Object.assign(window, { EventTarget: Mine, Event: Happened }); } };
";

/// A package that has abort signals and nothing else, and exports its controller alone.
const ABORT_ALONE: &str = "class AbortSignal {}
module.exports = class AbortController { constructor() { this.signal = new AbortSignal(); } abort() {} };
";

/// A package whose controllers abort some time after they were asked to.
const ABORT_LATE: &str = "class AbortSignal extends EventTarget { aborted = false; }
exports.AbortSignal = AbortSignal;
exports.AbortController = class AbortController {
  signal = new AbortSignal();
  abort() { setTimeout(() => { this.signal.aborted = true; this.signal.dispatchEvent(new Event('abort')); }, 20); }
};
";

/// A package whose window stands before a target of its own, which is the target of its events, and has neither `Window` nor reports.
const WINDOW_BEFORE_ANOTHER: &str = "class Mine extends EventTarget {}
class Happened extends Event {}
const target = new Mine();
const document = { createElement() { return new Mine(); } };
const window = { EventTarget: Mine, Event: Happened, document };
for (const method of ['addEventListener', 'removeEventListener', 'dispatchEvent']) window[method] = target[method].bind(target);
document.defaultView = window;
exports.parseHTML = () => ({ window });
";

/// A package whose targets take any event and call nobody.
const TARGET_THAT_CALLS_NOBODY: &str = "module.exports = class EventTarget {
  addEventListener() {}
  removeEventListener() {}
  dispatchEvent() { return true; }
};
";

/// The same window, but only what a listener of a node throws is reported.
fn window_of_reporting_nodes() -> String {
    let silent = "class Silent extends EventTarget {
  addEventListener(type, listener, options) {
    super.addEventListener(type, listener && function (event) { try { listener.call(this, event); } catch {} }, options);
  }
}
";
    let members = "EventTarget: Silent, document: { createElement() { return new Mine(); } }";
    silent.to_owned() + &WINDOW.replace("EventTarget: Mine", members)
}

/// Writes a package, as an ES module where that is what it is.
fn package(folder: &Path, manifest: &str, text: &str) {
    std::fs::write(folder.join("package.json"), manifest).expect("the manifest can be written");
    std::fs::write(folder.join("index.js"), text).expect("the package can be written");
}

const COMMON: &str = r#"{ "name": "tiny", "version": "1.2.3", "main": "index.js" }"#;

/// Whether there is a Node; where there is none, that is said.
fn node_is_here() -> bool {
    let is_here = Command::new("node").arg("--version").output().is_ok();
    if !is_here {
        eprintln!("not tested: there is no Node");
    }
    is_here
}

#[test]
fn a_run_in_node_names_its_platform_and_its_flags() {
    if !node_is_here() {
        return;
    }
    let output = Command::new(env!("CARGO_BIN_EXE_bgfspec"))
        .args(["run", "--vendor", "node", "--filter", "MUT-009", "--format", "json"])
        .env("NODE_OPTIONS", "--no-deprecation  --no-warnings")
        .output()
        .expect("the command can be started");
    let report: Report = serde_json::from_slice(&output.stdout).expect("it is a report");
    let configuration = &report.runs[0].configuration;
    assert_eq!(configuration.flags, ["--no-deprecation", "--no-warnings"]);
    assert_eq!(configuration.platform, format!("{} {}", std::env::consts::OS, std::env::consts::ARCH));
    assert_eq!((configuration.headless, configuration.touch_points), (None, None), "it has no windows");
}

/// Judges a package; nothing where there is no Node.
fn judge(manifest: &str, text: &str, filter: &str) -> Option<Report> {
    if !node_is_here() {
        return None;
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    package(folder.path(), manifest, text);
    Some(judge_at(folder.path(), filter))
}

/// Judges what is meant by a path.
fn judge_at(path: &Path, filter: &str) -> Report {
    let vendor = format!("package={}", path.display());
    let output = Command::new(env!("CARGO_BIN_EXE_bgfspec"))
        .args(["run", "--vendor", &vendor, "--filter", filter, "--format", "json"])
        .output()
        .expect("the command can be started");
    let shown = String::from_utf8_lossy(&output.stderr).into_owned();
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("no report: {error}; {shown}"))
}

#[track_caller]
fn only_run(report: &Report) -> &Run {
    let [run] = report.runs.as_slice() else { panic!("it was judged: {:?}", report.missing) };
    run
}

fn can(run: &Run, capability: &str) -> bool {
    run.implementation.capabilities.iter().any(|name| name == capability)
}

#[test]
fn a_vendor_that_is_not_there_is_not_run() {
    for vendor in ["deno=no/such/program", "workerd=no/such/program", "jsdom=no/such/folder", "package"] {
        let output = Command::new(env!("CARGO_BIN_EXE_bgfspec"))
            .args(["run", "--vendor", vendor, "--format", "json"])
            .output()
            .expect("the command can be started");
        assert_eq!(output.status.code(), Some(3), "{vendor}");
        let report: Report = serde_json::from_slice(&output.stdout).expect("a report");
        assert!(report.runs.is_empty(), "{vendor}");
        let [missing] = report.missing.as_slice() else { panic!("{vendor}: {:?}", report.missing) };
        assert!(missing.asked_for && missing.how.contains("--vendor"), "{missing:?}");
    }
}

#[test]
fn a_package_that_exports_both_interfaces_is_judged_under_its_own_name() {
    let Some(report) = judge(COMMON, SUBCLASSES, "ADD-00") else { return };
    let run = only_run(&report);
    assert_eq!((run.implementation.name.as_str(), run.implementation.version.as_str()), ("tiny", "1.2.3"));
    assert_eq!(run.implementation.scope, "library");
    assert!(run.scenarios > 0 && run.failures.is_empty(), "{:?}", run.failures);
    assert!(!can(run, "abort"), "AbortSignal is Node's, not the package's");
}

#[test]
fn a_package_may_be_an_es_module() {
    let manifest = r#"{ "name": "tiny", "version": "2.0.0", "type": "module", "exports": { "import": "./index.js" } }"#;
    let text =
        "export class EventTarget extends globalThis.EventTarget {}\nexport class Event extends globalThis.Event {}\n";
    let Some(report) = judge(manifest, text, "ADD-00") else { return };
    assert!(only_run(&report).scenarios > 0);
}

#[test]
fn without_an_event_of_its_own_a_package_is_not_judged_by_what_events_do() {
    let Some(report) = judge(COMMON, TARGET_ALONE, "EVC-0") else { return };
    let run = only_run(&report);
    assert!(run.deviations.is_empty(), "these are Node's: {:?}", run.deviations);
    assert!(!run.failures.is_empty());
    let Some(report) = judge(COMMON, TARGET_ALONE, "ADD-00") else { return };
    let run = only_run(&report);
    assert!(run.requirements.iter().any(|row| row.verdict == bgfspec_report::Verdict::Conforms));
}

#[test]
fn what_is_nodes_own_is_not_judged_as_the_packages() {
    let Some(report) = judge(COMMON, NOTHING_OF_ITS_OWN, "ADD-00") else { return };
    let run = only_run(&report);
    assert_eq!(run.scenarios, 0);
    let reason = run.requirements[0].reason.as_deref().unwrap_or_default();
    let expected = "`EventTarget` is Node's own, which --vendor node judges";
    assert!(reason.starts_with("lacks event-target") && reason.ends_with(expected), "{reason}");
    // It is told where nothing else is.
    let summary = bgfspec_reports::text(&report, bgfspec_reports::Style { width: 200, ..Default::default() });
    assert!(summary.contains(expected), "{summary}");
}

#[test]
fn a_package_without_any_of_them_is_refused_with_a_reason() {
    let Some(report) = judge(COMMON, "exports.answer = 42;\n", "ADD-00") else { return };
    let [missing] = report.missing.as_slice() else { panic!("it can't be judged: {:?}", report.runs.len()) };
    assert!(missing.reason.contains("exports neither"), "{}", missing.reason);
}

/// A folder as `npm init -y` and `npm install` leave it, with packages installed.
fn folder_with(packages: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let dependencies: serde_json::Map<_, _> =
        packages.iter().map(|name| ((*name).to_owned(), "^1.0.0".into())).collect();
    let manifest =
        serde_json::json!({ "name": "my-app", "version": "1.0.0", "main": "index.js", "dependencies": dependencies });
    std::fs::write(folder.path().join("package.json"), manifest.to_string()).expect("the manifest can be written");
    for name in packages {
        let inside = folder.path().join("node_modules").join(name);
        std::fs::create_dir_all(&inside).expect("a folder");
        let manifest = format!(
            r#"{{ "name": "{name}", "version": "1.2.3", "exports": {{ ".": "./index.js", "./ponyfill": "./hidden/ponyfill.js" }} }}"#
        );
        package(&inside, &manifest, "exports.answer = 42;\n");
        std::fs::create_dir(inside.join("hidden")).expect("a folder");
        std::fs::write(inside.join("hidden/ponyfill.js"), SUBCLASSES).expect("the file can be written");
        std::fs::write(inside.join("plain.js"), SUBCLASSES).expect("the file can be written");
    }
    folder
}

#[rstest::rstest]
#[case::the_only_package_that_is_installed(&["tiny"], "", Err("It exports answer"))]
#[case::a_subpath_that_it_exports(&["tiny"], "tiny/ponyfill", Ok("tiny/ponyfill"))]
#[case::a_subpath_from_its_own_folder(&["tiny"], "node_modules/tiny/ponyfill", Ok("tiny/ponyfill"))]
#[case::a_file_that_it_does_not_export(&["tiny"], "tiny/plain.js", Ok("tiny/plain.js"))]
#[case::a_scoped_package(&["@my/tiny", "other"], "@my/tiny/ponyfill", Ok("@my/tiny/ponyfill"))]
#[case::one_of_several(&["tiny", "other"], "other", Err("It exports answer"))]
#[case::several(&["tiny", "other"], "", Err("has several installed"))]
#[case::one_that_is_not_there(&["tiny"], "another/one", Err("can't load it"))]
fn a_package_is_found_as_people_have_it(
    #[case] packages: &[&str],
    #[case] path: &str,
    #[case] expected: Result<&str, &str>,
) {
    if !node_is_here() {
        return;
    }
    let folder = folder_with(packages);
    let report = judge_at(&folder.path().join(path), "ADD-001");
    match expected {
        Ok(name) => {
            let run = only_run(&report);
            assert_eq!((run.implementation.name.as_str(), run.implementation.version.as_str()), (name, "1.2.3"));
            assert!(run.scenarios > 0 && run.failures.is_empty(), "{:?}", run.failures);
        }
        Err(reason) => {
            let [missing] = report.missing.as_slice() else { panic!("it was judged") };
            // The reason is told once.
            assert_eq!(missing.reason.matches(reason).count(), 1, "{}", missing.reason);
        }
    }
}

#[test]
fn a_target_under_a_name_of_its_own_is_judged() {
    let text = "exports.Emitter = class Emitter extends EventTarget {};\nexports.helper = class Helper {};\n";
    let Some(report) = judge(COMMON, text, "ADD-001") else { return };
    let run = only_run(&report);
    assert!(run.scenarios > 0 && run.requirements.iter().any(|row| row.verdict == bgfspec_report::Verdict::Conforms));
}

#[test]
fn a_document_that_is_made_when_the_package_is_called_gives_a_window() {
    let text = "module.exports = () => ({ createElement() { return new EventTarget(); }, defaultView: { Event } });\n";
    let Some(report) = judge(COMMON, text, "ADD-001") else { return };
    assert_eq!(only_run(&report).implementation.scope, "window");
}

#[rstest::rstest]
#[case("safari", "bgfspec serve")]
#[case("edge", "chromium=PATH")]
#[case("chrome", "bgfspec vendors")]
fn what_browsers_are_called_leads_to_them(#[case] name: &str, #[case] expected: &str) {
    let output = Command::new(env!("CARGO_BIN_EXE_bgfspec"))
        .args(["run", "--vendor", name])
        .output()
        .expect("the command can be started");
    let shown = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code() == Some(2) && shown.contains(expected), "{shown}");
}

#[test]
fn a_package_of_abort_signals_alone_is_judged_by_them() {
    let Some(report) = judge(COMMON, ABORT_ALONE, "ABT-001") else { return };
    let run = only_run(&report);
    assert!(can(run, "abort") && !can(run, "event-target"), "{:?}", run.implementation.capabilities);
    assert!(run.scenarios > 0 && run.failures.is_empty(), "{:?}", run.failures);
}

#[test]
fn what_a_package_does_in_a_timer_is_late_and_not_absent() {
    if !node_is_here() {
        return;
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    package(folder.path(), COMMON, ABORT_LATE);
    let scenario = serde_json::json!({"title": "An abort is heard", "observe": [], "callbacks": {"f": {}}, "steps": [
        {"new": "AbortController", "as": "c"}, {"call": "c.signal.addEventListener", "args": ["abort", "@f"], "quiet": true},
        {"call": "c.abort", "quiet": true}, {"note": "asked"}, {"drain": true}, {"get": "c.signal.aborted"},
    ]});
    let file = folder.path().join("late.json");
    std::fs::write(&file, scenario.to_string()).expect("a scenario");
    let output = Command::new(env!("CARGO_BIN_EXE_bgfspec"))
        .args(["replay", &file.display().to_string(), "--vendor", &format!("package={}", folder.path().display())])
        .arg("--json")
        .output()
        .expect("the command can be started");
    let replay: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let observed = replay["scenarios"][0]["observed"].to_string();
    let (asked, called) = (observed.find("asked"), observed.find(r#""called":"f""#));
    assert!(asked.is_some() && asked < called && observed.contains(r#""got":true"#), "{observed}");
}

#[test]
fn a_window_that_reports_what_nodes_throw_is_asked_what_other_targets_throw() {
    let Some(report) = judge(COMMON, &window_of_reporting_nodes(), "CB-013") else { return };
    let run = only_run(&report);
    assert!(can(run, "global-events"), "{:?}", run.implementation.capabilities);
    let deviates = run.deviations.iter().any(|deviation| deviation.title == "An exception in a listener is reported");
    assert!(deviates, "{:?}", run.deviations);
}

#[test]
fn a_window_whose_events_have_another_target_is_a_window_that_deviates() {
    let Some(report) = judge(COMMON, WINDOW_BEFORE_ANOTHER, "DSP-012") else { return };
    let run = only_run(&report);
    for capability in ["window-global", "global-events"] {
        assert!(can(run, capability), "{:?}", run.implementation.capabilities);
    }
    let title = "The target of an event at the global is the global";
    let deviates = run.deviations.iter().any(|deviation| deviation.title == title);
    assert!(deviates, "{:?}", run.deviations);
}

#[test]
fn a_window_that_reports_nothing_deviates_where_an_exception_is_to_be_reported() {
    let Some(report) = judge(COMMON, WINDOW_BEFORE_ANOTHER, "CB-013") else { return };
    assert!(!only_run(&report).deviations.is_empty());
}

#[test]
fn a_target_that_calls_nobody_is_a_target_that_deviates() {
    let Some(report) = judge(COMMON, TARGET_THAT_CALLS_NOBODY, "ADD-00") else { return };
    let run = only_run(&report);
    assert!(can(run, "event-target"), "{:?}", run.implementation.capabilities);
    assert!(!run.deviations.is_empty());
}

#[test]
fn a_window_that_reports_exceptions_shows_them() {
    let Some(report) = judge(COMMON, WINDOW, "CB-013") else { return };
    let run = only_run(&report);
    assert_eq!(run.implementation.scope, "window");
    assert!(can(run, "global-events"), "{:?}", run.implementation.capabilities);
    let deviates = run.deviations.iter().any(|deviation| deviation.title == "An exception in a listener is reported");
    assert!(!deviates, "{:?}", run.deviations);
}

#[test]
fn what_others_leave_in_the_temporary_folder_does_not_keep_an_agent_from_starting() {
    if !node_is_here() {
        return;
    }
    let temporary = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(temporary.path().join("package.json"), "").expect("no package");
    let output = Command::new(env!("CARGO_BIN_EXE_bgfspec"))
        .args(["run", "--vendor", "node", "--filter", "MUT-009", "--json"])
        .env("TMPDIR", temporary.path())
        .output()
        .expect("the command can be started");
    let report: Report = serde_json::from_slice(&output.stdout).expect("it is a report");
    assert!(report.missing.is_empty() && report.runs[0].failures.is_empty(), "{:?}", report.missing);
}
