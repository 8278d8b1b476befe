//! A browser that is shown on a display of its own: it may crash or hang, and its display too; nothing of them is left.

use std::time::Duration;

use bgfspec_report::Verdict;

use crate::Test;
use crate::interrupted::{is_ended, leader, plays};
use crate::scratch::{Running, Scratch, said, signal, wait_until};

const NEEDS: &[&str] = &["chromium", "Xvfb"];

pub(crate) const TESTS: &[Test] = &[
    Test { name: "a_shown_browser_that_is_killed_is_replaced", needs: NEEDS, test: || is_replaced(browser, "-KILL") },
    Test { name: "a_shown_browser_that_hangs_is_replaced", needs: NEEDS, test: || is_replaced(browser, "-STOP") },
    Test {
        name: "a_browser_whose_display_is_killed_is_replaced",
        needs: NEEDS,
        test: || is_replaced(display, "-KILL"),
    },
    Test {
        name: "a_shown_browser_and_its_display_are_ended_with_the_run",
        needs: NEEDS,
        test: a_shown_browser_and_its_display_are_ended_with_the_run,
    },
];

/// The arguments of a run with real clicks of which all requirements conform.
const CLICKS: [&str; 9] =
    ["run", "--vendor", "chromium", "--capability", "real-click", "--filter", "FFE-02", "--timeout", "5"];

fn browser(scratch: &Scratch) -> u32 {
    leader(scratch).expect("the browser runs")
}

fn display(scratch: &Scratch) -> u32 {
    let is_display = |line: &str| line.starts_with("Xvfb ");
    let found = scratch.processes().into_iter().find(|(_, line)| is_display(line));
    found.map(|(id, _)| id).expect("the display is there")
}

/// Whether a click was made.
fn has_clicked(scratch: &Scratch) -> bool {
    let pictures = std::fs::read_dir(scratch.path().join("report/clicks"));
    pictures.is_ok_and(|mut pictures| pictures.next().is_some())
}

/// Whoever is meant gets this signal after the first click, with all of its group.
fn is_replaced(who: fn(&Scratch) -> u32, what: &str) {
    let scratch = Scratch::new();
    let command = Running::start(&mut scratch.bgfspec(&CLICKS));
    wait_until("something is clicked", || has_clicked(&scratch));
    let first = scratch.profiles();
    signal(format!("-{}", who(&scratch)), what);
    wait_until("another browser is started", || scratch.profiles().iter().any(|profile| !first.contains(profile)));
    let output = command.output();
    let report = scratch.report();
    let [run] = report.runs.as_slice() else { panic!("one run: {}", said(&output)) };
    assert!(run.complete && run.failures.is_empty(), "{:#?}", run.failures);
    let all_conform = run.requirements.iter().all(|outcome| outcome.verdict == Verdict::Conforms);
    assert!(all_conform, "{}", said(&output));
    assert_eq!(run.configuration.headless, Some(false));
    let acted = run.clicks.iter().all(|click| click.acts.iter().all(|act| act.done && act.picture.is_some()));
    assert!(acted && run.clicks.len() as u64 == run.scenarios, "{:#?}", run.clicks);
    scratch.nothing_is_left(&[]);
}

fn a_shown_browser_and_its_display_are_ended_with_the_run() {
    let scratch = Scratch::new();
    let command = Running::start(&mut scratch.bgfspec(&["run", "--vendor", "chromium", "--capability", "real-click"]));
    wait_until("the browser plays", || scratch.profiles().iter().any(|profile| plays(profile)));
    std::thread::sleep(Duration::from_millis(500));
    is_ended(&scratch, command);
}
