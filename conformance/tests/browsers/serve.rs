//! `bgfspec serve`, with a browser that a person might have opened.

use std::process::Command;

use crate::Test;
use crate::scratch::{Running, Scratch};

pub(crate) const TESTS: &[Test] = &[
    Test {
        name: "a_chromium_that_opens_the_printed_address_is_judged_in_three_scopes",
        needs: &["chromium"],
        test: || is_judged_in_three_scopes("chromium", chromium),
    },
    Test {
        name: "a_firefox_that_opens_the_printed_address_is_judged_in_three_scopes",
        needs: &["firefox-esr"],
        test: || is_judged_in_three_scopes("firefox", firefox),
    },
];

fn is_judged_in_three_scopes(name: &str, open: fn(&Scratch, &str) -> Command) {
    let scratch = Scratch::new();
    let mut served = Running::start(&mut scratch.bgfspec(&["serve", "--once", "--filter", "MUT-00"]));
    let line = served.line_with("http://");
    let address = line.split(' ').find(|word| word.starts_with("http://")).expect("the line has an address");
    let browser = Running::start(&mut open(&scratch, address));
    let status = served.wait();
    let report = scratch.report();
    let scopes: Vec<&str> = report.runs.iter().map(|run| run.implementation.scope.as_str()).collect();
    assert_eq!(scopes, ["service-worker", "worker", "window"]);
    assert!(report.is_complete() && report.missing.is_empty());
    for run in &report.runs {
        assert_eq!(run.implementation.name, name);
        assert!(run.scenarios > 10 && run.failures.is_empty(), "{:#?}", run.failures);
    }
    let deviates = report.runs.iter().any(|run| run.deviates());
    assert_eq!(status.code(), Some(i32::from(deviates)), "the exit status is that of the report");
    drop(browser);
}

fn firefox(scratch: &Scratch, address: &str) -> Command {
    let mut command = scratch.program("firefox-esr");
    let profile = scratch.path().join("somebody");
    std::fs::create_dir(&profile).expect("a folder can be made");
    command.args(["--headless", "--no-remote", "--new-instance", "--profile"]).arg(profile).arg(address);
    command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
    command
}

/// A browser with a profile of its own, at a page.
pub(crate) fn chromium(scratch: &Scratch, address: &str) -> Command {
    let mut command = scratch.program("chromium");
    let profile = scratch.path().join("somebody");
    command.args(["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"]);
    command.arg(format!("--user-data-dir={}", profile.display())).arg(address);
    command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
    command
}
