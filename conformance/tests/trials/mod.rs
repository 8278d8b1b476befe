//! Tests that need what a machine may lack. What is missing makes a test ignored, which the summary shows.

use libtest_mimic::{Arguments, Trial};

/// A test and the programs that it needs.
#[derive(Clone, Copy)]
pub(crate) struct Test {
    pub(crate) name: &'static str,
    pub(crate) needs: &'static [&'static str],
    pub(crate) test: fn(),
}

/// Runs the tests that the command line asks for, and ends the process.
pub(crate) fn run(tests: Vec<Test>, is_here: impl Fn(&str) -> bool) -> ! {
    let mut arguments = Arguments::from_args();
    // Browsers that start at once make each other late.
    arguments.test_threads.get_or_insert(1);
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
    libtest_mimic::run(&arguments, trials.collect()).exit()
}
