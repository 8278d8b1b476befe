//! Quirks: named ways to depart from the specifications, each at one step.
//!
//! A machine with quirks is *bent*. That serves to see whether a suite notices the departure, and to find out which departures an
//! implementation has. A machine without any does what the specifications say.
//!
//! The quirks are the list in [`list`](self). The code asks for one right where the step is taken, with
//! [`Machine::is_bent`](crate::Machine::is_bent), and does the wrong thing there and nowhere else.

pub(crate) mod aside;
mod list;

use crate::step::StepId;

pub use list::Quirk;

impl Quirk {
    /// The quirk of this id.
    #[must_use]
    pub fn named(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|quirk| quirk.id() == id)
    }

    /// The step that it departs from.
    #[must_use]
    pub fn step(self) -> StepId {
        StepId::named(self.step_name()).expect("the list is looked up while compiling")
    }
}

/// A set of quirks.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub struct QuirkSet {
    words: [u64; Self::WORDS],
}

impl QuirkSet {
    const WORDS: usize = Quirk::ALL.len().div_ceil(64);

    /// No quirk: what the specifications say.
    pub const NONE: QuirkSet = QuirkSet { words: [0; Self::WORDS] };

    /// Whether a quirk is in it.
    #[inline]
    #[must_use]
    pub const fn contains(&self, quirk: Quirk) -> bool {
        self.words[quirk as usize / 64] & (1 << (quirk as usize % 64)) != 0
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::NONE
    }

    /// This set and one more quirk.
    #[must_use]
    pub fn with(mut self, quirk: Quirk) -> Self {
        self.words[quirk as usize / 64] |= 1 << (quirk as usize % 64);
        self
    }

    /// This set without a quirk.
    #[must_use]
    pub fn without(mut self, quirk: Quirk) -> Self {
        self.words[quirk as usize / 64] &= !(1 << (quirk as usize % 64));
        self
    }

    /// What is in this set or in another.
    #[must_use]
    pub fn union(mut self, other: Self) -> Self {
        self.words.iter_mut().zip(other.words).for_each(|(word, other)| *word |= other);
        self
    }

    /// What is in this set and not in another.
    #[must_use]
    pub fn difference(mut self, other: Self) -> Self {
        self.words.iter_mut().zip(other.words).for_each(|(word, other)| *word &= !other);
        self
    }

    /// How many quirks there are in it.
    #[must_use]
    pub fn len(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Its quirks, in the order of the list.
    pub fn iter(self) -> impl Iterator<Item = Quirk> {
        Quirk::ALL.iter().copied().filter(move |quirk| self.contains(*quirk))
    }
}

impl From<Quirk> for QuirkSet {
    fn from(quirk: Quirk) -> Self {
        QuirkSet::NONE.with(quirk)
    }
}

impl FromIterator<Quirk> for QuirkSet {
    fn from_iter<I: IntoIterator<Item = Quirk>>(quirks: I) -> Self {
        quirks.into_iter().fold(QuirkSet::NONE, QuirkSet::with)
    }
}
