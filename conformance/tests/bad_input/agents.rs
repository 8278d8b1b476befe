//! Agents that fail.

use bgfspec_report::{FailureKind, Report, Verdict};
use rstest::rstest;

use crate::support::{Done, Folder, bgfspec, faulty_agent, filtered};

const FILTER: &str = "ADD-00";

/// Runs the agent of a command line until it is judged or given up.
fn run(command: &str, filter: &str, folder: &Folder) -> Done {
    bgfspec(&["run", "--command", command, "--filter", filter, "--timeout", "3", "--out", folder.text()])
}

/// What the report says about an agent that could not be judged at all.
#[track_caller]
fn why_not_judged(report: &Report) -> String {
    let [missing] = report.missing.as_slice() else { panic!("one agent could not be judged: {:?}", report.missing) };
    assert!(missing.asked_for);
    missing.reason.clone()
}

/// An agent that is healthy until it starts: `leave` starts a child that would outlive it.
const LEAVE: &str = "folder=$(dirname \"$0\")\nsleep 1000 &\n: > \"$folder/process-$!\"\n: > \"$folder/process-$$\"\n";

#[rstest]
#[case::hangs("read -r line; sleep 1000", "no answer within 3 s")]
#[case::does_not_even_read("sleep 1000", "no answer within 3 s")]
#[case::dies("echo 'no such engine' >&2; exit 7", "no such engine")]
#[case::ends_in_peace("read -r line; exit 0", "is no agent")]
#[case::prints_noise("echo 'Welcome to the engine'; read -r line", "`Welcome to the engine`")]
#[case::sends_no_json("read -r line; echo '{\"started\": {'; read -r line", "expected {\"started\": …}")]
#[case::sends_another_message(
    "read -r line; echo '{\"ran\": 1, \"traces\": []}'; read -r line",
    "expected {\"started\""
)]
#[case::says_too_little(
    "read -r line; echo '{\"started\": {\"name\": \"x\"}}'; read -r line",
    "missing field `version`"
)]
#[case::floods("head -c 34603008 /dev/zero; sleep 1000", "longer than 32 MiB")]
fn an_agent_that_does_not_start_is_not_judged(#[case] script: &str, #[case] why: &str) {
    let folder = Folder::new();
    let done = run(&folder.script(&format!("{LEAVE}{script}\n")), FILTER, &folder);
    assert_eq!(done.status, Some(3), "{}", done.shown());
    let reason = why_not_judged(&folder.report());
    assert!(reason.contains(why), "{reason}");
    folder.nothing_is_left_running(2);
}

/// The other side of all the tests below: without a fault the same agent passes.
#[test]
fn an_agent_without_a_fault_passes() {
    let folder = Folder::new();
    let (scenarios, culprit) = filtered(FILTER);
    let done = run(&faulty_agent("none", &culprit, Some(&folder)), FILTER, &folder);
    assert_eq!(done.status, Some(0), "{}", done.shown());
    let report = folder.report();
    assert!(report.is_complete());
    assert_eq!(report.runs[0].scenarios, scenarios.len() as u64);
    assert!(report.runs[0].failures.is_empty(), "{:?}", report.runs[0].failures);
    folder.nothing_is_left_running(2);
}

