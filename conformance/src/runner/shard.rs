//! Shares of a run.

use std::fmt;
use std::str::FromStr;

/// One of several shares, which have nothing in common and together are all.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Shard {
    of: u64,
    index: u64,
}

impl Default for Shard {
    /// All.
    fn default() -> Self {
        Shard { index: 0, of: 1 }
    }
}

impl Shard {
    /// Whether it is all there is.
    #[must_use]
    pub fn is_all(self) -> bool {
        self.of == 1
    }

    /// How many shares there are.
    #[must_use]
    pub fn count(self) -> u64 {
        self.of
    }

    /// All shares that this one belongs to.
    pub fn all(self) -> impl Iterator<Item = Shard> {
        (0..self.of).map(move |index| Shard { index, ..self })
    }

    /// Whether the scenario of a number is in this share.
    #[must_use]
    pub fn has(self, number: u64) -> bool {
        number % self.of == self.index
    }

    /// How many of so many scenarios are in this share.
    #[must_use]
    pub fn share_of(self, count: u64) -> u64 {
        count / self.of + u64::from(self.index < count % self.of)
    }

    /// The numbers in this share, of so many.
    pub fn numbers(self, count: u64) -> impl Iterator<Item = u64> {
        (self.index..count).step_by(usize::try_from(self.of).unwrap_or(usize::MAX))
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.index + 1, self.of)
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text.split_once('/').and_then(|(index, of)| Some((index.parse().ok()?, of.parse().ok()?)));
        match parts {
            Some((index, of)) if (1..=of).contains(&index) => Ok(Shard { index: index - 1, of }),
            _ => Err(format!("expected I/N with I from 1 to N, such as 2/7; got `{text}`")),
        }
    }
}
