//! Runs scenarios on an implementation and makes a report of it.
//!
//! The implementation plays in a thread of its own while the traces it gave before are judged. What deviates is played
//! once more before it is believed: a deviation that does not come back is none.

mod conclusion;
mod diagnosis;
mod examples;
mod generated;
mod kept;
mod merge;
mod named;
mod order;
mod player;
mod record;
mod shard;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{channel, sync_channel};
use std::time::{Duration, Instant};

use bgfspec_report as reports;

use self::generated::Found;
pub use self::merge::merge;
use self::order::Item;
pub use self::order::Order;
use self::player::{AHEAD, Stage};
use self::record::Record;
pub use self::record::lacking;
pub use self::shard::Shard;
use crate::adapter::{Adapter, AdapterError, Identity};
use crate::catalogue::Catalogue;
use crate::generation::Generator;
use crate::generation::exhaustive::Space;
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
    /// Leave the named scenarios out.
    pub only_generated: bool,
    /// How many generated scenarios are played as well, at most; if any, so are those that are kept.
    pub cases: u64,
    /// How long generated scenarios are drawn and played, if there is an end to it before all cases are.
    pub time: Option<Duration>,
    /// What they are drawn by.
    pub seed: u64,
    /// Which spaces are gone through as well, to their end.
    pub exhaustive: Vec<Space>,
    /// Which share of all is played here.
    pub shard: Shard,
}

/// Told of a run while it goes on.
pub trait Progress {
    /// The implementation has started and will play so many scenarios; nobody knows how many where time ends it.
    fn started(&mut self, identity: &Identity, scenarios: Option<usize>);
    /// So many more scenarios have been judged.
    fn judged(&mut self, count: usize);
    /// All scenarios have been judged; what is behind the deviations is looked for.
    fn diagnosing(&mut self) {}
    /// It is over.
    fn finished(&mut self);
}

/// Tells nobody.
#[derive(Debug)]
pub struct Silent;

impl Progress for Silent {
    fn started(&mut self, _: &Identity, _: Option<usize>) {}
    fn judged(&mut self, _: usize) {}
    fn finished(&mut self) {}
}

impl Options {
    /// As many generated scenarios as there is time for.
    pub const UNLIMITED: u64 = u64::MAX;

    fn is_unlimited(&self) -> bool {
        self.cases == Options::UNLIMITED
    }

    /// Whether everything is asked for.
    #[must_use]
    pub fn wants_all(&self) -> bool {
        self.filter.is_none() && self.capability.is_none() && !self.only_generated
    }

    /// The same in the words of the report.
    #[must_use]
    pub fn selection(&self) -> reports::Selection {
        reports::Selection {
            filter: self.filter.clone(),
            capability: self.capability.map(Capability::name),
            cases: if self.is_unlimited() { 0 } else { self.cases },
            seconds: self.time.map(|time| time.as_secs_f64()),
            exhaustive: self.exhaustive.iter().map(|space| space.name().to_owned()).collect(),
            shard: (!self.shard.is_all()).then(|| self.shard.to_string()),
        }
    }

