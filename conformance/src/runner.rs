//! Runs scenarios on an implementation and makes a report of it.
//!
//! The implementation plays in a thread of its own while the traces it gave before are judged.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::sync_channel;
use std::time::Instant;

use bgfspec_model::step::{Coverage, StepId};
use bgfspec_reports::{observation_line, report as reports};

use crate::adapter::{Adapter, AdapterError, Failure, Identity};
use crate::catalogue::{Catalogue, Requirement};
use crate::judge::{Judge, Judgement};
use crate::scenario::{Capability, Scenario};
use crate::trace::Trace;

/// Starts an adapter, in the thread that it will live in.
pub type Start = Box<dyn FnOnce() -> Result<Box<dyn Adapter>, AdapterError> + Send>;

/// How many scenarios are given to an implementation at once.
const BATCH: usize = 200;

/// How a run is to be done.
#[derive(Clone, Default, Debug)]
pub struct Options {
    /// Only scenarios whose title, requirement or area contains this.
    pub filter: Option<String>,
    /// Only scenarios that need this.
    pub capability: Option<Capability>,
}

/// Told of a run while it goes on.
pub trait Progress {
    /// The implementation has started and will play so many scenarios.
    fn started(&mut self, identity: &Identity, scenarios: usize);
    /// So many more scenarios have been judged.
    fn judged(&mut self, count: usize);
    /// It is over.
    fn finished(&mut self);
}

/// Tells nobody.
#[derive(Debug)]
pub struct Silent;

impl Progress for Silent {
    fn started(&mut self, _: &Identity, _: usize) {}
    fn judged(&mut self, _: usize) {}
    fn finished(&mut self) {}
}

/// What is known of one requirement while a run goes on.
#[derive(Default)]
struct Tally {
    conforming: u64,
    deviations: Vec<String>,
    inconclusive: Vec<String>,
    not_applicable: BTreeSet<Capability>,
}

/// What a run is made of.
struct Record {
    tallies: BTreeMap<String, Tally>,
    deviations: Vec<reports::Deviation>,
    failures: Vec<reports::Failure>,
    scenarios: u64,
}

impl Options {
    /// Whether everything is asked for.
    #[must_use]
    pub fn wants_all(&self) -> bool {
        self.filter.is_none() && self.capability.is_none()
    }

    /// Whether a scenario is asked for.
    #[must_use]
    pub fn wants(&self, scenario: &Scenario) -> bool {
        let has = |text: &str, filter: &str| text.to_lowercase().contains(&filter.to_lowercase());
        let by_name = self.filter.as_ref().is_none_or(|filter| {
            has(&scenario.title, filter) || scenario.requirements.iter().any(|id| has(id, filter))
        });
        by_name && self.capability.is_none_or(|capability| scenario.capabilities().contains(&capability))
    }
}

/// Runs the scenarios that are wanted and says how the implementation fared.
///
/// # Errors
/// Says why the implementation could not be judged at all.
pub fn run(
    start: Start,
    catalogue: &Catalogue,
    options: &Options,
    stop: &Arc<AtomicBool>,
    progress: &mut dyn Progress,
) -> Result<reports::Run, AdapterError> {
    let begun = Instant::now();
    let wanted: Vec<&Scenario> = catalogue.scenarios.iter().filter(|scenario| options.wants(scenario)).collect();
    std::thread::scope(|scope| {
        let (hello, who) = sync_channel(1);
        let (results, judged) = sync_channel(2);
        let to_play = wanted.clone();
        let stopped = Arc::clone(stop);
        let player = scope.spawn(move || {
            let mut adapter = match start() {
                Ok(adapter) => adapter,
                Err(error) => {
                    let _ = hello.send(Err(error));
                    return;
                }
            };
            let capabilities = adapter.capabilities();
            let _ = hello.send(Ok((adapter.identity(), capabilities.clone())));
            let playable: Vec<&Scenario> =
                to_play.into_iter().filter(|scenario| scenario.capabilities().is_subset(&capabilities)).collect();
            for batch in playable.chunks(BATCH) {
                if stopped.load(Ordering::Relaxed) {
                    return;
                }
                let answers = adapter.run_batch(batch);
                if results.send((batch.to_vec(), answers)).is_err() {
                    return;
                }
            }
        });
        let Ok(hello) = who.recv() else {
            // Joined, so that its panic ends nobody else.
            let _ = player.join();
            return Err(AdapterError("the adapter ended before it said anything".to_owned()));
        };
        let (identity, capabilities) = hello?;
        let mut record =
            Record { tallies: BTreeMap::new(), deviations: Vec::new(), failures: Vec::new(), scenarios: 0 };
        let playable = record.set_aside(&wanted, &capabilities);
        progress.started(&identity, playable);
        let capabilities: Vec<Capability> = capabilities.into_iter().collect();
        let mut judge = Judge::new();
        for (batch, answers) in judged {
            for (scenario, answer) in batch.iter().zip(answers) {
                // That a run was ended is nobody's fault.
                if answer.is_err() && stop.load(Ordering::Relaxed) {
                    continue;
                }
                record.judge(&mut judge, catalogue, scenario, &capabilities, answer);
            }
            progress.judged(batch.len());
        }
        let ended_well = player.join().is_ok();
        let complete = ended_well && record.scenarios as usize == playable;
        progress.finished();
        let taken = judge.reference().coverage().clone();
        Ok(reports::Run {
            requirements: record.outcomes(catalogue, options),
            implementation: reports::Implementation {
                name: identity.name,
                version: identity.version,
                scope: identity.scope,
                capabilities: capabilities.iter().map(|capability| capability.name()).collect(),
            },
            scenarios: record.scenarios,
            elapsed_ms: begun.elapsed().as_millis() as u64,
            complete,
            steps: steps(&taken),
            unexplained: record.deviations.len() as u64,
            deviations: record.deviations,
            quirks: Vec::new(),
            failures: record.failures,
        })
    })
}

