//! What is consulted at each step of a watched machine: the log, and hooks that depart from the specifications.
//!
//! An algorithm keeps its variables in a struct and takes its steps with five macros. While nobody watches, they mark the
//! coverage and do what stands there. While somebody does, they ask the algorithm's [`Variables`] first and afterwards.
//!
//! | macro | what stands there | a hook may |
//! | --- | --- | --- |
//! | [`step!`] | an effect | skip it, do something instead, before or after it, or end the algorithm |
//! | [`set!`] | a variable gets its value, or an argument is converted | the same; skipping alone makes no sense and has no derived quirk |
//! | [`returns!`] | what the algorithm returns | change variables before, or return something else |
//! | [`branch!`] | a condition | decide otherwise |
//! | [`looked_up!`] | what an algorithm that changes nothing has found so far | amend it |
//!
//! An algorithm never knows its hooks: the implementations of [`Variables`] stand in another folder, and import it.

use crate::machine::{Decision, Host, Machine, Observed};
use crate::quirk::aside::Aside;
use crate::quirk::{QuirkCells, QuirkSet};
use crate::step::StepId;
use crate::value::{Completion, ObjectId, ScriptId, Value};

/// What happens to a step.
pub(crate) enum Before<Output> {
    /// It is taken.
    Take,
    /// It is skipped.
    Skip,
    /// The algorithm ends here and returns this.
    Return(Output),
}

/// The variables of an algorithm, as its text names them: what a hook sees and may change.
#[expect(unused_variables, reason = "each hook looks at what it needs")]
pub(crate) trait Variables {
    /// What the algorithm returns.
    type Output;

    /// The function or object that the algorithm deals with, for the log.
    fn subject(&self, m: &Machine) -> Option<ObjectId> {
        None
    }

    /// Runs before a step.
    fn before(&mut self, m: &mut Machine, h: &mut dyn Host, at: StepId) -> Before<Self::Output> {
        Before::Take
    }

    /// Runs after a step, skipped or not.
    fn after(&mut self, m: &mut Machine, h: &mut dyn Host, at: StepId) {}

    /// Decides a condition. `holds` is what the text decides.
    fn decide(&mut self, m: &mut Machine, at: StepId, holds: bool) -> bool {
        holds
    }

    /// Changes variables after a step of an algorithm that only looks things up.
    fn amend(&mut self, m: &Machine, at: StepId) {}
}

/// What a machine keeps while somebody watches.
#[derive(Clone, Default, Debug)]
pub(crate) struct Watch {
    /// Whether anybody watches: there are quirks, or a list of them or of the steps is kept.
    pub(crate) on: bool,
    pub(crate) quirks: QuirkSet,
    /// The steps that are skipped.
    pub(crate) skipped: Vec<StepId>,
    /// The conditions that are decided beforehand.
    pub(crate) decided: Vec<(StepId, bool)>,
    /// Whether a list is kept of the quirks that are met.
    pub(crate) keeps_met: bool,
    pub(crate) met: QuirkCells,
    pub(crate) log: Option<Vec<Decision>>,
    /// How many steps were taken with quirks, which may never end.
    pub(crate) taken: u32,
    /// What quirks remember.
    pub(crate) aside: Aside,
}

impl Watch {
    /// Forgets what happened, and keeps the quirks.
    pub(crate) fn reset(&mut self) {
        if self.on {
            self.aside = Aside::default();
            self.log = None;
            self.taken = 0;
            self.on = self.keeps_met || !self.quirks.is_empty();
        }
    }
}

impl<H: Host + ?Sized> Host for &mut H {
    fn run(&mut self, machine: &mut Machine, script: ScriptId, this: Value, arguments: &[Value]) -> Completion {
        (**self).run(machine, script, this, arguments)
    }

    fn observe(&mut self, machine: &mut Machine, what: Observed) {
        (**self).observe(machine, what);
    }
}

/// Stands for the host in algorithms that run no script.
pub(crate) struct NoScript;

impl Host for NoScript {
    fn run(&mut self, _: &mut Machine, _: ScriptId, _: Value, _: &[Value]) -> Completion {
        Ok(Value::Undefined)
    }

    fn observe(&mut self, _: &mut Machine, _: Observed) {}
}

