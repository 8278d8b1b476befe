//! Real browsers: they play, they are ended with all they started, and a person can open the page.
//!
//! What a test needs and this machine lacks makes the test ignored, which the summary shows; it is never passed over silently.

mod interrupted;
mod scratch;
mod serve;
mod shown;
mod webdriver;

use libtest_mimic::{Arguments, Trial};

/// A test and the programs that it needs.
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
    let tests = [serve::TESTS, webdriver::TESTS, interrupted::TESTS, shown::TESTS].concat();
    let trials = tests.into_iter().map(|Test { name, needs, test }| {
        let missing: Vec<&str> = needs.iter().copied().filter(|program| !is_installed(program)).collect();
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

/// Whether a program is on the search path, where the command looks too.
fn is_installed(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}
