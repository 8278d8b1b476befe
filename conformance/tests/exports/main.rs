//! Exported files do what they are for: on who deviates they fail, on who conforms they pass.
//!
//! What a test needs and this machine lacks makes the test ignored, which the summary shows.

mod command;
mod facts;
mod hosts;
mod scripts;

use libtest_mimic::{Arguments, Trial};

/// A test and the hosts that it needs.
#[derive(Clone, Copy)]
struct Test {
    name: &'static str,
    needs: &'static [&'static str],
    test: fn(),
}

fn main() {
    let arguments = Arguments::from_args();
    let tests = [command::TESTS, facts::TESTS, scripts::TESTS].concat();
    let trials = tests.into_iter().map(|Test { name, needs, test }| {
        let missing: Vec<&str> = needs.iter().copied().filter(|name| hosts::Host::named(name).is_none()).collect();
        let kind = if missing.is_empty() { String::new() } else { format!("not installed: {}", missing.join(", ")) };
        Trial::test(name, move || {
            test();
            Ok(())
        })
        .with_kind(kind)
        .with_ignored_flag(!missing.is_empty())
    });
    libtest_mimic::run(&arguments, trials.collect()).exit();
}
