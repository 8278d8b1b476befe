//! Exported files do what they are for: on who deviates they fail, on who conforms they pass.
//!
//! What a test needs and this machine lacks makes the test ignored, which the summary shows.

mod browsers;
mod command;
mod facts;
mod hosts;
mod scripts;
#[path = "../trials/mod.rs"]
mod trials;
mod wpt;

use trials::Test;

/// Whether a host or a browser is on this machine.
fn is_here(name: &str) -> bool {
    match name {
        "testharness.js" => browsers::harness().is_some(),
        _ => hosts::Host::named(name).is_some() || browsers::Browser::named(name).is_some(),
    }
}

fn main() {
    trials::run([command::TESTS, facts::TESTS, scripts::TESTS, wpt::TESTS].concat(), is_here);
}
