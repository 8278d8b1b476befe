//! Real browsers: they play, they are ended with all they started, and a person can open the page.
//!
//! What a test needs and this machine lacks makes the test ignored, which the summary shows; it is never passed over silently.

mod interrupted;
mod proxy;
mod scratch;
mod serve;
mod shown;
#[path = "../trials/mod.rs"]
mod trials;
mod webdriver;

use trials::Test;

fn main() {
    trials::run(
        [serve::TESTS, webdriver::TESTS, proxy::TESTS, interrupted::TESTS, shown::TESTS].concat(),
        is_installed,
    );
}

/// Whether a program is on the search path, where the command looks too.
fn is_installed(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}
