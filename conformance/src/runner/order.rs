//! In which order scenarios are played.

use sha2::{Digest, Sha256};

use crate::scenario::Scenario;

/// A scenario and its place among those that are wanted, in the order of the catalogue.
#[derive(Clone, Copy)]
pub(super) struct Item<'a> {
    pub(super) position: usize,
    pub(super) scenario: &'a Scenario,
}

/// An order of play.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Order {
    /// That of the catalogue.
    #[default]
    Catalogue,
    /// One that a seed decides: by the hash of the seed and the scenario's id. It is the same on every machine, and
    /// two scenarios keep their order whichever others are played with them.
    Shuffled(u64),
}

impl Order {
    pub(super) fn arrange(self, items: &mut [Item<'_>]) {
        match self {
            Order::Catalogue => {}
            Order::Shuffled(seed) => items.sort_by_cached_key(|item| {
                let hash: [u8; 32] = Sha256::digest(format!("order {seed} {}", item.scenario.id())).into();
                hash
            }),
        }
    }
}
