//! The registry of specification steps, and which of them a run has taken.
//!
//! `steps.txt` lists every numbered step of the pinned texts (`spec/algorithm/step`; an algorithm written as one
//! paragraph has the single step `body`). `definitions.txt` lists what the specifications define in prose or in texts
//! that are not pinned (HTML, Web IDL), with the same shape. Both are looked up while compiling: a step that does not
//! exist does not build.
//!
//! `branches.txt` lists the steps that decide something: the code decides them with `branch!`, and each has two branches.
//! `effects.txt` lists the other steps that have an effect: the code takes them with `step!`. Behind a tab, each line of the two says
//! in our words what is decided or done. A step that the code takes and the lists lack does not build; a test finds the reverse.

use std::cell::Cell;

/// Every known step, one a line.
const TABLE: &str = concat!(include_str!("../steps.txt"), include_str!("../definitions.txt"));

/// The number of lines of [`TABLE`].
const COUNT: usize = count_lines(TABLE.as_bytes());

/// Where each line of [`TABLE`] begins.
static STARTS: [u32; COUNT] = line_starts(TABLE.as_bytes());

/// More than twice the number of lines.
const BUCKETS: usize = 4096;

/// The lines of [`TABLE`] by the hash of their text; [`NOWHERE`] where there is none.
static LINES_BY_HASH: [u16; BUCKETS] = {
    let table = TABLE.as_bytes();
    let mut buckets = [NOWHERE; BUCKETS];
    let (mut at, mut line, mut text) = (0, 0, HASH_OF_NOTHING);
    while at < table.len() {
        if table[at] == b'\n' {
            let mut bucket = text as usize % BUCKETS;
            while buckets[bucket] != NOWHERE {
                bucket = (bucket + 1) % BUCKETS;
            }
            buckets[bucket] = line;
            line += 1;
            text = HASH_OF_NOTHING;
        } else {
            text = (text ^ table[at] as u32).wrapping_mul(HASH_PRIME);
        }
        at += 1;
    }
    buckets
};

/// The hash is FNV-1a. <https://datatracker.ietf.org/doc/draft-eastlake-fnv/>
const HASH_OF_NOTHING: u32 = 0x811c_9dc5;
const HASH_PRIME: u32 = 0x0100_0193;

/// The hash of a text that goes on with these bytes.
const fn hash(mut hash: u32, bytes: &[u8]) -> u32 {
    let mut at = 0;
    while at < bytes.len() {
        hash = (hash ^ bytes[at] as u32).wrapping_mul(HASH_PRIME);
        at += 1;
    }
    hash
}

/// The steps that have branches, one a line.
const CONDITIONS: &str = include_str!("../branches.txt");

/// The number of lines of [`CONDITIONS`].
pub(crate) const CONDITION_COUNT: usize = count_lines(CONDITIONS.as_bytes());

/// The line of each step in [`CONDITIONS`], [`NOWHERE`] where it has none.
static CONDITION_OF: [u16; COUNT] = places::<CONDITION_COUNT>(CONDITIONS.as_bytes());

/// The steps that have an effect, one a line.
const EFFECTS: &str = include_str!("../effects.txt");

/// The number of lines of [`EFFECTS`].
pub(crate) const EFFECT_COUNT: usize = count_lines(EFFECTS.as_bytes());

/// The line of each step in [`EFFECTS`], [`NOWHERE`] where it has none.
static EFFECT_OF: [u16; COUNT] = places::<EFFECT_COUNT>(EFFECTS.as_bytes());

/// No line.
const NOWHERE: u16 = u16::MAX;

/// The address of each algorithm that the model has, one a line: its name, a tab, the address.
const LINKS: &str = include_str!("../links.txt");

/// The steps that have an effect, with what each does: a clause that begins with a verb, such as "remove the listener".
pub fn effects() -> impl Iterator<Item = (StepId, &'static str)> {
    lines_of(EFFECTS)
}

/// The steps that decide something, with what they decide: a clause, such as "the event is stopped".
pub fn conditions() -> impl Iterator<Item = (StepId, &'static str)> {
    lines_of(CONDITIONS)
}

/// The lines `name<tab>words` of a list. A name that the registry lacks has no code that builds.
fn lines_of(list: &'static str) -> impl Iterator<Item = (StepId, &'static str)> {
    let parts = list.lines().map(|line| line.split_once('\t').unwrap_or((line, "")));
    parts.map(|(name, words)| (StepId::named(name).expect("a test holds the lists against the code"), words))
}

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

    /// The name of the step's algorithm, for example `dom/inner invoke`.
    #[must_use]
    pub fn algorithm(self) -> &'static str {
        let name = self.name();
        name.rsplit_once('/').map_or(name, |(algorithm, _)| algorithm)
    }

    /// The address of the step's algorithm; none for an algorithm that the model leaves out.
    #[must_use]
    pub fn link(self) -> Option<&'static str> {
        let algorithm = self.algorithm();
        LINKS.lines().find_map(|line| line.strip_prefix(algorithm)?.strip_prefix('\t'))
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
        conditions().nth(usize::from(self.0 / 2)).expect("an id comes from the list").0
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

/// A step that decides something.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Condition {
    step: StepId,
    line: u16,
}

impl Condition {
    pub(crate) fn step(self) -> StepId {
        self.step
    }

    /// Its place in the list.
    pub(crate) fn line(self) -> usize {
        usize::from(self.line)
    }

    pub(crate) fn branch(self, holds: bool) -> Branch {
        Branch(2 * self.line + u16::from(!holds))
    }
}

