//! The registry of specification steps, and which of them a run has taken.
//!
//! `steps.txt` lists every numbered step of the pinned texts (`spec/algorithm/step`; an algorithm written as one
//! paragraph has the single step `body`). `definitions.txt` lists what the specifications define in prose or in texts
//! that are not pinned (HTML, Web IDL), with the same shape. Both are looked up while compiling: a step that does not
//! exist does not build.
//!
//! `branches.txt` lists those of them that decide something and whose outcome the code tells with `branch!`: such a step has
//! two branches. One that is told of and not listed does not build, and a test finds one that is listed and not told of.

/// Every known step, one a line.
const TABLE: &str = concat!(include_str!("../steps.txt"), include_str!("../definitions.txt"));

/// The number of lines of [`TABLE`].
const COUNT: usize = count_lines(TABLE.as_bytes());

/// The steps that have branches, one a line.
const CONDITIONS: &str = include_str!("../branches.txt");

/// The number of lines of [`CONDITIONS`].
const CONDITION_COUNT: usize = count_lines(CONDITIONS.as_bytes());

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

/// One of the two ways that a step with a condition can go.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Branch(u16);

impl Branch {
    /// All branches, in the order of the registry: first the one that a step takes where its condition holds.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..2 * CONDITION_COUNT as u16).map(Branch)
    }

    /// The step.
    ///
    /// # Panics
    /// Panics when `branches.txt` has a line that the registry lacks; such a line has no code that builds.
    #[must_use]
    pub fn step(self) -> StepId {
        let name = CONDITIONS.lines().nth(usize::from(self.0 / 2)).expect("an id comes from the list");
        StepId::named(name).expect("a test holds the list against the code")
    }

    /// Whether it is the one that is taken where the condition holds.
    #[must_use]
    pub fn holds(self) -> bool {
        self.0.is_multiple_of(2)
    }

    /// The branch's name, for example `dom/invoke/6 does not hold`.
    ///
    /// ```
    /// # use bgfspec_model::step::Branch;
    /// assert!(Branch::all().any(|branch| branch.name() == "dom/invoke/6 does not hold"));
    /// ```
    #[must_use]
    pub fn name(self) -> String {
        format!("{} {}", self.step().name(), if self.holds() { "holds" } else { "does not hold" })
    }
}

/// A step that has branches.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Condition {
    step: StepId,
    line: u16,
}

impl Condition {
    pub(crate) fn step(self) -> StepId {
        self.step
    }

    pub(crate) fn branch(self, holds: bool) -> Branch {
        Branch(2 * self.line + u16::from(!holds))
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
        match find(TABLE.as_bytes(), self.start, self.name.as_bytes(), number.as_bytes()) {
            Some(lines) => StepId((self.line + lines) as u16),
            None => panic!("no such step in steps.txt or definitions.txt"),
        }
    }

    /// Finds a step of this algorithm that has branches.
    ///
    /// # Panics
    /// Panics when it is not listed as one; as all uses are constants, the build fails.
    #[must_use]
    pub(crate) const fn condition(self, number: &str) -> Condition {
        match find(CONDITIONS.as_bytes(), 0, self.name.as_bytes(), number.as_bytes()) {
            Some(line) => Condition { step: self.step(number), line: line as u16 },
            None => panic!("no such step in branches.txt"),
        }
    }
}

/// The steps that a run has taken, and the branches.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Coverage {
    /// A bit for each step, then one for each branch.
    words: [u64; Coverage::WORDS],
}

impl Default for Coverage {
    fn default() -> Self {
        Coverage { words: [0; Coverage::WORDS] }
    }
}

impl Coverage {
    const WORDS: usize = (COUNT + 2 * CONDITION_COUNT).div_ceil(64);

    /// Marks a step as taken.
    pub fn insert(&mut self, step: StepId) {
        self.set(usize::from(step.0));
    }

    /// Whether the step was taken.
    #[must_use]
    pub fn contains(&self, step: StepId) -> bool {
        self.has(usize::from(step.0))
    }

    /// Marks a branch as taken.
    pub fn insert_branch(&mut self, branch: Branch) {
        self.set(COUNT + usize::from(branch.0));
    }

    /// Whether the branch was taken.
    #[must_use]
    pub fn contains_branch(&self, branch: Branch) -> bool {
        self.has(COUNT + usize::from(branch.0))
    }

    fn set(&mut self, bit: usize) {
        self.words[bit / 64] |= 1 << (bit % 64);
    }

    fn has(&self, bit: usize) -> bool {
        self.words[bit / 64] & (1 << (bit % 64)) != 0
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

/// How many lines after the one at `at` the line `algorithm/number` stands.
const fn find(text: &[u8], mut at: usize, algorithm: &[u8], number: &[u8]) -> Option<usize> {
    let mut lines = 0;
    while at < text.len() {
        let digits = at + algorithm.len() + 1;
        if starts_with(text, at, algorithm)
            && text[digits - 1] == b'/'
            && starts_with(text, digits, number)
            && text[digits + number.len()] == b'\n'
        {
            return Some(lines);
        }
        at = next_line(text, at);
        lines += 1;
    }
    None
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

/// Tells which way a step goes that decides something, and gives the condition back:
/// `if branch!(m, ALGORITHM, "2.5", condition) { … }`.
///
/// The condition is that of the text. A quirk that passes over what it comes to stands outside of it; one that changes what
/// it is about is part of what the bent machine decides. The step counts as taken either way, but only `step!` puts it into
/// the log.
macro_rules! branch {
    ($machine:expr, $algorithm:expr, $number:literal, $condition:expr) => {{
        let holds: bool = $condition;
        $machine.went(const { $algorithm.condition($number) }, holds)
    }};
}
pub(crate) use branch;
