//! Scenarios that nobody wrote: drawn by a seed, the same on every machine.
//!
//! A case is drawn by its number alone, so shards share the numbers out among them and no two play the same. Three
//! kinds of strategy feed them: [`events`] draws programs of listeners, dispatches and whatever changes them while they run,
//! [`lifetimes`] draws what happens to a worker, and [`variations`] takes named scenarios apart and puts them together
//! anew, so that whatever the catalogue knows of comes up in other company too.
//!
//! What deviates is made small by [`reduction`]; [`exhaustive`] goes through all scenarios up to a size.

pub mod detection;
pub mod events;
pub mod exhaustive;
pub mod lifetimes;
pub mod names;
pub mod reduction;
pub mod variations;

use std::collections::BTreeSet;

use proptest::strategy::{BoxedStrategy, Strategy, Union, ValueTree as _};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use sha2::{Digest, Sha256};

use crate::catalogue::Catalogue;
use crate::reference::Reference;
use crate::scenario::{Capability, Operation, Scenario, Value};

/// What an implementation lets a generated scenario use.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a capability of its own")]
pub(crate) struct Can {
    pub(crate) abort: bool,
    pub(crate) promises: bool,
    pub(crate) tree: bool,
    pub(crate) global: bool,
    pub(crate) custom_event: bool,
    pub(crate) constructor: bool,
    pub(crate) service_worker: bool,
    pub(crate) worker_life: bool,
    pub(crate) worker_stop: bool,
    pub(crate) messages: bool,
    pub(crate) background_fetch: bool,
    pub(crate) real_click: bool,
    pub(crate) windows: bool,
}

impl Can {
    pub(crate) fn of(capabilities: &BTreeSet<Capability>) -> Self {
        let has = |capability| capabilities.contains(&capability);
        Can {
            abort: has(Capability::Abort),
            promises: has(Capability::Promises),
            tree: has(Capability::Tree),
            global: has(Capability::GlobalEvents) || has(Capability::ServiceWorker),
            custom_event: has(Capability::CustomEvent),
            constructor: has(Capability::EventTargetConstructor),
            service_worker: has(Capability::ServiceWorker),
            worker_life: has(Capability::WorkerLife),
            worker_stop: has(Capability::WorkerStop),
            messages: has(Capability::Messages),
            background_fetch: has(Capability::BackgroundFetch),
            real_click: has(Capability::RealClick),
            windows: has(Capability::Windows),
        }
    }
}

/// How often a life of a worker is drawn.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Lifetimes {
    /// As often as the catalogue has them: where a worker costs nothing.
    #[default]
    Often,
    /// Once in fifty cases: a browser takes a second for each.
    Seldom,
}

/// Scenarios that an implementation with these capabilities can play.
pub fn scenarios(
    catalogue: &Catalogue,
    capabilities: &BTreeSet<Capability>,
    lifetimes: Lifetimes,
) -> BoxedStrategy<Scenario> {
    let can = Can::of(capabilities);
    let playable = catalogue.scenarios.iter().filter(|scenario| scenario.capabilities().is_subset(capabilities));
    let (lives, plain): (Vec<&Scenario>, Vec<&Scenario>) = playable.partition(|scenario| has_a_life(scenario));
    let (mut quick, mut slow) = (Vec::new(), Vec::new());
    if can.constructor {
        quick.push((5, events::scenarios(can)));
    }
    if !plain.is_empty() {
        quick.push((5, variations::of_plain(&plain, can)));
    }
    if can.service_worker && can.worker_life {
        slow.push((1, lifetimes::scenarios(can)));
    }
    if !lives.is_empty() {
        slow.push((1, variations::of_lives(&lives)));
    }
    match (quick.is_empty(), slow.is_empty()) {
        (true, true) => proptest::strategy::Just(nothing()).boxed(),
        (false, true) => Union::new_weighted(quick).boxed(),
        (true, false) => Union::new_weighted(slow).boxed(),
        (false, false) => {
            let (often, seldom) = match lifetimes {
                Lifetimes::Often => (1, 1),
                Lifetimes::Seldom => (49, 1),
            };
            let both = [(often, Union::new_weighted(quick).boxed()), (seldom, Union::new_weighted(slow).boxed())];
            Union::new_weighted(both.into()).boxed()
        }
    }
}

