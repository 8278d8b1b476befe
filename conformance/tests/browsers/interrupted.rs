//! Browsers that die, and runs that are ended: what was judged stands, and nothing is left.

use std::path::Path;
use std::time::{Duration, Instant};

use bgfspec_report::Verdict;

use crate::Test;
use crate::scratch::{Running, Scratch, said, signal, wait_until};

/// How soon a run ends that is to end. A page that hangs gets some seconds to clean up.
const SOON: Duration = Duration::from_secs(20);

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "a_browser_that_is_killed_is_started_again_and_all_verdicts_stand",
        needs: &["chromium"],
        test: a_browser_that_is_killed_is_started_again_and_all_verdicts_stand,
    },
    Test { name: "chromium_is_ended_with_the_run", needs: &["chromium"], test: || is_ended_with_the_run("chromium") },
    Test { name: "firefox_is_ended_with_the_run", needs: &["firefox-esr"], test: || is_ended_with_the_run("firefox") },
    Test {
        name: "webkit_and_its_display_are_ended_with_the_run",
        needs: &["Xvfb", "dbus-run-session", "WebKitWebDriver"],
        test: || is_ended_with_the_run("webkit"),
    },
    Test {
        name: "nothing_is_left_of_a_run_that_is_killed",
        needs: &["chromium"],
        test: || is_left_by_nobody("chromium", |command| signal(command.id(), "-KILL")),
    },
    Test {
        name: "nothing_is_left_of_a_run_that_is_killed_with_its_display",
        needs: &["Xvfb", "dbus-run-session", "WebKitWebDriver"],
        test: || is_left_by_nobody("webkit", |command| signal(command.id(), "-KILL")),
    },
    Test {
        name: "nothing_is_left_when_ctrl_c_comes_twice",
        needs: &["firefox-esr"],
        test: || {
            is_left_by_nobody("firefox", |command| {
                signal(command.id(), "-STOP");
                // Both are there before it can act on the first.
                signal(command.id(), "-INT");
                signal(command.id(), "-TERM");
                signal(command.id(), "-CONT");
            });
        },
    },
    Test {
        name: "a_browser_that_is_just_starting_is_ended_with_the_run",
        needs: &["chromium"],
        test: a_browser_that_is_just_starting_is_ended_with_the_run,
    },
];

fn a_browser_that_is_killed_is_started_again_and_all_verdicts_stand() {
    let scratch = Scratch::new();
    let arguments = ["run", "--vendor", "chromium", "--scope", "service-worker", "--filter", "EXT-01"];
    let command = Running::start(&mut scratch.bgfspec(&arguments));
    wait_until("the browser plays", || scratch.profiles().iter().any(|profile| plays(profile)));
    std::thread::sleep(Duration::from_millis(500));
    let first = scratch.profiles();
    let browser = leader(&scratch).expect("the browser runs");
    signal(format!("-{browser}"), "-KILL");
    wait_until("another browser is started", || scratch.profiles().iter().any(|profile| !first.contains(profile)));
    let output = command.output();
    let report = scratch.report();
    let [run] = report.runs.as_slice() else { panic!("one run: {}", said(&output)) };
    assert!(run.complete && run.failures.is_empty(), "{:#?}", run.failures);
    let undecided = run.requirements.iter().filter(|outcome| outcome.verdict == Verdict::Inconclusive).count();
    assert_eq!(undecided, 0, "{}", said(&output));
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}", said(&output));
    scratch.nothing_is_left(&[]);
}

fn is_ended_with_the_run(vendor: &str) {
    let scratch = Scratch::new();
    let arguments = ["run", "--vendor", vendor, "--scope", "service-worker"];
    let command = Running::start(&mut scratch.bgfspec(&arguments));
    wait_until("the browser plays", || scratch.profiles().iter().any(|profile| plays(profile)));
    std::thread::sleep(Duration::from_millis(500));
    is_ended(&scratch, command);
}

fn a_browser_that_is_just_starting_is_ended_with_the_run() {
    let scratch = Scratch::new();
    let command = Running::start(&mut scratch.bgfspec(&["run", "--vendor", "chromium", "--scope", "window"]));
    wait_until("the browser is being started", || leader(&scratch).is_some());
    is_ended(&scratch, command);
}

/// Ends a run that plays in a way that leaves it no time, and asserts that nothing of the browser is left.
fn is_left_by_nobody(vendor: &str, end: fn(&Running)) {
    let scratch = Scratch::new();
    let arguments = ["run", "--vendor", vendor, "--scope", "service-worker"];
    let command = Running::start(&mut scratch.bgfspec(&arguments));
    wait_until("the browser plays", || scratch.profiles().iter().any(|profile| plays(profile)));
    end(&command);
    let output = command.output();
    assert!(!matches!(output.status.code(), Some(0 | 1)), "{}", said(&output));
    wait_until("the profile is gone", || scratch.profiles().is_empty());
    scratch.nothing_is_left(&[]);
}

/// Sends what Ctrl-C does.
#[track_caller]
pub(crate) fn is_ended(scratch: &Scratch, command: Running) {
    signal(command.id(), "-INT");
    let asked = Instant::now();
    let output = command.output();
    assert!(asked.elapsed() < SOON, "it took {:?} to end", asked.elapsed());
    assert_eq!(output.status.code(), Some(3), "{}", said(&output));
    let report = scratch.report();
    assert!(!report.is_complete());
    assert!(report.runs.iter().all(|run| run.failures.is_empty()), "nobody is blamed: {:#?}", report.runs);
    scratch.nothing_is_left(&[]);
}

/// Whether a browser with this profile has registered a service worker.
pub(crate) fn plays(profile: &Path) -> bool {
    let has = |path: &Path| std::fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_some());
    let firefox =
        || std::fs::read_dir(profile.join("storage/default")).is_ok_and(|mut entries| entries.next().is_some());
    let webkit = || find(profile, "ServiceWorkers") || find(profile, "serviceworkers");
    has(&profile.join("Default/Service Worker/ScriptCache")) || firefox() || webkit()
}

/// Whether a folder of this name is somewhere in another.
fn find(folder: &Path, name: &str) -> bool {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter(|entry| entry.path().is_dir()).any(|entry| entry.file_name() == name || find(&entry.path(), name))
}

/// The process that leads the browser's group.
pub(crate) fn leader(scratch: &Scratch) -> Option<u32> {
    let is_browser = |line: &str| line.contains("bgfspec-profile-") && !line.contains("--type=");
    scratch.processes().into_iter().find(|(_, line)| is_browser(line)).map(|(id, _)| id)
}
