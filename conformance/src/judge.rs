//! Judges a trace: is it among those that the model permits?
//!
//! The search is guided by the trace: of a run that departs from it, only choices made before the departure can be to
//! blame, so only those are tried otherwise.

use std::collections::BTreeSet;

use bgfspec_model::QuirkSet;
use bgfspec_model::step::StepId;
use serde_json::Value as Json;

use crate::quiet;
use crate::reference::{Program, Reference, View};
use crate::scenario::{Capability, Scenario};
use crate::trace::{Trace, counted, kind, realm};

/// How many runs of the model are tried before a trace is left undecided.
const MOST_RUNS: usize = 20_000;

/// The same for a bent model, of which many are tried: who needs more is not explained.
const MOST_BENT_RUNS: usize = 200;

/// What a trace comes to.
#[derive(Clone, PartialEq, Debug)]
pub enum Judgement {
    /// The specifications permit it.
    Conforms,
    /// They do not.
    Deviates(Box<Departure>),
    /// The harness could not tell, for this reason.
    Inconclusive(String),
}

/// Where and how a trace departs from all that are permitted.
#[derive(Clone, PartialEq, Debug)]
pub struct Departure {
    /// The permitted trace that goes along with it farthest.
    pub expected: Vec<Json>,
    /// What was observed.
    pub observed: Vec<Json>,
    /// The first observation that differs, from zero.
    pub first_difference: usize,
    /// The step of a specification that decides about it.
    pub step: String,
}

/// What a scenario was written for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Rule {
    /// The steps behind its requirements, where the registry knows them.
    pub steps: Vec<StepId>,
    /// The step or section that its first requirement names.
    pub named: Option<String>,
}

/// Judges traces with the reference model.
#[derive(Debug, Default)]
pub struct Judge {
    reference: Reference,
}

/// How near a bent model comes to what was observed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Nearness {
    /// It took too many runs to say.
    Unknown,
    /// It goes along with so many observations; in the next one, so many values are the same.
    Apart {
        /// The first observation that differs, from zero.
        at: usize,
        /// How many values of it are as they were observed.
        alike: usize,
    },
    /// It permits what was observed.
    There,
}

/// How many values two observations have in common, in the same places.
fn alike(ours: &Json, theirs: &Json) -> usize {
    match (ours, theirs) {
        (Json::Object(ours), Json::Object(theirs)) => {
            let common = ours.iter().filter_map(|(key, value)| Some(alike(value, theirs.get(key)?)));
            common.sum()
        }
        (ours, theirs) => usize::from(ours == theirs),
    }
}

/// A run of the model that departs from the trace.
#[derive(PartialEq)]
struct Attempt {
    expected: Vec<Json>,
    at: usize,
    choices: Vec<u8>,
}

impl Judge {
    /// A judge.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The model that it judges with.
    pub fn reference(&mut self) -> &mut Reference {
        &mut self.reference
    }

    /// Judges the trace that an implementation with these capabilities gave for a scenario.
    ///
    /// `rule` is what the scenario was written for: where one of its steps was taken before the departure, it is the one to look at,
    /// and where none was, its own words say more than what the model happened to decide last.
    pub fn judge(
        &mut self,
        scenario: &Scenario,
        program: &Program,
        capabilities: &[Capability],
        trace: &Trace,
        rule: &Rule,
    ) -> Judgement {
        let view = view(capabilities);
        // Nearly all traces are what the model gives at once, to the letter.
        if self.reference.gives(program, view, &trace.0) {
            return Judgement::Conforms;
        }
        let observed = match trace.observations() {
            Ok(observed) => observed,
            Err(error) => return Judgement::Inconclusive(error),
        };
        let compared = Compared { scenario, capabilities };
        let best = match self.search(program, view, &compared, &observed) {
            Ok(None) => return Judgement::Conforms,
            Ok(Some(best)) => best,
            Err(reason) => return Judgement::Inconclusive(reason),
        };
        let step = self.step(program, view, &best, &compared, &observed, rule);
        Judgement::Deviates(Box::new(Departure {
            expected: compared.in_order(&best.expected),
            observed: compared.in_order(&observed),
            first_difference: best.at,
            step,
        }))
    }