/// Whether a scenario starts, stops or updates a worker of its own.
pub(crate) fn has_a_life(scenario: &Scenario) -> bool {
    scenario.worker.is_some() || scenario.capabilities().contains(&Capability::Messages)
}

fn nothing() -> Scenario {
    Scenario {
        title: "Nothing happens".to_owned(),
        requirements: Vec::new(),
        observe: crate::scenario::Observe::Details(Vec::new()),
        needs: Vec::new(),
        callbacks: std::collections::BTreeMap::new(),
        worker: None,
        steps: Vec::new(),
    }
}

/// So often something else is drawn for a case in place of what makes no sense.
const MOST_TRIES: u32 = 20;

/// Draws cases.
pub struct Generator {
    strategy: BoxedStrategy<Scenario>,
    capabilities: BTreeSet<Capability>,
    seed: u64,
    config: Config,
    reference: Reference,
}

impl std::fmt::Debug for Generator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Generator").field("seed", &self.seed).finish_non_exhaustive()
    }
}

impl Generator {
    /// Draws what an implementation with these capabilities can play, as the seed decides.
    #[must_use]
    pub fn new(catalogue: &Catalogue, capabilities: &BTreeSet<Capability>, lifetimes: Lifetimes, seed: u64) -> Self {
        // What the environment says of proptest is for others.
        let config = Config { failure_persistence: None, ..Config::default() };
        let strategy = scenarios(catalogue, capabilities, lifetimes);
        let capabilities = capabilities.clone();
        Generator { strategy, capabilities, seed, config, reference: Reference::new() }
    }

    /// The case of a number.
    pub fn case(&mut self, number: u64) -> Scenario {
        let seed: [u8; 32] = Sha256::digest(format!("case {} {number}", self.seed)).into();
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
        let mut runner = TestRunner::new_with_rng(self.config.clone(), rng);
        for _ in 0..MOST_TRIES {
            // No strategy here refuses what it drew, but what comes of it may speak of what is not there.
            if let Ok(tree) = self.strategy.new_tree(&mut runner) {
                let scenario = self.fitted(tree.current());
                if scenario.capabilities().is_subset(&self.capabilities)
                    && self.reference.compile(&scenario).is_ok_and(|program| self.reference.is_sound(&program))
                {
                    return scenario;
                }
            }
        }
        nothing()
    }

    /// What is left of a scenario for who has no script: all else is drawn for those who have.
    fn fitted(&self, scenario: Scenario) -> Scenario {
        let has = |capability| self.capabilities.contains(&capability);
        if has(Capability::Script) || has(Capability::ServiceWorker) {
            return scenario;
        }
        let mut scenario = scenario;
        let mut bodies: Vec<&mut Vec<_>> = vec![&mut scenario.steps];
        bodies.extend(scenario.callbacks.values_mut().map(|callback| &mut callback.body));
        for operation in bodies {
            operation.retain(|operation| {
                (has(Capability::Exceptions) || !matches!(operation, Operation::Throw { .. }))
                    && (has(Capability::Capture) || !captures(operation))
            });
        }
        scenario.without_script()
    }
}

/// Whether an operation has to do with a listener for the capturing phase.
fn captures(operation: &Operation) -> bool {
    let Operation::Call { args, .. } = operation else { return false };
    match args.get(2) {
        Some(Value::Object(members)) => members.iter().any(|(name, _)| name == "capture"),
        Some(Value::Bool(capture)) => *capture,
        _ => false,
    }
}