#[rstest]
#[case::hangs("hang", FailureKind::Timeout, "no answer within 3 s")]
#[case::dies("die", FailureKind::Crash, "out of luck")]
#[case::is_killed("killed", FailureKind::Crash, "signal: 9")]
#[case::floods("flood", FailureKind::Protocol, "longer than 32 MiB")]
#[case::prints_noise("noise", FailureKind::Protocol, "`Warning: this engine is old`")]
#[case::sends_wrong_json("wrong-json", FailureKind::Protocol, "expected {\"ran\": …}")]
#[case::answers_the_wrong_batch("wrong-batch", FailureKind::Protocol, "was answered")]
#[case::answers_with_too_few_traces("too-few", FailureKind::Protocol, "0 were given")]
#[case::answers_with_too_many_traces("too-many", FailureKind::Protocol, "2 were given")]
#[case::answers_twice("twice", FailureKind::Protocol, "twice")]
#[case::gives_no_trace("no-trace", FailureKind::Protocol, "not a trace")]
#[case::gives_a_strange_trace("strange-trace", FailureKind::Protocol, "not an observation")]
#[case::gives_a_trace_that_is_too_deep_to_read("deep", FailureKind::Protocol, "not a trace")]
#[case::gives_a_trace_that_is_too_deep_to_keep("nested", FailureKind::Protocol, "nested deeper than 64")]
#[case::gives_half_a_character("surrogate", FailureKind::Protocol, "not a trace")]
#[case::refuses_at_length("long-refusal", FailureKind::Protocol, "could not play it: xxx")]
#[case::gives_another_trace_each_time("fickle", FailureKind::Unstable, "it gave different traces")]
fn a_scenario_on_which_an_agent_fails_is_found(#[case] fault: &str, #[case] kind: FailureKind, #[case] why: &str) {
    let folder = Folder::new();
    let (scenarios, culprit) = filtered(FILTER);
    let done = run(&faulty_agent(fault, &culprit, Some(&folder)), FILTER, &folder);
    let report = folder.report();
    let run = &report.runs[0];
    let [failure] = run.failures.as_slice() else { panic!("one scenario fails: {:#?}", run.failures) };
    assert_eq!(failure.title, culprit.title);
    assert_eq!(failure.kind, kind);
    assert!(failure.message.contains(why), "{}", failure.message);
    assert_eq!(failure.requirements, culprit.requirements);
    assert_eq!(done.status, Some(3), "{}", done.shown());
    assert!(run.deviations.is_empty(), "{:#?}", run.deviations);
    assert_eq!(run.scenarios, scenarios.len() as u64);
    assert!(report.is_complete());
    for outcome in &run.requirements {
        let blamed = culprit.requirements.contains(&outcome.id);
        let expected = if blamed { Verdict::Inconclusive } else { Verdict::Conforms };
        assert_eq!(outcome.verdict, expected, "{}", outcome.id);
    }
    assert!(run.requirements.len() > culprit.requirements.len(), "other verdicts stand");
    assert!(done.stdout.contains(&culprit.title), "{}", done.stdout);
    folder.nothing_is_left_running(2);
}

#[test]
fn agents_that_are_wrong_in_the_same_way_make_nothing_suspect_that_the_published_fleet_conforms_on() {
    let folder = Folder::new();
    let (_, culprit) = filtered(FILTER);
    let [one, other] = ["wrong", "wrong-too"].map(|fault| faulty_agent(fault, &culprit, None));
    let done = bgfspec(&["run", "--filter", FILTER, "--out", folder.text(), "--command", &one, "--command", &other]);
    assert_eq!(done.status, Some(1), "{}", done.shown());
    let report = folder.report();
    assert!(report.runs.iter().all(|run| run.deviations.iter().any(|deviation| deviation.id == culprit.id())));
    assert!(report.suspects.is_empty() && !done.stdout.contains("Suspect"), "{}", done.stdout);
}

#[test]
fn a_fault_in_the_last_scenario_is_found_too() {
    let folder = Folder::new();
    let (scenarios, _) = filtered(FILTER);
    let last = scenarios.last().expect("there are scenarios");
    run(&faulty_agent("twice", last, Some(&folder)), FILTER, &folder);
    let report = folder.report();
    let titles: Vec<&str> = report.runs[0].failures.iter().map(|failure| failure.title.as_str()).collect();
    assert_eq!(titles, [last.title.as_str()]);
}