    /// Whether the model with these quirks permits what was observed.
    pub fn permits(
        &mut self,
        quirks: QuirkSet,
        scenario: &Scenario,
        program: &Program,
        capabilities: &[Capability],
        observed: &[Json],
    ) -> bool {
        self.nearness(quirks, scenario, program, capabilities, observed) == Nearness::There
    }

    /// How near the model with these quirks comes to what was observed.
    pub fn nearness(
        &mut self,
        quirks: QuirkSet,
        scenario: &Scenario,
        program: &Program,
        capabilities: &[Capability],
        observed: &[Json],
    ) -> Nearness {
        let compared = Compared { scenario, capabilities };
        let found = self.bent(quirks, |judge| judge.search(program, view(capabilities), &compared, observed));
        match found {
            Some(Ok(None)) => Nearness::There,
            Some(Ok(Some(best))) => {
                let (ours, theirs) = (compared.parts(&best.expected), compared.parts(observed));
                let alike = match (ours.get(best.at), theirs.get(best.at)) {
                    (Some((_, ours)), Some((_, theirs))) => alike(ours, theirs),
                    _ => 0,
                };
                Nearness::Apart { at: best.at, alike }
            }
            None | Some(Err(_)) => Nearness::Unknown,
        }
    }

    /// What the model with these quirks does where the first alternative is always taken; none where it doesn't end.
    pub fn plays(&mut self, quirks: QuirkSet, program: &Program, capabilities: &[Capability]) -> Option<Trace> {
        let played = self.bent(quirks, |judge| judge.reference.play(program, view(capabilities), &[]));
        played.map(|played| Trace(played.trace))
    }

    /// The traces that the specifications permit, found in at most `most_runs` runs of the model.
    pub fn permitted(&mut self, program: &Program, capabilities: &[Capability], most_runs: usize) -> BTreeSet<String> {
        self.reference.bend(QuirkSet::NONE);
        self.reference.permitted(program, view(capabilities), most_runs)
    }

    /// Whether the model with these quirks shows something that the specifications do not permit. One that doesn't end does.
    /// `plain` is what the model does without quirks.
    pub fn breaks(
        &mut self,
        quirks: QuirkSet,
        scenario: &Scenario,
        program: &Program,
        capabilities: &[Capability],
        plain: &Option<Trace>,
    ) -> bool {
        let bent = self.plays(quirks, program, capabilities);
        if bent == *plain {
            return false;
        }
        let Some(bent) = bent else { return true };
        let observed = bent.observations();
        observed.is_ok_and(|observed| !self.permits(QuirkSet::NONE, scenario, program, capabilities, &observed))
    }

    /// The same of all runs of the model with these quirks, of which only the first few hundred are tried.
    pub fn breaks_in_any_run(
        &mut self,
        quirks: QuirkSet,
        scenario: &Scenario,
        program: &Program,
        capabilities: &[Capability],
    ) -> bool {
        let runs = |judge: &mut Self| judge.reference.permitted(program, view(capabilities), MOST_BENT_RUNS);
        let plain = runs(self);
        let Some(bent) = self.bent(quirks, runs) else { return true };
        bent.into_iter().filter(|trace| !plain.contains(trace)).any(|trace| {
            let Ok(observed) = Trace(trace).observations() else { return false };
            let nearness = self.nearness(QuirkSet::NONE, scenario, program, capabilities, &observed);
            matches!(nearness, Nearness::Apart { .. })
        })
    }

    /// The quirks that the bent model met when it was last asked for something. No other would have made a difference.
    #[must_use]
    pub fn met(&self) -> QuirkSet {
        self.reference.met()
    }

