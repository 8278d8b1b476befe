//! The suite of an implementation that is at fault, for tests of the suite: the environment variable `FAULT` says how, and
//! `EXPECTATIONS` names a file of what is known of it.

use std::collections::BTreeSet;

use bgfspec::adapter::reference::ReferenceAdapter;
use bgfspec::adapter::{Adapter, AdapterError, Failure, Identity};
use bgfspec::scenario::{Capability, Scenario};
use bgfspec::trace::Trace;
use bgfspec_model::{Quirk, QuirkSet};

bgfspec::conformance_suite!(
    Faulty::start()?,
    cases = 200,
    expectations = std::env::var_os("EXPECTATIONS").unwrap_or_default(),
);

struct Faulty {
    fault: String,
    reference: ReferenceAdapter,
}

impl Faulty {
    fn start() -> Result<Self, AdapterError> {
        let fault = std::env::var("FAULT").unwrap_or_default();
        let reference = match fault.as_str() {
            "bent" => ReferenceAdapter::bent(QuirkSet::from(Quirk::of("duplicates-kept"))),
            "starts not" => return Err(AdapterError("it is not installed; install it".to_owned())),
            "starts with a panic" => panic!("it is broken"),
            _ => ReferenceAdapter::default(),
        };
        Ok(Faulty { fault, reference })
    }
}

impl Adapter for Faulty {
    fn identity(&self) -> Identity {
        self.reference.identity()
    }

    fn capabilities(&self) -> BTreeSet<Capability> {
        match self.fault.as_str() {
            "can nothing" => BTreeSet::new(),
            "can little" => BTreeSet::from([Capability::EventTarget, Capability::Script]),
            _ => self.reference.capabilities(),
        }
    }

    fn run(&mut self, scenario: &Scenario) -> Result<Trace, Failure> {
        let is_victim = scenario.requirements.iter().any(|id| id == "MUT-009");
        match self.fault.as_str() {
            "panics" if is_victim => panic!("it fell over"),
            "hangs" if is_victim => Err(Failure::Timeout("no answer within 10 s".to_owned())),
            _ => self.reference.run(scenario),
        }
    }
}
