//! The thread that an implementation plays in.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender};
use std::time::{Duration, Instant};

use crate::adapter::{Adapter, Failure};
use crate::scenario::Scenario;
use crate::trace::Trace;

/// How many scenarios are given to an implementation at once.
const BATCH: usize = 200;

/// How many batches are played before what is to be repeated of the first of them is asked for. Enough to keep the
/// implementation busy while others judge. It is a number, and not "when it is known": what an implementation plays,
/// and in which order, never depends on how fast somebody judges.
const AHEAD: usize = 3;

/// A scenario and its place among those that are wanted, in the order of the catalogue.
#[derive(Clone, Copy)]
pub(super) struct Item<'a> {
    pub(super) position: usize,
    pub(super) scenario: &'a Scenario,
}

/// Why a batch was played.
#[derive(Clone, Copy)]
pub(super) enum Round {
    /// As all are.
    First,
    /// Because its scenarios deviated.
    Again,
}

/// A batch and what came of it.
pub(super) struct Played<'a> {
    pub(super) round: Round,
    pub(super) batch: Vec<Item<'a>>,
    pub(super) answers: Vec<Result<Trace, Failure>>,
    pub(super) took: Duration,
}

/// How many batches so many scenarios make.
pub(super) fn batches(scenarios: usize) -> usize {
    scenarios.div_ceil(BATCH)
}

/// Plays with an adapter, and tells and asks by channels.
pub(super) struct Player<'a, 'p> {
    pub(super) adapter: &'p mut dyn Adapter,
    pub(super) stop: &'p AtomicBool,
    pub(super) results: SyncSender<Played<'a>>,
    /// One message for each first batch, in order: the scenarios of it that are to be repeated.
    pub(super) to_repeat: Receiver<Vec<Item<'a>>>,
}

/// Nobody wants to know any more.
struct Ended;

impl<'a> Player<'a, '_> {
    /// Plays all, and what is to be repeated of them.
    pub(super) fn play(mut self, items: &[Item<'a>]) {
        // Either way the channel ends with this, and whoever judges knows.
        let _: Result<(), Ended> = self.play_all(items);
    }

    fn play_all(&mut self, items: &[Item<'a>]) -> Result<(), Ended> {
        for (number, batch) in items.chunks(BATCH).enumerate() {
            if number >= AHEAD {
                let again = self.to_repeat.recv().map_err(|_| Ended)?;
                self.play_batch(Round::Again, again)?;
            }
            self.play_batch(Round::First, batch.to_vec())?;
        }
        while let Ok(again) = self.to_repeat.recv() {
            self.play_batch(Round::Again, again)?;
        }
        Ok(())
    }

    fn play_batch(&mut self, round: Round, batch: Vec<Item<'a>>) -> Result<(), Ended> {
        if batch.is_empty() {
            return Ok(());
        }
        if self.stop.load(Ordering::Relaxed) {
            return Err(Ended);
        }
        let scenarios: Vec<&Scenario> = batch.iter().map(|item| item.scenario).collect();
        let begun = Instant::now();
        let answers = self.adapter.run_batch(&scenarios);
        let took = begun.elapsed();
        self.results.send(Played { round, batch, answers, took }).map_err(|_| Ended)
    }
}