impl Record {
    /// Notes which scenarios the implementation can't play; gives the number of the others.
    fn set_aside(&mut self, wanted: &[&Scenario], capabilities: &BTreeSet<Capability>) -> usize {
        let mut playable = 0;
        for scenario in wanted {
            let lacking: Vec<Capability> = scenario.capabilities().difference(capabilities).copied().collect();
            playable += usize::from(lacking.is_empty());
            for id in &scenario.requirements {
                self.tallies.entry(id.clone()).or_default().not_applicable.extend(&lacking);
            }
        }
        playable
    }

    fn judge(
        &mut self,
        judge: &mut Judge,
        catalogue: &Catalogue,
        scenario: &Scenario,
        capabilities: &[Capability],
        answer: Result<Trace, Failure>,
    ) {
        self.scenarios += 1;
        // What is no trace to the letter is a fault of the agent's.
        let answer = answer.and_then(|trace| match judge.reference().compile(scenario) {
            Ok(program) => {
                let likely = catalogue.steps_of(scenario);
                // A panic of the model is a bug in it, and takes nobody else's verdict away.
                let judged = AssertUnwindSafe(|| judge.judge(scenario, &program, capabilities, &trace, &likely));
                let judgement = catch_unwind(judged).unwrap_or_else(|_| {
                    *judge = Judge::new();
                    Judgement::Inconclusive("the model panicked".to_owned())
                });
                match (&judgement, trace.observations()) {
                    (Judgement::Inconclusive(_), Err(error)) => Err(Failure::Protocol(error)),
                    _ => Ok(judgement),
                }
            }
            Err(error) => Ok(Judgement::Inconclusive(error.to_string())),
        });
        let judgement = match answer {
            Ok(judgement) => judgement,
            Err(failure) => {
                let message = failure.to_string();
                self.failures.push(reports::Failure {
                    kind: match failure {
                        Failure::Timeout(_) => reports::FailureKind::Timeout,
                        Failure::Crash(_) => reports::FailureKind::Crash,
                        Failure::Protocol(_) => reports::FailureKind::Protocol,
                    },
                    title: scenario.title.clone(),
                    scenario: serde_json::to_value(scenario).ok(),
                    message: message.clone(),
                    requirements: scenario.requirements.clone(),
                });
                Judgement::Inconclusive(message)
            }
        };
        let tallies = &mut self.tallies;
        let mut each = |note: &dyn Fn(&mut Tally)| {
            for id in &scenario.requirements {
                note(tallies.entry(id.clone()).or_default());
            }
        };
        match judgement {
            Judgement::Conforms => each(&|tally| tally.conforming += 1),
            Judgement::Inconclusive(reason) => each(&|tally| tally.inconclusive.push(reason.clone())),
            Judgement::Deviates(departure) => {
                let id = scenario.id();
                each(&|tally| tally.deviations.push(id.clone()));
                let expected = departure.expected.get(departure.first_difference);
                let observed = departure.observed.get(departure.first_difference);
                let line =
                    |item: Option<&serde_json::Value>| item.map_or_else(|| "nothing more".to_owned(), observation_line);
                self.deviations.push(reports::Deviation {
                    id,
                    requirements: scenario.requirements.clone(),
                    title: scenario.title.clone(),
                    link: link(catalogue, scenario, &departure.step),
                    explanation: format!(
                        "Observation {} should be: {}. It was: {}.",
                        departure.first_difference + 1,
                        line(expected),
                        line(observed)
                    ),
                    step: departure.step,
                    quirks: Vec::new(),
                    first_difference: departure.first_difference,
                    scenario: serde_json::to_value(scenario).unwrap_or_default(),
                    expected: departure.expected,
                    observed: departure.observed,
                    occurrences: 1,
                });
            }
        }
    }