    /// Asks the model with these quirks; none where it doesn't end, or fails. That says nothing of anybody.
    fn bent<T>(&mut self, quirks: QuirkSet, ask: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.reference.bend(quirks);
        self.reference.keep_met();
        let answer = if quirks.is_empty() { Some(ask(self)) } else { quiet::unless_it_panics(|| ask(self)) };
        self.reference.bend(QuirkSet::NONE);
        answer
    }

    /// Whether the specifications leave a choice where a program is played.
    pub fn has_choices(&mut self, program: &Program, capabilities: &[Capability]) -> bool {
        !self.reference.play(program, view(capabilities), &[]).choices.is_empty()
    }

    /// Looks for a run that goes along with what was observed: none is left to be named if one does to the end, else the one that
    /// goes farthest.
    fn search(
        &mut self,
        program: &Program,
        view: View,
        compared: &Compared<'_>,
        observed: &[Json],
    ) -> Result<Option<Attempt>, String> {
        let theirs = compared.parts(observed);
        let mut best: Option<Attempt> = None;
        let mut plans: Vec<Vec<u8>> = vec![Vec::new()];
        let mut runs = 0;
        while let Some(plan) = plans.pop() {
            runs += 1;
            let most = if self.reference.is_bent() { MOST_BENT_RUNS } else { MOST_RUNS };
            if runs > most {
                return Err(format!("more than {most} runs of the model were not enough"));
            }
            let played = self.reference.play(program, view, &plan);
            let expected = Trace(played.trace).observations()?;
            let ours = compared.parts(&expected);
            let Some((at, latest)) = departure(&ours, &theirs) else { return Ok(None) };
            // Only a choice made before the departure may have led to it.
            for index in (plan.len()..played.choices.len()).rev() {
                let choice = played.choices[index];
                if choice.after as usize > latest {
                    continue;
                }
                for other in (1..choice.alternatives).rev() {
                    let mut plan: Vec<u8> = played.choices[..index].iter().map(|choice| choice.taken).collect();
                    plan.push(other);
                    plans.push(plan);
                }
            }
            if best.as_ref().is_none_or(|best| at > best.at) {
                let choices = played.choices.iter().map(|choice| choice.taken).collect();
                best = Some(Attempt { expected, at, choices });
            }
        }
        match best {
            Some(best) => Ok(Some(best)),
            None => Err("the model did not run".to_owned()),
        }
    }

    /// The step that decides about the first difference.
    fn step(
        &mut self,
        program: &Program,
        view: View,
        best: &Attempt,
        compared: &Compared<'_>,
        observed: &[Json],
        rule: &Rule,
    ) -> String {
        let expected = compared.parts(&best.expected);
        let observed = compared.parts(observed);
        let (ours, theirs) = (expected.get(best.at), observed.get(best.at));
        // What the model decided before it made the observation that is missing.
        let before = ours.map_or(best.expected.len(), |(index, _)| *index) as u32;
        let mut decisions = self.reference.decisions(program, view, &best.choices);
        decisions.retain(|decision| decision.after <= before);
        let taken = |step: &&StepId| decisions.iter().any(|decision| decision.step == **step);
        if let Some(step) = rule.steps.iter().find(taken) {
            return step.name().to_owned();
        }
        if let (Some((_, ours)), Some((_, theirs))) = (ours, theirs)
            && let Some(step) = step_of_detail(ours, theirs)
        {
            return step.to_owned();
        }
        if let Some(named) = &rule.named {
            return named.clone();
        }
        // Somebody was called who should not have been, or the other way round: what was last decided about them?
        let called = |part: Option<&Part>| Some(part?.1.get("called")?.as_str()?.to_owned());
        let about = [called(theirs), called(ours)].into_iter().flatten();
        let last_about = |name: String| {
            decisions.iter().rev().find(|decision| self.reference.subject(decision).as_ref() == Some(&name))
        };
        let decisive = about.filter_map(last_about).next().or(decisions.last());
        decisive.map_or_else(String::new, |decision| decision.step.name().to_owned())
    }
}