    /// What a report was made from, but for the order.
    ///
    /// # Errors
    /// Says which word of it is unknown.
    pub fn of_report(report: &reports::Report) -> Result<Self, String> {
        let selection = &report.selection;
        let known = |name: &String| Capability::named(name).ok_or_else(|| format!("unknown capability `{name}`"));
        Ok(Options {
            filter: selection.filter.clone(),
            capability: selection.capability.as_ref().map(known).transpose()?,
            order: Order::Catalogue,
            only_generated: false,
            cases: if selection.cases == 0 && selection.seconds.is_some() {
                Options::UNLIMITED
            } else {
                selection.cases
            },
            time: selection.seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok()),
            seed: report.seed,
            exhaustive: Space::ALL
                .into_iter()
                .filter(|space| selection.exhaustive.iter().any(|name| name == space.name()))
                .collect(),
            shard: selection.shard.as_deref().map_or(Ok(Shard::default()), str::parse)?,
        })
    }

    /// Whether a scenario is asked for.
    #[must_use]
    pub fn wants(&self, scenario: &Scenario) -> bool {
        let has = |text: &str, filter: &str| text.to_lowercase().contains(&filter.to_lowercase());
        let by_name = self.filter.as_ref().is_none_or(|filter| {
            has(&scenario.title, filter) || scenario.requirements.iter().any(|id| has(id, filter))
        });
        !self.only_generated
            && by_name
            && self.capability.is_none_or(|capability| scenario.capabilities().contains(&capability))
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
        let (requests, asked) = channel();
        let (results, played) = sync_channel(AHEAD);
        let stopped = Arc::clone(stop);
        let player = scope.spawn(move || {
            let mut adapter = match start() {
                Ok(adapter) => adapter,
                Err(error) => {
                    let _ = hello.send(Err(error));
                    return;
                }
            };
            let who = (adapter.identity(), adapter.configuration());
            let _ = hello.send(Ok((who, adapter.capabilities(), adapter.lacks(), adapter.lifetimes())));
            player::play(adapter.as_mut(), &stopped, &asked, &results);
        });
        let Ok(hello) = who.recv() else {
            // Joined, so that its panic ends nobody else.
            let _ = player.join();
            return Err(AdapterError("the adapter ended before it said anything".to_owned()));
        };
        let ((identity, configuration), capabilities, lacks, lifetimes) = hello?;
        let mut stage = Stage { requests, results: played, stop: Arc::clone(stop), playing: Duration::ZERO };
        let mut record = Record::new(catalogue, &capabilities, lacks);
        let to_play = record.set_aside(&wanted, options.shard);
        let spaces = spaces(options, &capabilities);
        let kept = kept(catalogue, options, &capabilities);
        let swept = kept.len() as u64 + spaces.iter().map(|space| space.playable).sum::<u64>();
        let all = |cases: u64| to_play.len() + options.shard.share_of(swept + cases) as usize;
        progress.started(&identity, options.time.is_none().then(|| all(options.cases)));
        let playable = to_play.len();
        named::play(to_play, options.order, &mut stage, &mut record, progress);
        let named = record.decided();
        let mut found = Found::default();
        let mut complete = named as usize == playable;
        let mut found_by_kept = Found::default();
        if complete && !kept.is_empty() {
            let source = (0..).zip(kept.iter().copied()).filter(|(number, _)| options.shard.has(*number));
            let source = source.map(|(number, scenario)| (number, scenario.clone()));
            found_by_kept = generated::play(Some(kept.len() as u64), source, &mut stage, &mut record, progress);
            complete = found_by_kept.complete;
        }
        if options.cases > 0 && complete {
            let mut generator = Generator::new(catalogue, &capabilities, lifetimes, options.seed);
            let source = options.shard.numbers(options.cases).map(|number| (number, generator.case(number)));
            let drawing = Instant::now();
            // However short the time, one is drawn.
            let in_time = |drawn: usize| drawn == 0 || options.time.is_none_or(|time| drawing.elapsed() < time);
            let source = source.enumerate().take_while(move |(drawn, _)| in_time(*drawn)).map(|(_, case)| case);
            let cases = options.time.is_none().then_some(options.cases);
            found = generated::play(cases, source, &mut stage, &mut record, progress);
            complete = found.complete;
        }
        let mut exhausted = Vec::new();
        for space in spaces {
            if complete {
                let source = (0..).zip(space.scenarios(&capabilities)).filter(|(number, _)| options.shard.has(*number));
                let found = generated::play(Some(space.playable), source, &mut stage, &mut record, progress);
                complete = found.complete;
                exhausted.push((space, found));
            }
        }
        progress.diagnosing();
        let steps = conclusion::steps(&record.coverage());
        let findings = record.findings(options);
        let swept = exhausted.iter().map(|(_, found)| found).chain([&found, &found_by_kept]);
        let played = swept.map(Found::played).sum::<u64>();
        let (kept, mut failures) = found_by_kept.into_report();
        let (generated, failed) = found.into_report();
        failures.extend(failed);
        let exhaustive = exhausted.into_iter().filter_map(|(space, found)| {
            let (result, failed) = found.into_report();
            failures.extend(failed);
            Some(reports::Exhaustive { space: space.of.name().to_owned(), bound: space.bound(), result: result? })
        });
        let exhaustive = exhaustive.collect();
        let mut run = reports::Run {
            requirements: findings.outcomes,
            implementation: reports::Implementation {
                name: identity.name,
                version: identity.version,
                scope: identity.scope,
                capabilities: capabilities.iter().map(|capability| capability.name()).collect(),
            },
            configuration,
            scenarios: named + played,
            elapsed_ms: 0,
            playing_ms: 0,
            complete,
            steps,
            unexplained: 0,
            deviations: findings.deviations,
            causes: Vec::new(),
            apart: Vec::new(),
            failures: findings.failures.into_iter().chain(failures).collect(),
            kept,
            generated,
            exhaustive,
            verification: None,
            clicks: Vec::new(),
        };
        let conforming = wanted.iter().filter(|item| findings.conforming.contains(&item.position));
        let conforming: Vec<&Scenario> = conforming.map(|item| item.scenario).collect();
        if options.shard.is_all() {
            conclusion::conclude(&mut run, &conforming, catalogue);
            let capabilities: Vec<Capability> = capabilities.iter().copied().collect();
            if complete {
                examples::make_small(&mut run, &capabilities, &mut stage, catalogue);
            }
        } else {
            // What generated scenarios found is added once all shares are there.
            diagnosis::of_deviations(&mut run, &conforming, catalogue);
        }
        let Stage { requests, playing, .. } = stage;
        drop(requests);
        run.complete &= player.join().is_ok();
        progress.finished();
        run.playing_ms = playing.as_millis() as u64;
        run.elapsed_ms = begun.elapsed().as_millis() as u64;
        Ok(run)
    })
}

