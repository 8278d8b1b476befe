//! Runs scenarios on an implementation and makes a report of it.
//!
//! The implementation plays in a thread of its own while the traces it gave before are judged. What deviates is played
//! once more before it is believed: a deviation that does not come back is none.

mod diagnosis;
mod order;
mod player;
mod record;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{channel, sync_channel};
use std::time::{Duration, Instant};

use bgfspec_model::step::{Coverage, StepId};
use bgfspec_reports::report as reports;

pub use self::order::Order;
use self::player::{Item, Player, Round};
use self::record::Record;
use crate::adapter::{Adapter, AdapterError, Identity};
use crate::catalogue::Catalogue;
use crate::scenario::{Capability, Scenario};

/// Starts an adapter, in the thread that it will live in.
pub type Start = Box<dyn FnOnce() -> Result<Box<dyn Adapter>, AdapterError> + Send>;

/// How a run is to be done.
#[derive(Clone, Default, Debug)]
pub struct Options {
    /// Only scenarios whose title, requirement or area contains this.
    pub filter: Option<String>,
    /// Only scenarios that need this.
    pub capability: Option<Capability>,
    /// In which order scenarios are played. It changes no verdict and not the order of the report.
    pub order: Order,
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
    let wanted: Vec<Item<'_>> = catalogue
        .scenarios
        .iter()
        .filter(|scenario| options.wants(scenario))
        .enumerate()
        .map(|(position, scenario)| Item { position, scenario })
        .collect();
    std::thread::scope(|scope| {
        let (hello, who) = sync_channel(1);
        let (results, judged) = sync_channel(2);
        let (again, to_repeat) = channel();
        let mut to_play = wanted.clone();
        options.order.arrange(&mut to_play);
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
            let _ = hello.send(Ok((adapter.identity(), capabilities.clone(), adapter.lacks())));
            to_play.retain(|item| item.scenario.capabilities().is_subset(&capabilities));
            Player { adapter: adapter.as_mut(), stop: &stopped, results, to_repeat }.play(&to_play);
        });
        let Ok(hello) = who.recv() else {
            // Joined, so that its panic ends nobody else.
            let _ = player.join();
            return Err(AdapterError("the adapter ended before it said anything".to_owned()));
        };
        let (identity, capabilities, lacks) = hello?;
        let mut record = Record::new(catalogue, &capabilities, lacks);
        let playable = record.set_aside(&wanted);
        progress.started(&identity, playable);
        let mut batches = player::batches(playable);
        let mut again = Some(again).filter(|_| batches > 0);
        let mut playing = Duration::ZERO;
        for played in judged {
            playing += played.took;
            let mut answers: Vec<_> = played.batch.iter().copied().zip(played.answers).collect();
            // That a run was ended is nobody's fault.
            answers.retain(|(_, answer)| answer.is_ok() || !stop.load(Ordering::Relaxed));
            let before = record.decided();
            match played.round {
                Round::First => {
                    let doubtful = answers.into_iter().filter_map(|(item, answer)| record.judge(item, answer));
                    let doubtful: Vec<Item<'_>> = doubtful.collect();
                    batches -= 1;
                    // The player waits for what is to be repeated of each batch, be it nothing; a player that has
                    // ended needs no answer.
                    let _ = again.as_ref().map(|again| again.send(doubtful));
                    again = again.filter(|_| batches > 0);
                }
                Round::Again => answers.into_iter().for_each(|(item, answer)| record.confirm(item, answer)),
            }
            progress.judged((record.decided() - before) as usize);
        }
        let ended_well = player.join().is_ok();
        let complete = ended_well && record.decided() as usize == playable;
        progress.finished();
        let steps = steps(&record.coverage());
        let scenarios = record.decided();
        let mut findings = record.findings(options);
        let conforming = wanted.iter().filter(|item| findings.conforming.contains(&item.position));
        let conforming: Vec<&Scenario> = conforming.map(|item| item.scenario).collect();
        let capable: Vec<Capability> = capabilities.iter().copied().collect();
        let diagnosed = diagnosis::of_deviations(&mut findings.deviations, &conforming, &capable);
        Ok(reports::Run {
            requirements: findings.outcomes,
            implementation: reports::Implementation {
                name: identity.name,
                version: identity.version,
                scope: identity.scope,
                capabilities: capabilities.iter().map(|capability| capability.name()).collect(),
            },
            scenarios,
            elapsed_ms: begun.elapsed().as_millis() as u64,
            playing_ms: playing.as_millis() as u64,
            complete,
            steps,
            unexplained: diagnosed.unexplained,
            deviations: findings.deviations,
            quirks: diagnosed.quirks,
            failures: findings.failures,
            clicks: Vec::new(),
        })
    })
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
