//! The thread that an implementation plays in.

use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, SyncSender};
use std::time::{Duration, Instant};

use crate::adapter::{Adapter, Failure};
use crate::scenario::Scenario;
use crate::trace::Trace;

/// How many scenarios are given to an implementation at once.
pub(super) const BATCH: usize = 200;

/// How many batches are asked for before the first of them is judged. Enough to keep the implementation busy while others
/// judge. It is a number, and not "when it is known": what an implementation plays, and in which order, never depends on
/// how fast somebody judges.
pub(super) const AHEAD: usize = 3;

/// Scenarios of the catalogue are borrowed, generated ones owned.
pub(super) type Batch<'a> = Vec<Cow<'a, Scenario>>;

/// What is asked of the player.
pub(super) enum Request<'a> {
    Play(Batch<'a>),
    /// What was played so far is to have left nothing behind.
    Renew,
}

/// A batch and what came of it.
pub(super) struct Played<'a> {
    pub(super) batch: Batch<'a>,
    pub(super) answers: Vec<Result<Trace, Failure>>,
    pub(super) took: Duration,
}

/// Plays what is asked for, until nothing is asked for any more or the run is ended.
pub(super) fn play<'a>(
    adapter: &mut dyn Adapter,
    stop: &AtomicBool,
    requests: &Receiver<Request<'a>>,
    results: &SyncSender<Played<'a>>,
) {
    while let Ok(request) = requests.recv() {
        if stop.load(Ordering::Relaxed) {
            return;
        }
        let Request::Play(batch) = request else {
            adapter.renew();
            continue;
        };
        let scenarios: Vec<&Scenario> = batch.iter().map(Cow::as_ref).collect();
        let begun = Instant::now();
        let answers = adapter.run_batch(&scenarios);
        let took = begun.elapsed();
        if results.send(Played { batch, answers, took }).is_err() {
            return;
        }
    }
}

/// The other end: asks, and hears what came of it, in the order of asking.
pub(super) struct Stage<'a> {
    pub(super) requests: Sender<Request<'a>>,
    pub(super) results: Receiver<Played<'a>>,
    pub(super) stop: Arc<AtomicBool>,
    /// How long the implementation took for all so far.
    pub(super) playing: Duration,
}

impl<'a> Stage<'a> {
    /// Asks for a batch, which may be empty. A player that has ended shows when it is heard.
    pub(super) fn ask(&self, batch: Batch<'a>) {
        let _ = self.requests.send(Request::Play(batch));
    }

    /// Has all that is asked for from now on played as by an implementation that was just started, where that can be done.
    pub(super) fn renew(&self) {
        let _ = self.requests.send(Request::Renew);
    }

    /// What came of the next batch that was asked for; nothing once the player has ended.
    pub(super) fn hear(&mut self) -> Option<Played<'a>> {
        let mut played = self.results.recv().ok()?;
        self.playing += played.took;
        if self.stop.load(Ordering::Relaxed) {
            // That a run was ended is nobody's fault.
            played.answers.iter_mut().filter(|answer| answer.is_err()).for_each(|answer| {
                *answer = Err(Failure::Timeout(ENDED.to_owned()));
            });
        }
        Some(played)
    }

    /// Plays scenarios in batches, and tells what came of each, in order, while others are played; nothing once the run was ended.
    pub(super) fn play_each(
        &mut self,
        scenarios: impl IntoIterator<Item = Scenario>,
        mut tell: impl FnMut(&Scenario, Result<Trace, Failure>),
    ) -> Option<()> {
        let mut waiting = 0;
        let mut rest = scenarios.into_iter().map(Cow::Owned).peekable();
        while rest.peek().is_some() || waiting > 0 {
            while waiting < AHEAD && rest.peek().is_some() {
                self.ask(rest.by_ref().take(BATCH).collect());
                waiting += 1;
            }
            let Played { batch, answers, .. } = self.hear()?;
            waiting -= 1;
            for (scenario, answer) in batch.iter().zip(answers) {
                if was_ended(&answer) {
                    return None;
                }
                tell(scenario, answer);
            }
        }
        Some(())
    }
}

/// Why there is no answer where a run was ended.
const ENDED: &str = "the run was ended";

/// Whether there is no answer because the run was ended.
pub(super) fn was_ended(answer: &Result<Trace, Failure>) -> bool {
    matches!(answer, Err(Failure::Timeout(message)) if message == ENDED)
}
