//! Quirks: named ways to depart from the specifications, each at one step.
//!
//! A machine with quirks is *bent*. That serves to see whether a suite notices the departure, and to find out which departures an
//! implementation has. A machine without any does what the specifications say.
//!
//! Quirks hook onto the steps of the algorithms from outside. There are two kinds:
//!
//! - *Derived* quirks come from the lists of steps: each effect can be skipped, and each condition can be taken to hold always or never.
//!   They are not written; one that deserves a name and a title of its own has an entry.
//! - *Written* quirks say what these can't: another value, another order, state of their own. Each has an entry with its hooks in the file
//!   that mirrors its algorithm's.

pub(crate) mod aside;
mod background_fetch;
mod dom;
mod hook;
mod html;
mod service_worker;
mod set;
mod table;
mod web_idl;

use std::fmt;

use crate::machine::Machine;
use crate::step::{Condition, StepId};
use crate::value::ObjectId;
use crate::watch::Watch;

pub(crate) use set::QuirkCells;
pub use set::QuirkSet;
use table::{FILES, HOOKS, table};

/// A named way to depart from the specifications at one step.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quirk(u16);

/// How a quirk departs from its step.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Departure {
    /// The step is skipped.
    Skip,
    /// Its condition is taken to hold, always.
    Always,
    /// Its condition is taken not to hold, ever.
    Never,
    /// What its hooks say.
    Written,
}

/// What is known of a quirk. Those with names of their own are listed in the files, and the table makes the others.
#[derive(Clone, Copy)]
pub(crate) struct Entry {
    pub(crate) id: &'static str,
    pub(crate) title: &'static str,
    pub(crate) should: Option<&'static str>,
    /// The codes of areas with a space between them.
    pub(crate) areas: &'static str,
    pub(crate) step: StepId,
    pub(crate) departure: Departure,
    /// Other algorithms that it has hooks in.
    pub(crate) with: &'static [&'static str],
}

impl Quirk {
    /// The quirk of this id, which has a name of its own.
    ///
    /// ```
    /// # use bgfspec_model::Quirk;
    /// assert_eq!(Quirk::of("stop-propagation-kept").id(), "stop-propagation-kept");
    /// ```
    ///
    /// # Panics
    /// Panics where there is none; in a constant, the build fails.
    #[must_use]
    pub const fn of(id: &str) -> Self {
        let (mut file, mut before) = (0, 0);
        while file < FILES.len() {
            let mut at = 0;
            while at < FILES[file].len() {
                if is_same(FILES[file][at].id.as_bytes(), id.as_bytes()) {
                    return Quirk((before + at) as u16);
                }
                at += 1;
            }
            before += FILES[file].len();
            file += 1;
        }
        panic!("no entry has this id")
    }

    /// The quirk of this id, if there is one. An id that a quirk had formerly finds it too.
    #[must_use]
    pub fn named(id: &str) -> Option<Self> {
        table().ids.get(id).copied()
    }

    /// All quirks: those with a name of their own, then the other derived ones in the order of the steps.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..table().quirks.len() as u16).map(Quirk)
    }

    /// The quirks with a name of their own.
    pub fn with_names() -> impl Iterator<Item = Self> {
        (0..table().entries as u16).map(Quirk)
    }

    /// Its id: some words with hyphens; of a derived quirk without a name how it departs, and the step, for example
    /// `skip dom/dispatch/8`.
    #[must_use]
    pub fn id(self) -> &'static str {
        self.info().id
    }

    /// What is done instead, as a sentence.
    #[must_use]
    pub fn title(self) -> &'static str {
        self.info().title
    }

    /// What should be done, as a sentence, where no requirement says just this.
    ///
    /// ```
    /// # use bgfspec_model::Quirk;
    /// assert_eq!(Quirk::of("stop-flags-kept").should(), Some("A dispatch ends by unsetting both stop flags."));
    /// ```
    #[must_use]
    pub fn should(self) -> Option<&'static str> {
        self.info().should
    }

    /// The step that it departs from.
    #[must_use]
    pub fn step(self) -> StepId {
        self.info().step
    }

    /// The name of the step that it departs from.
    #[must_use]
    pub fn step_name(self) -> &'static str {
        self.step().name()
    }

    /// How it departs from it.
    #[must_use]
    pub fn departure(self) -> Departure {
        self.info().departure
    }

    /// Whether it is that something isn't there: a member of an interface, an interface, or an option that nobody reads.
    ///
    /// ```
    /// # use bgfspec_model::Quirk;
    /// assert!(Quirk::of("init-event-missing").is_absence() && Quirk::of("signal-ignored").is_absence());
    /// assert!(!Quirk::of("init-keeps-flags").is_absence());
    /// ```
    #[must_use]
    pub fn is_absence(self) -> bool {
        /// A listener with such an option is one without it.
        const OPTIONS: [&str; 3] = ["once-ignored", "passive-ignored", "signal-ignored"];
        web_idl::rows::is_absence(self) || OPTIONS.contains(&self.id())
    }

    /// The algorithms beside its step's that it has hooks in.
    #[must_use]
    pub fn with(self) -> &'static [&'static str] {
        self.info().with
    }

    /// The codes of the areas of the catalogue whose rules it breaks; none for a derived quirk without a name.
    pub fn areas(self) -> impl Iterator<Item = &'static str> {
        self.info().areas.split(' ').filter(|area| !area.is_empty())
    }

    fn info(self) -> &'static Entry {
        &table().quirks[usize::from(self.0)]
    }

    fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// All hooks that are written: the quirk, and the step that it hooks.
