//! The registry of specification steps, and which of them a run has taken.
//!
//! `steps.txt` lists every numbered step of the pinned texts (`spec/algorithm/step`; an algorithm written as one
//! paragraph has the single step `body`). `definitions.txt` lists what the specifications define in prose or in texts
//! that are not pinned (HTML, Web IDL), with the same shape. Both are looked up while compiling: a step that does not
//! exist does not build.

/// Every known step, one a line.
const TABLE: &str = concat!(include_str!("../steps.txt"), include_str!("../definitions.txt"));

/// The number of lines of [`TABLE`].
const COUNT: usize = count_lines(TABLE.as_bytes());

/// One step of one algorithm.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct StepId(u16);

impl StepId {
    /// The step's name, for example `dom/inner invoke/2.5`.
    ///
    /// ```
    /// # use bgfspec_model::step::StepId;
    /// assert_eq!(StepId::named("dom/inner invoke/2.5").unwrap().name(), "dom/inner invoke/2.5");
    /// ```
    #[must_use]
    pub fn name(self) -> &'static str {
        TABLE.lines().nth(usize::from(self.0)).expect("an id comes from the table")
    }

    /// The step of this name, if the registry has it.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        TABLE.lines().position(|line| line == name).map(|line| StepId(line as u16))
    }

    /// All steps, in the order of the registry.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..COUNT as u16).map(StepId)
    }
}

/// An algorithm's place in the registry.
#[derive(Clone, Copy, Debug)]
pub struct Algorithm {
    line: usize,
    start: usize,
    name: &'static str,
}

impl Algorithm {
    /// Finds an algorithm by `spec/name`.
    ///
    /// # Panics
    /// Panics when the registry does not have it; as all uses are constants, the build fails.
    #[must_use]
    pub const fn of(name: &'static str) -> Self {
        let table = TABLE.as_bytes();
        let (mut at, mut line) = (0, 0);
        while at < table.len() {
            if starts_with(table, at, name.as_bytes()) && table[at + name.len()] == b'/' {
                return Algorithm { line, start: at, name };
            }
            at = next_line(table, at);
            line += 1;
        }
        panic!("no such algorithm in steps.txt or definitions.txt")
    }

    /// Finds a step of this algorithm by its number.
    ///
    /// # Panics
    /// Panics when the algorithm has no such step; as all uses are constants, the build fails.
    #[must_use]
    pub const fn step(self, number: &str) -> StepId {
        let table = TABLE.as_bytes();
        let (mut at, mut line) = (self.start, self.line);
        while at < table.len() && starts_with(table, at, self.name.as_bytes()) {
            let digits = at + self.name.len() + 1;
            if starts_with(table, digits, number.as_bytes()) && table[digits + number.len()] == b'\n' {
                return StepId(line as u16);
            }
            at = next_line(table, at);
            line += 1;
        }
        panic!("no such step in steps.txt or definitions.txt")
    }
}

/// The steps that a run has taken.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Coverage {
    words: [u64; COUNT.div_ceil(64)],
}

impl Default for Coverage {
    fn default() -> Self {
        Coverage { words: [0; COUNT.div_ceil(64)] }
    }
}

impl Coverage {
    /// Marks a step as taken.
    pub fn insert(&mut self, step: StepId) {
        self.words[usize::from(step.0) / 64] |= 1 << (step.0 % 64);
    }

    /// Whether the step was taken.
    #[must_use]
    pub fn contains(&self, step: StepId) -> bool {
        self.words[usize::from(step.0) / 64] & (1 << (step.0 % 64)) != 0
    }

    /// Adds all that another run has taken.
    pub fn merge(&mut self, other: &Coverage) {
        for (mine, theirs) in self.words.iter_mut().zip(other.words) {
            *mine |= theirs;
        }
    }

    /// The steps taken, in the order of the registry.
    pub fn iter(&self) -> impl Iterator<Item = StepId> + '_ {
        StepId::all().filter(|step| self.contains(*step))
    }
}

const fn count_lines(text: &[u8]) -> usize {
    let (mut at, mut lines) = (0, 0);
    while at < text.len() {
        if text[at] == b'\n' {
            lines += 1;
        }
        at += 1;
    }
    lines
}

const fn next_line(text: &[u8], mut at: usize) -> usize {
    while text[at] != b'\n' {
        at += 1;
    }
    at + 1
}

const fn starts_with(text: &[u8], at: usize, prefix: &[u8]) -> bool {
    if at + prefix.len() >= text.len() {
        return false;
    }
    let mut i = 0;
    while i < prefix.len() {
        if text[at + i] != prefix[i] {
            return false;
        }
        i += 1;
    }
    true
}

/// Takes a step: `step!(m, ALGORITHM, "2.5")`, or with what it decides about, `step!(m, ALGORITHM, "2.5", object)`.
macro_rules! step {
    ($machine:expr, $algorithm:expr, $number:literal) => {
        $machine.took(const { $algorithm.step($number) }, None)
    };
    ($machine:expr, $algorithm:expr, $number:literal, $subject:expr) => {
        $machine.took(const { $algorithm.step($number) }, Some($subject))
    };
}
pub(crate) use step;
