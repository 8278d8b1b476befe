//! The reference model as something that plays scenarios.

mod compile;
mod knowledge;
mod player;
mod program;
mod recorder;

use std::collections::BTreeSet;

use bgfspec_model::Machine;
use bgfspec_model::QuirkSet;
use bgfspec_model::latitude::Choice;
use bgfspec_model::machine::Decision;
use bgfspec_model::step::{Branch, Coverage, StepId};

pub use compile::CompileError;
pub use player::View;
pub use program::Program;

use crate::scenario::Scenario;

/// At most this many orders of what is queued are compared with one in which it runs early.
const MOST_ORDERS: usize = 100;

/// Plays scenarios on the model, one after the other.
#[derive(Debug, Default)]
pub struct Reference {
    machine: Machine,
    player: player::Player,
}

/// One permitted run of a scenario.
#[derive(Clone, Debug)]
pub struct Played {
    /// The trace as JSON.
    pub trace: String,
    /// The choices that it took.
    pub choices: Vec<Choice>,
}

impl Played {
    /// The plans of the runs that do as this one up to a choice and take another there; the first choices of so many stay.
    pub fn others(&self, kept: usize) -> impl Iterator<Item = Vec<u8>> {
        (kept..self.choices.len()).flat_map(move |index| {
            let taken = move || self.choices[..index].iter().map(|choice| choice.taken);
            (1..self.choices[index].alternatives).map(move |other| taken().chain([other]).collect())
        })
    }
}

impl Reference {
    /// A fresh one.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Plays from now on as the model does with these quirks, and no others.
    pub fn bend(&mut self, quirks: QuirkSet) {
        self.machine.bend(quirks);
    }

    /// Begins a list of the quirks that the model meets, which ends when it is bent again.
    pub fn keep_met(&mut self) {
        self.machine.keep_met();
    }

    /// The quirks that the model met since then.
    #[must_use]
    pub fn met(&self) -> QuirkSet {
        self.machine.met()
    }

    /// Whether it plays with quirks.
    #[must_use]
    pub fn is_bent(&self) -> bool {
        self.machine.has_quirks()
    }

    /// Makes a scenario ready to be played here.
    ///
    /// # Errors
    /// Says which name is unknown or which operation stands where it can't.
    pub fn compile(&mut self, scenario: &Scenario) -> Result<Program, CompileError> {
        compile::compile(scenario, &mut self.machine.atoms)
    }

    /// Plays a program with these choices, the first alternative where they end.
    pub fn play(&mut self, program: &Program, view: View, choices: &[u8]) -> Played {
        self.run(program, view, choices);
        Played { trace: self.player.recorder.finish(), choices: self.machine.choices.made().to_vec() }
    }

    /// The traces that a program may give, from so many runs at most.
    pub fn permitted(&mut self, program: &Program, view: View, most_runs: usize) -> BTreeSet<String> {
        let mut plans: Vec<Vec<u8>> = vec![Vec::new()];
        let mut traces = BTreeSet::new();
        for _ in 0..most_runs {
            let Some(plan) = plans.pop() else { break };
            let played = self.play(program, view, &plan);
            plans.extend(played.others(plan.len()));
            traces.insert(played.trace);
        }
        traces
    }

    /// Whether a program gives just this trace when the first alternative is always taken.
    pub fn gives(&mut self, program: &Program, view: View, trace: &str) -> bool {
        self.run(program, view, &[]);
        self.player.recorder.is(trace)
    }

    /// Whether a program speaks only of what is there, where it is, and of what specifications say: in another realm, or before it was
    /// made, or of the message of an exception, an implementation need not do what the model does. Nor where the model itself does not
    /// know: of an address that takes a whole parser, say, or of the events that tell of rejections.
    pub fn is_sound(&mut self, program: &Program) -> bool {
        self.doubt(program).is_none() && !self.player.strays
    }

    /// Why nothing can be said of a program, if so: it is wrong, asks for what the model does not know, or for what is left to
    /// implementations.
    pub fn doubt(&mut self, program: &Program) -> Option<String> {
        self.player.careful = true;
        self.player.hurries = true;
        let early = self.play(program, program.observes, &[]).trace;
        self.player.hurries = false;
        let depends = !self.gives(program, program.observes, &early)
            && !self.permitted(program, program.observes, MOST_ORDERS).contains(&early);
        self.run(program, View { reported: true, unhandled: true }, &[]);
        self.player.careful = false;
        let unsaid = "it shows what is for the implementation to say, such as the message of an exception";
        let unknown = "it asks for what the model leaves out, such as an address that takes a whole parser or the events of rejections";
        let endless = "its callbacks call each other for ever, or very often";
        let reasons = [
            (self.player.unsaid, unsaid),
            (self.machine.unknown, unknown),
            (self.player.ran_out, endless),
            (depends, player::LATE),
        ];
        let wrong = program.wrong.map(str::to_owned);
        let doubt = wrong.or_else(|| self.player.doubt.take());
        doubt.or_else(|| reasons.iter().find(|(holds, _)| *holds).map(|(_, reason)| (*reason).to_owned()))
    }

    /// Whether the last run on a bent model, or for [`Reference::doubt`], used up its budget of observations or of nested scripts.
    #[must_use]
    pub fn ran_out(&self) -> bool {
        self.player.ran_out
    }

    /// Plays a program without keeping its trace, for measurements.
    pub fn run(&mut self, program: &Program, view: View, choices: &[u8]) {
        self.machine.choices.plan(choices);
        self.player.play(&mut self.machine, program, view);
    }

    /// The decisions of a run with these choices.
    pub fn decisions(&mut self, program: &Program, view: View, choices: &[u8]) -> Vec<Decision> {
        self.machine.choices.plan(choices);
        self.player.log = true;
        self.player.play(&mut self.machine, program, view);
        self.player.log = false;
        self.machine.log().to_vec()
    }

    /// The name under which the object of a decision shows in the trace of the run just played.
    #[must_use]
    pub fn subject(&self, decision: &Decision) -> Option<String> {
        let name = self.player.recorder.name_of(decision.subject?)?;
        Some(self.machine.atoms.text(name).to_owned())
    }

    /// The steps taken so far.
    #[must_use]
    pub fn coverage(&self) -> &Coverage {
        &self.machine.coverage
    }

    /// Forgets the steps taken so far.
    pub fn clear_coverage(&mut self) {
        self.machine.coverage = Coverage::default();
    }

    /// Whether a step was taken so far.
    #[must_use]
    pub fn took(&self, step: StepId) -> bool {
        self.machine.coverage.contains(step)
    }

    /// Whether a branch was taken so far.
    #[must_use]
    pub fn took_branch(&self, branch: Branch) -> bool {
        self.machine.coverage.contains_branch(branch)
    }
}