    fn outcomes(&self, catalogue: &Catalogue, options: &Options) -> Vec<reports::Outcome> {
        let counts = catalogue.counts();
        catalogue
            .adopted()
            .filter_map(|requirement| {
                let tally = self.tallies.get(&requirement.id);
                if tally.is_none() && counts.contains_key(requirement.id.as_str()) {
                    // Its scenarios were not asked for.
                    return None;
                }
                if tally.is_none() && !options.wants_all() {
                    return None;
                }
                Some(outcome(requirement, tally))
            })
            .collect()
    }
}

fn outcome(requirement: &Requirement, tally: Option<&Tally>) -> reports::Outcome {
    use reports::Verdict;
    let (verdict, reason) = match tally {
        None => (Verdict::Untested, requirement.untested.clone()),
        Some(tally) if !tally.deviations.is_empty() => (Verdict::Deviates, None),
        Some(tally) if !tally.inconclusive.is_empty() => (Verdict::Inconclusive, tally.inconclusive.first().cloned()),
        Some(tally) if tally.conforming > 0 => (Verdict::Conforms, None),
        Some(tally) => {
            let lacking: Vec<String> = tally.not_applicable.iter().map(|capability| capability.name()).collect();
            (Verdict::NotApplicable, Some(format!("lacks {}", lacking.join(", "))))
        }
    };
    let scenarios =
        tally.map_or(0, |tally| tally.conforming + tally.deviations.len() as u64 + tally.inconclusive.len() as u64);
    reports::Outcome {
        id: requirement.id.clone(),
        level: requirement.level,
        verdict,
        scenarios,
        deviations: tally.map(|tally| tally.deviations.clone()).unwrap_or_default(),
        reason,
    }
}

/// Where the text of a step stands: at the requirement whose step it is, or else at the scenario's own.
fn link(catalogue: &Catalogue, scenario: &Scenario, step: &str) -> String {
    let own = scenario.requirements.first().and_then(|id| catalogue.requirement(id).ok());
    let of_step = catalogue.adopted().find(|requirement| requirement.step == step);
    of_step.or(own).map(|requirement| requirement.link.clone()).unwrap_or_default()
}

fn steps(taken: &Coverage) -> reports::Steps {
    let reachable = StepId::all().filter(|step| bgfspec_model::status::without_code(*step).is_none()).count();
    reports::Steps { taken: taken.iter().count() as u32, reachable: reachable as u32 }
}

/// The catalogue in the words of the report: what is asked for, or all of it.
#[must_use]
pub fn catalogue_of_report(catalogue: &Catalogue, options: &Options) -> Vec<reports::Requirement> {
    let wanted: BTreeSet<&str> = catalogue
        .scenarios
        .iter()
        .filter(|scenario| options.wants(scenario))
        .flat_map(|scenario| scenario.requirements.iter().map(String::as_str))
        .collect();
    let mut requirements = Vec::new();
    for area in &catalogue.areas {
        let adopted = area.requirements.iter().filter(|requirement| requirement.is_adopted());
        for requirement in adopted.filter(|of| options.wants_all() || wanted.contains(of.id.as_str())) {
            requirements.push(reports::Requirement {
                id: requirement.id.clone(),
                area: area.code.clone(),
                area_title: area.title.clone(),
                spec: requirement.spec.clone(),
                step: requirement.step.clone(),
                level: requirement.level,
                statement: requirement.statement.clone(),
                link: requirement.link.clone(),
                untested: requirement.untested.clone(),
            });
        }
    }
    requirements
}