/// What a scenario and an implementation let be compared.
struct Compared<'a> {
    scenario: &'a Scenario,
    capabilities: &'a [Capability],
}

/// An observation that counts, with its place in the trace.
type Part = (usize, Json);

impl Compared<'_> {
    /// What counts, realm by realm.
    fn parts(&self, trace: &[Json]) -> Vec<Part> {
        counted(trace, self.scenario, self.capabilities)
    }

    /// The observations that count, whole, realm by realm.
    fn in_order(&self, trace: &[Json]) -> Vec<Json> {
        let mut items: Vec<Json> = self.parts(trace).into_iter().map(|(index, _)| trace[index].clone()).collect();
        if !self.capabilities.contains(&Capability::Script) {
            // Without script there is neither a `this` nor a list of arguments to show.
            for called in items.iter_mut().filter_map(Json::as_object_mut).filter(|item| item.contains_key("called")) {
                called.shift_remove("this");
                called.shift_remove("arguments");
            }
        }
        items
    }
}

/// The first place where two traces differ, and the latest place in the first of them that this can depend on.
fn departure(ours: &[Part], theirs: &[Part]) -> Option<(usize, usize)> {
    let at = ours.iter().zip(theirs).position(|((_, ours), (_, theirs))| ours != theirs);
    let at = at.or_else(|| (ours.len() != theirs.len()).then_some(ours.len().min(theirs.len())))?;
    // With more than one realm the order of a trace says little about what came first.
    let one_realm = ours.iter().chain(theirs).all(|(_, item)| realm(item) == "main");
    let latest = match ours.get(at) {
        Some((index, _)) if one_realm => *index,
        _ => usize::MAX,
    };
    Some((at, latest))
}

fn view(capabilities: &[Capability]) -> View {
    View {
        reported: capabilities.contains(&Capability::GlobalEvents),
        unhandled: capabilities.contains(&Capability::UnhandledRejections),
    }
}

/// The step behind a detail, where two observations are alike but for it.
fn step_of_detail(ours: &Json, theirs: &Json) -> Option<&'static str> {
    let what = kind(ours)?;
    if kind(theirs) != Some(what) {
        return None;
    }
    match what {
        "called" if ours.get("called") == theirs.get("called") => {
            if ours.get("this") != theirs.get("this") || ours.get("arguments") != theirs.get("arguments") {
                return Some("webidl/call a user object's operation/12");
            }
            step_of_member(ours.get("event")?, theirs.get("event")?)
        }
        "read" if ours.get("of") == theirs.get("of") => step_of_member(ours.get("read")?, theirs.get("read")?),
        _ => None,
    }
}

fn step_of_member(ours: &Json, theirs: &Json) -> Option<&'static str> {
    let ours = ours.as_object()?;
    let name = ours.iter().find(|(name, value)| theirs.get(name.as_str()) != Some(value)).map(|(name, _)| name)?;
    Some(match name.as_str() {
        "type" => "dom/Event.constructor/2",
        "target" | "srcElement" => "dom/invoke/3",
        "currentTarget" => "dom/invoke/7",
        "eventPhase" => match ours.get("eventPhase").and_then(Json::as_u64) {
            Some(0) => "dom/dispatch/7",
            Some(1) => "dom/dispatch/6.13.2",
            Some(3) => "dom/dispatch/6.14.2.2",
            _ => "dom/dispatch/6.13.1",
        },
        "composedPath" => "dom/Event.composedPath()/17",
        "bubbles" | "cancelable" | "composed" => "dom/inner event creation steps/4",
        "defaultPrevented" | "returnValue" => "dom/set the canceled flag/body",
        "cancelBubble" => "dom/dispatch/10",
        "isTrusted" => "dom/create an event/4",
        _ => "service-workers/Fire Functional Event/6.2",
    })
}
