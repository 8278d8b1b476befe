//! An implementation that is not on this machine: nothing can be played, and a report says why.

use std::collections::{BTreeMap, BTreeSet};

use super::{Adapter, Failure, Identity};
use crate::scenario::{Capability, Scenario};
use crate::trace::Trace;

/// Who is not there.
#[derive(Clone, Debug)]
pub struct Absent {
    /// Who it would be.
    pub identity: Identity,
    /// Why it is not there, and how to get it.
    pub reason: String,
}

impl Adapter for Absent {
    fn identity(&self) -> Identity {
        self.identity.clone()
    }

    fn capabilities(&self) -> BTreeSet<Capability> {
        BTreeSet::new()
    }

    fn lacks(&self) -> BTreeMap<Capability, String> {
        Capability::ALL.into_iter().map(|capability| (capability, self.reason.clone())).collect()
    }

    fn run(&mut self, _: &Scenario) -> Result<Trace, Failure> {
        Err(Failure::Crash(self.reason.clone()))
    }
}