pub fn hooks() -> impl Iterator<Item = (Quirk, StepId)> {
    HOOKS.iter().copied().flatten().map(|(id, step)| (Quirk::of(id), *step))
}

impl fmt::Debug for Quirk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

const fn is_same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut at = 0;
    while at < a.len() {
        if a[at] != b[at] {
            return false;
        }
        at += 1;
    }
    true
}

/// What a bent machine unwinds with that takes more steps than any that ends. No message is printed for it.
#[derive(Clone, Copy, Debug)]
pub struct Endless;

/// No bent machine that ends takes more steps for a scenario.
const MOST_STEPS: u32 = 100_000;

impl Machine {
    /// Gives the machine these quirks and no others. They stay when it is [reset](Machine::reset).
    pub fn bend(&mut self, quirks: QuirkSet) {
        // The list of quirks that were met can be read until the next one is begun.
        let met = std::mem::take(&mut self.watch.met);
        self.watch = Watch { quirks, on: !quirks.is_empty(), met, ..Watch::default() };
        for quirk in quirks.iter() {
            match quirk.departure() {
                Departure::Skip => self.watch.skipped.push(quirk.step()),
                Departure::Always => self.watch.decided.push((quirk.step(), true)),
                Departure::Never => self.watch.decided.push((quirk.step(), false)),
                Departure::Written => {}
            }
        }
    }

    /// Begins a list of the quirks that it meets, which ends when it is [bent](Machine::bend) again.
    pub fn keep_met(&mut self) {
        self.watch.met = QuirkCells::default();
        self.watch.keeps_met = true;
        self.watch.on = true;
    }

    /// The quirks that it met since [`keep_met`](Machine::keep_met): any other would have made no difference.
    #[must_use]
    pub fn met(&self) -> QuirkSet {
        self.watch.met.get()
    }

    /// Whether the machine has any quirk.
    #[inline]
    #[must_use]
    pub fn has_quirks(&self) -> bool {
        self.watch.on && !self.watch.quirks.is_empty()
    }

    /// Takes note of a quirk that is met; returns whether the machine has it.
    #[cold]
    pub(crate) fn meets(&self, quirk: Quirk) -> bool {
        self.watch.met.insert(quirk);
        self.watch.quirks.contains(quirk)
    }

    /// Asks for the derived quirk of an effect; returns whether the step is taken.
    ///
    /// # Panics
    /// Unwinds with [`Endless`] where a bent machine takes too many steps.
    #[cold]
    pub(crate) fn passes(&mut self, at: StepId, subject: Option<ObjectId>) -> bool {
        self.counts();
        self.log_step(at, subject);
        if let Some(quirk) = table().skipping[at.index()] {
            self.watch.met.insert(quirk);
        }
        !self.watch.skipped.contains(&at)
    }

    /// Asks for the derived quirks of a condition; returns what it is taken for.
    #[cold]
    pub(crate) fn derives(&mut self, condition: Condition, holds: bool, subject: Option<ObjectId>) -> bool {
        self.counts();
        self.log_step(condition.step(), subject);
        let [always, never] = table().deciding[condition.line()];
        self.watch.met.insert(if holds { never } else { always });
        let decided = self.watch.decided.iter().find(|(step, _)| *step == condition.step());
        decided.map_or(holds, |(_, decided)| *decided)
    }

    fn counts(&mut self) {
        if !self.watch.quirks.is_empty() {
            self.watch.taken += 1;
            if self.watch.taken > MOST_STEPS {
                std::panic::resume_unwind(Box::new(Endless));
            }
        }
    }
}
