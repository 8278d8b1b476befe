//! The thread that an implementation plays in.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, SyncSender};
use std::time::{Duration, Instant};

use crate::adapter::{Adapter, Failure};
use crate::scenario::Scenario;
use crate::trace::Trace;

/// How many scenarios are given to an implementation at once.
const BATCH: usize = 200;

/// How many batches are asked for before the first of them is judged. Enough to keep the implementation busy while others
/// judge. It is a number, and not "when it is known": what an implementation plays, and in which order, never depends on
/// how fast somebody judges.
pub(super) const AHEAD: usize = 3;

/// After so many batches in a row the implementation is started anew: some keep a little of each scenario for ever.
const FRESH_AFTER: usize = 250;

/// So often what deviates is played again, as long as not all of it does so each time.
const MOST_PASSES: usize = 10;

/// A scenario that was played, what it was asked for, and what came of it.
pub(super) type Answered<'a, T> = (T, Cow<'a, Scenario>, Result<Trace, Failure>);

/// Scenarios of the catalogue are borrowed, generated ones owned.
type Batch<'a> = Vec<Cow<'a, Scenario>>;

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
    /// Asks for a batch. A player that has ended shows when it is heard.
    fn ask(&self, batch: Batch<'a>) {
        let _ = self.requests.send(Request::Play(batch));
    }

    /// Has all that is asked for from now on played as by an implementation that was just started, where that can be done.
    pub(super) fn renew(&self) {
        let _ = self.requests.send(Request::Renew);
    }

    /// What came of the next batch that was asked for; nothing once the player has ended.
    fn hear(&mut self) -> Option<Played<'a>> {
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

    /// Plays scenarios in batches, and tells what came of each batch, in order, while others are played. What has no answer because the
    /// run was ended is left out, and nothing is given in the end; so it is where the player has ended.
    pub(super) fn play_each<T>(
        &mut self,
        scenarios: impl IntoIterator<Item = (T, Cow<'a, Scenario>)>,
        mut tell: impl FnMut(Vec<Answered<'a, T>>),
    ) -> Option<()> {
        let mut rest = scenarios.into_iter().peekable();
        let mut waiting: VecDeque<Vec<T>> = VecDeque::new();
        let (mut asked, mut is_whole) = (0, true);
        loop {
            while waiting.len() < AHEAD && rest.peek().is_some() {
                if asked > 0 && asked % FRESH_AFTER == 0 {
                    self.renew();
                }
                asked += 1;
                let (whats, batch) = rest.by_ref().take(BATCH).unzip();
                self.ask(batch);
                waiting.push_back(whats);
            }
            let Some(whats) = waiting.pop_front() else { return is_whole.then_some(()) };
            let Played { batch, answers, .. } = self.hear()?;
            let count = batch.len();
            let all = whats.into_iter().zip(batch).zip(answers);
            let all = all.map(|((what, scenario), answer)| (what, scenario, answer));
            let answered: Vec<Answered<'a, T>> = all.filter(|(_, _, answer)| !was_ended(answer)).collect();
            is_whole &= answered.len() == count;
            tell(answered);
        }
    }

    /// Plays again what deviated: by an implementation that was just started and in the opposite order, as what one scenario leaves
    /// behind is not to be held against another. What does not come back may have left something behind too, so what did is played once
    /// more, until all of it comes back. Gives that, and whether the run went on to the end of it.
    pub(super) fn play_again<T: Copy>(
        &mut self,
        mut deviating: Vec<(T, Cow<'a, Scenario>)>,
        mut comes_back: impl FnMut(T, &Scenario, Result<Trace, Failure>) -> bool,
    ) -> (Vec<T>, Option<()>) {
        deviating.reverse();
        let mut whole = Some(());
        for _ in 0..MOST_PASSES {
            if deviating.is_empty() || whole.is_none() {
                break;
            }
            let asked = deviating.len();
            let mut back = Vec::new();
            self.renew();
            whole = self.play_each(deviating, |batch| {
                for (what, scenario, answer) in batch {
                    if comes_back(what, &scenario, answer) {
                        back.push((what, scenario));
                    }
                }
            });
            deviating = back;
            if deviating.len() == asked {
                break;
            }
        }
        (deviating.into_iter().map(|(what, _)| what).collect(), whole)
    }
}

/// Why there is no answer where a run was ended.
const ENDED: &str = "the run was ended";

/// Whether there is no answer because the run was ended.
fn was_ended(answer: &Result<Trace, Failure>) -> bool {
    matches!(answer, Err(Failure::Timeout(message)) if message == ENDED)
}
