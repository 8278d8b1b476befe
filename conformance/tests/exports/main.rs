//! Exported files do what they are for: on who deviates they fail, on who conforms they pass.
//!
//! What a test needs and this machine lacks makes the test ignored, which the summary shows.

mod browsers;
mod command;
mod facts;
mod hosts;
mod scripts;
mod wpt;

use libtest_mimic::{Arguments, Trial};

/// Whether a host or a browser is on this machine.
fn is_here(name: &str) -> bool {
    hosts::Host::named(name).is_some() || browsers::Browser::named(name).is_some()
}

/// A test and the hosts that it needs.
#[derive(Clone, Copy)]
struct Test {
    name: &'static str,
    needs: &'static [&'static str],
    test: fn(),
}

fn main() {
    let mut arguments = Arguments::from_args();
    // Browsers that start at once make each other late.
    arguments.test_threads.get_or_insert(1);
    let tests = [command::TESTS, facts::TESTS, scripts::TESTS, wpt::TESTS].concat();
    let trials = tests.into_iter().map(|Test { name, needs, test }| {
        let missing: Vec<&str> = needs.iter().copied().filter(|name| !is_here(name)).collect();
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
