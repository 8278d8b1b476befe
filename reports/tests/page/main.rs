//! The page of a report in a real browser: as people use it, and as a hostile vendor would like it.
//!
//! What a test needs and this machine lacks makes the test ignored, which the summary shows; it is never passed over silently.

mod accessible;
mod browser;
mod filters;
mod firefox;
#[expect(dead_code, reason = "The renderers' tests use all of it.")]
#[path = "../renderers/fixture.rs"]
mod fixture;
mod hostile;
mod plain;
mod states;
mod webkit;

use std::path::PathBuf;

use bgfspec_reports::Report;
use libtest_mimic::{Arguments, Trial};

/// A test, and what it needs: Chromium if nothing else; the accessibility checker too.
type Test = (&'static str, Needs, fn());

#[derive(Clone, Copy, PartialEq, Eq)]
enum Needs {
    Browser,
    BrowserAndChecker,
    Firefox,
    WebKit,
}

fn main() {
    let mut arguments = Arguments::from_args();
    // Browsers that start at once make each other late.
    arguments.test_threads.get_or_insert(1);
    let trials = [accessible::TESTS, filters::TESTS, hostile::TESTS, plain::TESTS, states::TESTS].concat().into_iter();
    let trials = trials.map(|(name, needs, test)| {
        let program = match needs {
            Needs::Browser | Needs::BrowserAndChecker => browser::program(),
            Needs::Firefox => firefox::program(),
            Needs::WebKit => webkit::program(),
        };
        let lacks = if program.is_none() {
            match needs {
                Needs::Browser | Needs::BrowserAndChecker => "not run: Chromium is not installed",
                Needs::Firefox => "not run: Firefox is not installed",
                Needs::WebKit => "not run: WebKitGTK, its driver or an X server is not installed",
            }
        } else if needs == Needs::WebKit && std::env::var_os("BGFSPEC_ALL_PAGES").is_none() {
            "not run: WebKitGTK takes more than five minutes for the fleet's page; BGFSPEC_ALL_PAGES=1 runs it"
        } else if needs != Needs::Browser && !accessible::checker().is_file() {
            "not run: `npm ci --prefix reports/tests/page` installs the checker"
        } else {
            ""
        };
        let run = move || {
            test();
            Ok(())
        };
        Trial::test(name, run).with_kind(lacks).with_ignored_flag(!lacks.is_empty())
    });
    libtest_mimic::run(&arguments, trials.collect()).exit();
}

/// The published report of the whole fleet.
fn fleet() -> Report {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("published/report.json");
    let text = std::fs::read_to_string(file).expect("A report is published.");
    serde_json::from_str(&text).expect("What is published is a report.")
}