#[test]
fn an_agent_that_never_answers_is_given_up_and_nothing_passes() {
    let folder = Folder::new();
    let script = format!(
        "{LEAVE}read -r line\n\
         echo '{{\"started\":{{\"name\":\"x\",\"version\":\"1\",\"capabilities\":[\"event-target\"]}}}}'\n\
         read -r line\nexit 1\n"
    );
    let done = run(&folder.script(&script), "ADD-", &folder);
    let report = folder.report();
    assert_ne!(done.status, Some(0));
    let run = &report.runs[0];
    assert!(run.scenarios > 0);
    assert_eq!(run.failures.len() as u64, run.scenarios);
    assert!(run.requirements.iter().all(|outcome| outcome.verdict != Verdict::Conforms));
    assert!(run.failures.iter().any(|failure| failure.message.contains("not tried")), "it is given up at some time");
    folder.nothing_is_left_running(2);
}

#[test]
fn an_agent_that_can_do_nothing_is_not_a_pass() {
    let folder = Folder::new();
    let script =
        "read -r line\necho '{\"started\":{\"name\":\"x\",\"version\":\"1\",\"capabilities\":[]}}'\nread -r line\n";
    let done = run(&folder.script(script), FILTER, &folder);
    assert_eq!(done.status, Some(3), "{}", done.shown());
    let report = folder.report();
    assert!(report.runs[0].requirements.iter().all(|outcome| outcome.verdict == Verdict::NotApplicable));
}

#[test]
fn what_an_agent_writes_to_standard_error_is_not_judged() {
    let folder = Folder::new();
    let (_, culprit) = filtered(FILTER);
    let noisy = format!("#!/bin/sh\necho 'I am old' >&2\nexec {}\n", faulty_agent("none", &culprit, None));
    let done = run(&folder.script(&noisy), FILTER, &folder);
    assert_eq!(done.status, Some(0), "{}", done.shown());
    assert!(!done.shown().contains("I am old"), "{}", done.shown());
    let smoke = bgfspec(&["smoke", "--command", &folder.script(&noisy), "--stderr"]);
    assert_eq!(smoke.status, Some(0), "{}", smoke.shown());
    assert!(smoke.stdout.contains("I am old"), "{}", smoke.stdout);
}

#[test]
fn smoke_refuses_an_agent_with_a_fault() {
    let folder = Folder::new();
    let script = "read -r line\necho '{\"started\":{\"name\":\"x\",\"version\":\"1\",\"capabilities\":[\"flying\"]}}'\n\
                  while read -r line; do echo '{\"ran\": 1, \"traces\": [[], [], []]}'; done\n";
    let done = bgfspec(&["smoke", "--command", &folder.script(script), "--timeout", "3"]);
    assert_eq!(done.status, Some(3), "{}", done.shown());
    for text in ["unknown: flying", "scenario b of a batch of three", "not fit"] {
        assert!(done.stdout.contains(text), "`{text}` is not in {}", done.stdout);
    }
}

/// Such a `from` was once read as a deviation of the library.
#[test]
fn smoke_refuses_an_agent_that_says_otherwise_which_values_it_compared() {
    let examples = bgfspec::examples::all();
    let same = examples.iter().find(|example| example.scenario.title.contains("`from` of `same`")).expect("an example");
    let smoke = |fault: &str| bgfspec(&["smoke", "--command", &faulty_agent(fault, &same.scenario, None)]);
    let done = smoke("from-of-same");
    assert_eq!(done.status, Some(3), "{}", done.shown());
    let expected = "NOT OK  `from` of `same` is its two values as JSON text without spaces: \
                    expected {\"got\":false,\"from\":\"[\\\"@t\\\",\\\"@u\\\"]\"}, got {\"got\":false,\"from\":\"@t @u\"}";
    assert!(done.stdout.contains(expected), "`{expected}` is not in {}", done.stdout);
    assert!(done.stdout.contains("1 are not; see conformance/docs/examples.md"), "{}", done.stdout);
    let done = smoke("none");
    assert_eq!(done.status, Some(0), "{}", done.shown());
    assert!(!done.stdout.contains("NOT OK"), "{}", done.stdout);
}