/// Finds the causes of a run's deviations anew, and notes them there; the scenarios are those that it conforms on.
pub(crate) fn diagnose(run: &mut reports::Run, conforming: &[&Scenario], catalogue: &Catalogue) {
    diagnosis::of_deviations(run, conforming, catalogue);
}

/// The kept scenarios that go with generated ones and can be played.
fn kept<'a>(catalogue: &'a Catalogue, options: &Options, capabilities: &BTreeSet<Capability>) -> Vec<&'a Scenario> {
    let all = catalogue.kept.iter().map(|(_, scenario)| scenario).filter(|_| options.cases > 0);
    all.filter(|scenario| scenario.capabilities().is_subset(capabilities)).collect()
}

/// What an implementation can play of a space.
struct PartOfSpace {
    of: Space,
    all: u64,
    playable: u64,
}

impl PartOfSpace {
    /// Its scenarios, in the order of the space.
    fn scenarios(&self, capabilities: &BTreeSet<Capability>) -> impl Iterator<Item = Scenario> {
        self.of.scenarios().filter(move |scenario| scenario.capabilities().is_subset(capabilities))
    }

    /// How far it goes, in sentences.
    fn bound(&self) -> String {
        let bound = self.of.bound();
        match self.all - self.playable {
            0 => bound,
            left_out => format!("{bound} {left_out} of them need what this implementation lacks."),
        }
    }
}

/// The spaces that are to be gone through, as far as they can be played.
fn spaces(options: &Options, capabilities: &BTreeSet<Capability>) -> Vec<PartOfSpace> {
    let part = |of: &Space| {
        let mut part = PartOfSpace { of: *of, all: 0, playable: 0 };
        for scenario in of.scenarios() {
            part.all += 1;
            part.playable += u64::from(scenario.capabilities().is_subset(capabilities));
        }
        part
    };
    options.exhaustive.iter().map(part).filter(|part| part.playable > 0).collect()
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
            requirements.push(requirement.in_report(&area.title));
        }
    }
    requirements
}
