//! Sets of quirks.

use std::cell::Cell;
use std::fmt;

use super::Quirk;
use super::table::MOST;

const WORDS: usize = MOST.div_ceil(64);

/// A set of quirks.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QuirkSet {
    words: [u64; WORDS],
}

impl QuirkSet {
    /// No quirk: what the specifications say.
    pub const NONE: QuirkSet = QuirkSet { words: [0; WORDS] };

    /// Whether a quirk is in it.
    #[inline]
    #[must_use]
    pub fn contains(&self, quirk: Quirk) -> bool {
        self.words[quirk.index() / 64] & (1 << (quirk.index() % 64)) != 0
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::NONE
    }

    /// This set and one more quirk.
    #[must_use]
    pub fn with(mut self, quirk: Quirk) -> Self {
        self.words[quirk.index() / 64] |= 1 << (quirk.index() % 64);
        self
    }

    /// This set without a quirk.
    #[must_use]
    pub fn without(mut self, quirk: Quirk) -> Self {
        self.words[quirk.index() / 64] &= !(1 << (quirk.index() % 64));
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

    /// Its quirks, in the order of [`Quirk::all`].
    pub fn iter(self) -> impl Iterator<Item = Quirk> {
        self.words.into_iter().enumerate().flat_map(|(index, word)| {
            (0..64).filter(move |bit| word & (1 << bit) != 0).map(move |bit| Quirk((64 * index + bit) as u16))
        })
    }
}

impl Default for QuirkSet {
    fn default() -> Self {
        QuirkSet::NONE
    }
}

impl fmt::Debug for QuirkSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
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

/// A set of quirks that grows while it is shared.
#[derive(Clone, Debug)]
pub(crate) struct QuirkCells([Cell<u64>; WORDS]);

impl Default for QuirkCells {
    fn default() -> Self {
        QuirkCells([const { Cell::new(0) }; WORDS])
    }
}

impl QuirkCells {
    pub(crate) fn insert(&self, quirk: Quirk) {
        let word = &self.0[quirk.index() / 64];
        word.set(word.get() | 1 << (quirk.index() % 64));
    }

    pub(crate) fn get(&self) -> QuirkSet {
        let mut words = [0; WORDS];
        words.iter_mut().zip(&self.0).for_each(|(word, cell)| *word = cell.get());
        QuirkSet { words }
    }
}