/// An algorithm of the registry.
#[derive(Clone, Copy, Debug)]
pub struct Algorithm {
    name: &'static str,
}

impl Algorithm {
    /// The algorithm called `spec/name`. Whether the registry has it shows when one of its steps is looked up.
    #[must_use]
    pub const fn of(name: &'static str) -> Self {
        Algorithm { name }
    }

    /// Finds a step of this algorithm by its number.
    ///
    /// # Panics
    /// Panics when the algorithm has no such step; as all uses are constants, the build fails.
    #[must_use]
    pub const fn step(self, number: &str) -> StepId {
        let (name, number) = (self.name.as_bytes(), number.as_bytes());
        let mut bucket = hash(hash(hash(HASH_OF_NOTHING, name), b"/"), number) as usize % BUCKETS;
        while LINES_BY_HASH[bucket] != NOWHERE {
            let line = LINES_BY_HASH[bucket];
            let start = STARTS[line as usize] as usize;
            let digits = start + name.len() + 1;
            if starts_with(TABLE.as_bytes(), start, name)
                && starts_with(TABLE.as_bytes(), digits, number)
                && TABLE.as_bytes()[digits + number.len()] == b'\n'
            {
                return StepId(line);
            }
            bucket = (bucket + 1) % BUCKETS;
        }
        panic!("no such step in steps.txt or definitions.txt")
    }

    /// Finds a step of this algorithm that has an effect.
    ///
    /// # Panics
    /// Panics when it is listed neither as one nor as one that decides something; as all uses are constants, the build fails.
    #[must_use]
    pub(crate) const fn effect(self, number: &str) -> StepId {
        let step = self.step(number);
        let listed = EFFECT_OF[step.0 as usize] != NOWHERE || CONDITION_OF[step.0 as usize] != NOWHERE;
        assert!(listed, "no such step in effects.txt or branches.txt");
        step
    }

    /// Finds a step of this algorithm that decides something.
    ///
    /// # Panics
    /// Panics when it is not listed as one; as all uses are constants, the build fails.
    #[must_use]
    pub(crate) const fn condition(self, number: &str) -> Condition {
        let step = self.step(number);
        let line = CONDITION_OF[step.0 as usize];
        assert!(line != NOWHERE, "no such step in branches.txt");
        Condition { step, line }
    }
}

/// The steps that a run has taken, and the branches.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Coverage {
    /// A bit for each step, then one for each branch. Lookups mark steps too, and share the machine.
    words: [Cell<u64>; Coverage::WORDS],
}

impl Default for Coverage {
    fn default() -> Self {
        Coverage { words: [const { Cell::new(0) }; Coverage::WORDS] }
    }
}

impl Coverage {
    const WORDS: usize = (COUNT + 2 * CONDITION_COUNT).div_ceil(64);

    /// Marks a step as taken.
    pub fn insert(&self, step: StepId) {
        self.set(usize::from(step.0));
    }

    /// Whether the step was taken.
    #[must_use]
    pub fn contains(&self, step: StepId) -> bool {
        self.has(usize::from(step.0))
    }

    /// Marks a branch as taken.
    pub fn insert_branch(&self, branch: Branch) {
        self.set(COUNT + usize::from(branch.0));
    }

    /// Whether the branch was taken.
    #[must_use]
    pub fn contains_branch(&self, branch: Branch) -> bool {
        self.has(COUNT + usize::from(branch.0))
    }

    fn set(&self, bit: usize) {
        let word = &self.words[bit / 64];
        word.set(word.get() | 1 << (bit % 64));
    }

    fn has(&self, bit: usize) -> bool {
        self.words[bit / 64].get() & (1 << (bit % 64)) != 0
    }

    /// Adds all that another run has taken.
    pub fn merge(&mut self, other: &Coverage) {
        for (mine, theirs) in self.words.iter_mut().zip(&other.words) {
            *mine.get_mut() |= theirs.get();
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

const fn line_starts<const LINES: usize>(text: &[u8]) -> [u32; LINES] {
    let mut starts = [0; LINES];
    let (mut at, mut line) = (0, 0);
    while line < LINES {
        starts[line] = at as u32;
        at = next_line(text, at);
        line += 1;
    }
    starts
}

/// The line of each step of the registry in a list, which has them in the order of the registry.
///
/// # Panics
/// Panics when a step isn't in the registry, or not in its order.
const fn places<const LINES: usize>(list: &[u8]) -> [u16; COUNT] {
    let starts = line_starts::<LINES>(list);
    let table = TABLE.as_bytes();
    let mut places = [NOWHERE; COUNT];
    let (mut line, mut step) = (0, 0);
    while line < LINES {
        assert!(step < COUNT, "a list names a step that the registry lacks, or not in its order");
        if is_named(table, STARTS[step] as usize, list, starts[line] as usize) {
            places[step] = line as u16;
            line += 1;
        }
        step += 1;
    }
    places
}

/// Whether a line of the registry is the name that a line of a list begins with.
const fn is_named(table: &[u8], mut name: usize, list: &[u8], mut at: usize) -> bool {
    while table[name] != b'\n' {
        if at >= list.len() || table[name] != list[at] {
            return false;
        }
        name += 1;
        at += 1;
    }
    at < list.len() && (list[at] == b'\t' || list[at] == b'\n')
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

/// The registry's place of a step, for tables.
impl StepId {
    pub(crate) fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// The number of steps.
pub(crate) const STEP_COUNT: usize = COUNT;
