//! `bgfspec run --verify`.

use std::collections::BTreeSet;

use bgfspec_report::{FailureKind, Verdict};

use crate::support::{Done, Folder, bgfspec, faulty_agent, filtered};

const FILTER: &str = "ADD-00";

fn verified(fault: &str, times: &str, folder: &Folder) -> Done {
    let (_, culprit) = filtered(FILTER);
    let agent = faulty_agent(fault, &culprit, Some(folder));
    let arguments = ["run", "--command", &agent, "--filter", FILTER, "--verify", times, "--out", folder.text()];
    bgfspec(&arguments)
}

#[test]
fn what_is_the_same_each_time_stands_and_each_order_is_another() {
    for (fault, status) in [("none", 0), ("wrong", 1)] {
        let folder = Folder::new();
        let done = verified(fault, "2", &folder);
        assert_eq!(done.status, Some(status), "{}", done.shown());
        assert!(done.stdout.contains("Played 2 times more, in other orders: no verdict changed."), "{}", done.stdout);
        let report = folder.report();
        let verification = report.runs[0].verification.as_ref().expect("It was asked for.");
        assert_eq!((verification.repetitions, &*verification.seeds), (2, [1, 2].as_slice()));
        assert!(verification.varied.is_empty() && verification.problems.is_empty());
        // The batches of more than one scenario: one for each time.
        let names = std::fs::read_dir(folder.path()).expect("The folder is there.");
        let names = names.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        let batches: Vec<String> =
            names.filter(|name| name.starts_with("batch-")).map(|name| folder.read(&name)).collect();
        let orders: BTreeSet<&String> = batches.iter().filter(|ids| ids.split(' ').count() > 2).collect();
        assert_eq!(orders.len(), 3, "Each time is in another order.");
        folder.nothing_is_left_running(6);
    }
}

#[test]
fn a_verdict_that_changes_is_named_and_taken_back() {
    let (_, culprit) = filtered(FILTER);
    for (times, verdicts, words) in [
        ("1", vec![Verdict::Conforms, Verdict::Deviates], "conforms, deviates"),
        ("2", vec![Verdict::Conforms, Verdict::Deviates, Verdict::Conforms], "conforms, deviates, conforms"),
    ] {
        let folder = Folder::new();
        let done = verified("every-other", times, &folder);
        assert_eq!(done.status, Some(3), "{}", done.shown());
        let report = folder.report();
        let run = &report.runs[0];
        let [varied] = run.verification.as_ref().expect("It was asked for.").varied.as_slice() else {
            panic!("one scenario varies: {:#?}", run.verification);
        };
        assert_eq!(varied.scenario, Some(culprit.id()));
        assert_eq!(varied.requirements, culprit.requirements);
        assert_eq!(varied.verdicts, verdicts);
        assert!(run.deviations.is_empty());
        let [failure] = run.failures.as_slice() else { panic!("one scenario is unstable: {:#?}", run.failures) };
        assert_eq!((failure.kind, &failure.title), (FailureKind::Unstable, &culprit.title));
        for outcome in &run.requirements {
            let expected =
                if culprit.requirements.contains(&outcome.id) { Verdict::Inconclusive } else { Verdict::Conforms };
            assert_eq!(outcome.verdict, expected, "{}", outcome.id);
        }
        let named = format!("scenario {} “{}”: {words}\n", culprit.id(), culprit.title);
        assert!(done.stdout.contains(&named), "{}", done.stdout);
    }
}

#[test]
fn a_deviation_that_does_not_come_back_is_none() {
    let folder = Folder::new();
    // An agent that was there before, with its child, makes this one the first of those that deviate.
    for name in ["process-1000001", "process-1000002"] {
        folder.file(name, "");
    }
    let done = verified("every-other", "1", &folder);
    assert_eq!(done.status, Some(3), "{}", done.shown());
    let run = &folder.report().runs[0];
    assert!(run.deviations.is_empty() && run.causes.is_empty(), "{:#?}", run.deviations);
    assert_eq!(run.unexplained, 0);
    assert!(
        run.requirements.iter().all(|outcome| outcome.verdict != Verdict::Deviates && outcome.deviations.is_empty())
    );
    assert_eq!(run.failures.len(), 1);
}

#[test]
fn a_repetition_that_fails_is_no_proof() {
    let folder = Folder::new();
    // It starts once.
    let (_, culprit) = filtered(FILTER);
    let once = format!(
        "folder=$(dirname \"$0\")\nif mkdir \"$folder/once\"; then exec {}; fi\necho 'never again' >&2\nexit 1\n",
        faulty_agent("none", &culprit, None)
    );
    let agent = folder.script(&once);
    let arguments = ["run", "--command", &agent, "--filter", FILTER, "--verify", "1", "--out", folder.text()];
    let done = bgfspec(&arguments);
    assert_eq!(done.status, Some(3), "{}", done.shown());
    assert!(done.stdout.contains("was not to be had") && done.stdout.contains("never again"), "{}", done.stdout);
    assert!(folder.report().runs[0].requirements.iter().all(|outcome| outcome.verdict == Verdict::Conforms));
}