/// Takes a step that has an effect: `step!(m, h, v, "2.5", effect)`, or `step!(m, v, "2.5", effect)` where no script can run.
/// `step!(m, "2.5", effect)` is for algorithms without variables. `ALGORITHM` names the algorithm. The number stands in
/// `effects.txt`.
macro_rules! step {
    ($m:ident, $h:ident, $v:ident, $number:literal, $effect:expr) => {
        $crate::watch::take!(effect, $m, $h, $v, $number, $effect)
    };
    ($m:ident, $v:ident, $number:literal, $effect:expr) => {{
        let no_script = &mut $crate::watch::NoScript;
        $crate::watch::take!(effect, $m, no_script, $v, $number, $effect)
    }};
    ($m:ident, $number:literal, $effect:expr) => {{
        const AT: $crate::step::StepId = ALGORITHM.effect($number);
        if !$m.takes(AT) || $m.passes(AT, None) {
            $effect;
        }
    }};
}
pub(crate) use step;

/// Takes a step that only gives a variable its value, with the same forms as [`step!`].
macro_rules! set {
    ($m:ident, $h:ident, $v:ident, $number:literal, $effect:expr) => {
        $crate::watch::take!(step, $m, $h, $v, $number, $effect)
    };
    ($m:ident, $v:ident, $number:literal, $effect:expr) => {{
        let no_script = &mut $crate::watch::NoScript;
        $crate::watch::take!(step, $m, no_script, $v, $number, $effect)
    }};
    ($m:ident, $number:literal, $effect:expr) => {{
        const AT: $crate::step::StepId = ALGORITHM.step($number);
        if $m.takes(AT) {
            $m.passes(AT, None);
        }
        $effect;
    }};
}
pub(crate) use set;

/// Ends an algorithm with what it returns, as the last expression of the function: `returns!(m, h, v, "3", v.found)`. A hook may change
/// variables before, or return something else.
macro_rules! returns {
    ($m:ident, $h:ident, $v:ident, $number:literal, $output:expr) => {{
        const AT: $crate::step::StepId = ALGORITHM.step($number);
        if $m.takes(AT) {
            use $crate::watch::Variables as _;
            $m.passes(AT, $v.subject($m));
            if let $crate::watch::Before::Return(output) = $v.before($m, $h, AT) {
                return output;
            }
        }
        $output
    }};
    ($m:ident, $v:ident, $number:literal, $output:expr) => {{
        let no_script = &mut $crate::watch::NoScript;
        $crate::watch::returns!($m, no_script, $v, $number, $output)
    }};
    ($m:ident, $number:literal, $output:expr) => {{
        const AT: $crate::step::StepId = ALGORITHM.step($number);
        if $m.takes(AT) {
            $m.passes(AT, None);
        }
        $output
    }};
}
pub(crate) use returns;

/// Decides a condition: `if branch!(m, v, "2.1", condition) { … }`, or `branch!(m, "2.1", condition)` in algorithms without
/// variables. The number stands in `branches.txt`. What counts as covered is what the text decides.
macro_rules! branch {
    ($m:ident, $v:ident, $number:literal, $condition:expr) => {{
        const AT: $crate::step::Condition = ALGORITHM.condition($number);
        let holds: bool = $condition;
        if $m.decides(AT, holds) {
            use $crate::watch::Variables as _;
            let holds = $m.derives(AT, holds, $v.subject($m));
            $v.decide($m, AT.step(), holds)
        } else {
            holds
        }
    }};
    ($m:ident, $number:literal, $condition:expr) => {{
        const AT: $crate::step::Condition = ALGORITHM.condition($number);
        let holds: bool = $condition;
        if $m.decides(AT, holds) { $m.derives(AT, holds, None) } else { holds }
    }};
}
pub(crate) use branch;

/// Lets hooks amend the variables of an algorithm that only looks things up, behind what the step gives: `looked_up!(m, v, "1.1")`. The
/// machine is shared.
macro_rules! looked_up {
    ($m:ident, $v:ident, $number:literal) => {{
        const AT: $crate::step::StepId = ALGORITHM.step($number);
        $m.coverage.insert(AT);
        if $m.watch.on {
            use $crate::watch::Variables as _;
            $v.amend($m, AT);
        }
    }};
}
pub(crate) use looked_up;

macro_rules! take {
    ($of:ident, $m:ident, $h:ident, $v:ident, $number:literal, $effect:expr) => {{
        const AT: $crate::step::StepId = ALGORITHM.$of($number);
        let watched = $m.takes(AT);
        let passes = !watched || {
            use $crate::watch::Variables as _;
            let passes = $m.passes(AT, $v.subject($m));
            match $v.before($m, $h, AT) {
                $crate::watch::Before::Take => passes,
                $crate::watch::Before::Skip => false,
                $crate::watch::Before::Return(output) => return output,
            }
        };
        if passes {
            $effect;
        }
        if watched {
            use $crate::watch::Variables as _;
            $v.after($m, $h, AT);
        }
    }};
}
pub(crate) use take;
