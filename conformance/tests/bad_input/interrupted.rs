//! Runs that are ended before their time.
#![cfg(unix)]

use std::process::{Child, Command};

use bgfspec_report::Verdict;

use crate::support::{Folder, command, done, faulty_agent, filtered, is_running, wait_until};

/// More scenarios than a batch has, so that some are judged before the one that hangs.
const FILTER: &str = "-0";

/// Ends the command and its agent however the test ends.
struct Guard<'a>(Option<Child>, &'a Folder);

impl Drop for Guard<'_> {
    fn drop(&mut self) {
        if let Some(child) = &mut self.0 {
            let _ = child.kill();
            let _ = child.wait();
            for id in self.1.processes() {
                let _ = Command::new("kill").args(["-KILL", &id.to_string()]).status();
            }
        }
    }
}

#[test]
fn nothing_is_left_of_a_run_that_is_killed() {
    let folder = Folder::new();
    let (_, culprit) = filtered(FILTER);
    let agent = faulty_agent("hang", &culprit, Some(&folder));
    let filter = format!("--filter={FILTER}");
    let mut command = command(&["run", "--command", &agent, &filter, "--timeout", "900", "--out", folder.text()]);
    command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
    let mut guard = Guard(Some(command.spawn().expect("the command can be started")), &folder);
    wait_until("the agent hangs", || folder.path().join("reached").exists());
    let child = guard.0.as_mut().expect("it was just started");
    child.kill().expect("it runs");
    child.wait().expect("it was killed");
    folder.nothing_is_left_running(2);
}

#[test]
fn what_was_judged_before_an_interruption_is_on_disk_and_no_pass() {
    let folder = Folder::new();
    let (scenarios, _) = filtered(FILTER);
    let culprit = scenarios.last().expect("there are scenarios");
    let agent = faulty_agent("hang", culprit, Some(&folder));
    let filter = format!("--filter={FILTER}");
    let arguments = ["run", "--command", &agent, &filter, "--timeout", "900", "--out", folder.text()];
    let mut command = command(&arguments);
    command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    let mut guard = Guard(Some(command.spawn().expect("the command can be started")), &folder);
    let child = guard.0.as_ref().expect("it was just started");
    wait_until("the agent hangs", || folder.path().join("reached").exists());
    let signalled = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("`kill` is there");
    assert!(signalled.success());
    let id = child.id();
    wait_until("the command has ended", || !is_running(id));
    let child = guard.0.take().expect("it has not been taken");
    let done = done(child.wait_with_output().expect("it has ended"));
    assert!(!matches!(done.status, Some(0 | 1)), "{:?}: {}", done.status, done.shown());
    let report = folder.report();
    assert!(!report.complete && !report.is_complete());
    assert!(!report.runs[0].complete);
    let judged = report.runs[0].scenarios;
    assert!(judged > 0, "what was judged is on disk");
    assert!(judged < scenarios.len() as u64);
    assert!(report.runs[0].requirements.iter().any(|outcome| outcome.verdict == Verdict::Conforms));
    let not_applicable = report.runs[0].requirements.iter().find(|one| one.verdict == Verdict::NotApplicable);
    assert_eq!(not_applicable, None, "The agent can do all; what was not judged is untested.");
    assert!(report.runs[0].failures.is_empty(), "nobody is blamed for it: {:#?}", report.runs[0].failures);
    assert!(done.stdout.to_lowercase().contains("incomplete"), "{}", done.stdout);
    assert!(folder.read("report.html").contains("Incomplete"));
    folder.nothing_is_left_running(2);
}
