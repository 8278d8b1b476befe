//! The reference model as an implementation like any other.
//!
//! Where the specifications leave a choice it takes one by a seed and the scenario's content, not always the first: so judging it
//! shows that the judge knows all that is permitted.

use std::collections::BTreeSet;

use bgfspec_model::QuirkSet;
use sha2::{Digest, Sha256};

use super::{Adapter, Failure, Identity};
use crate::reference::{Reference, View};
use crate::scenario::{Capability, Scenario};
use crate::trace::Trace;

/// The reference model.
#[derive(Debug, Default)]
pub struct ReferenceAdapter {
    reference: Reference,
    seed: u64,
}

impl ReferenceAdapter {
    /// One whose choices come from a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        ReferenceAdapter { reference: Reference::new(), seed }
    }

    /// One that departs from the specifications.
    #[must_use]
    pub fn bent(quirks: QuirkSet) -> Self {
        let mut adapter = Self::default();
        adapter.reference.bend(quirks);
        adapter
    }
}

impl Adapter for ReferenceAdapter {
    fn identity(&self) -> Identity {
        Identity {
            name: "reference".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            scope: "model".to_owned(),
        }
    }

    fn capabilities(&self) -> BTreeSet<Capability> {
        Capability::ALL.into_iter().collect()
    }

    fn run(&mut self, scenario: &Scenario) -> Result<Trace, Failure> {
        let program =
            self.reference.compile(scenario).map_err(|error| Failure::Protocol(format!("not a scenario: {error}")))?;
        let digest = Sha256::digest(format!("{} {}", self.seed, scenario.id()));
        let choices: Vec<u8> = digest.iter().map(|byte| byte % 2).collect();
        Ok(Trace(self.reference.play(&program, View { reported: true, unhandled: true }, &choices).trace))
    }
}
