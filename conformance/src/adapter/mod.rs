//! Adapters: how an implementation plugs in.

pub mod absent;
pub mod agent;
#[cfg(feature = "browsers")]
pub mod browser;
pub mod host;
#[cfg(feature = "llrt")]
pub mod llrt;
pub mod protocol;
pub mod reference;
pub mod stdio;
mod watchdog;
mod words;

use std::collections::{BTreeMap, BTreeSet};

pub use bgfspec_report::Configuration;

use crate::generation::Lifetimes;
use crate::scenario::{Capability, Scenario};
use crate::trace::Trace;

/// Who is judged.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Identity {
    /// The implementation's name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Where in it the scenarios run: `window`, `worker`, `service-worker`, `shell`, `library`.
    pub scope: String,
}

/// An implementation that plays scenarios. Judging is not its business.
pub trait Adapter {
    /// Who it is.
    fn identity(&self) -> Identity;

    /// What it lets a test do and see.
    fn capabilities(&self) -> BTreeSet<Capability>;

    /// Why it lacks others and how to get them, where somebody knows.
    fn lacks(&self) -> BTreeMap<Capability, String> {
        BTreeMap::new()
    }

    /// Where it runs and how it was started. A report shows it; it changes no verdict.
    fn configuration(&self) -> Configuration {
        Configuration { platform: platform(), ..Configuration::default() }
    }

    /// How often generated scenarios may be about the life of a worker.
    fn lifetimes(&self) -> Lifetimes {
        Lifetimes::Often
    }

    /// Lets go of all that earlier scenarios may have left behind, where that can be done: the next is played as by an implementation
    /// that was just started.
    fn renew(&mut self) {}

    /// Plays one scenario, whose needs are met, and leaves nothing of it behind.
    ///
    /// # Errors
    /// Says how the implementation failed to play it.
    fn run(&mut self, scenario: &Scenario) -> Result<Trace, Failure>;

    /// Plays several scenarios, and gives one answer for each, in order.
    fn run_batch(&mut self, scenarios: &[&Scenario]) -> Vec<Result<Trace, Failure>> {
        scenarios.iter().map(|scenario| self.run(scenario)).collect()
    }
}

/// This machine's operating system and architecture.
fn platform() -> String {
    format!("{} {}", std::env::consts::OS, std::env::consts::ARCH)
}

/// Why there is no trace of a scenario. This is never a deviation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Failure {
    /// There was no answer in time.
    Timeout(String),
    /// The implementation died.
    Crash(String),
    /// The answer was not one.
    Protocol(String),
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (Failure::Timeout(message) | Failure::Crash(message) | Failure::Protocol(message)) = self;
        f.write_str(message)
    }
}

/// Why an implementation can't be judged at all; a sentence that says what to do next.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AdapterError(pub String);

impl std::fmt::Display for AdapterError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for AdapterError {}
