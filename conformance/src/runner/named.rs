//! The scenarios of the catalogue.

use std::borrow::Cow;
use std::collections::VecDeque;

use super::player::{AHEAD, BATCH, Stage, was_ended};
use super::record::Record;
use super::{Order, Progress};
use crate::adapter::Failure;
use crate::scenario::Scenario;
use crate::trace::Trace;

/// A scenario and its place among those that are wanted, in the order of the catalogue.
#[derive(Clone, Copy)]
pub(super) struct Item<'a> {
    pub(super) position: usize,
    pub(super) scenario: &'a Scenario,
}

/// So often what deviates is played again, as long as not all of it does so each time.
pub(super) const MOST_PASSES: usize = 10;

/// Plays all and judges what comes. What deviates is played again, by an implementation that was just started and in the opposite
/// order: what one scenario leaves behind is not to be held against another.
pub(super) fn play<'a>(
    mut items: Vec<Item<'a>>,
    order: Order,
    stage: &mut Stage<'a>,
    record: &mut Record<'_>,
    progress: &mut dyn Progress,
) {
    order.arrange(&mut items);
    let mut doubtful: Vec<Item<'a>> = Vec::new();
    let whole = each(&items, stage, |item, answer| {
        let before = record.decided();
        doubtful.extend(record.judge(item, answer));
        progress.judged((record.decided() - before) as usize);
    });
    if whole.is_none() {
        return;
    }
    let deviating = doubtful.len();
    doubtful.reverse();
    for _ in 0..MOST_PASSES {
        let asked = doubtful.len();
        stage.renew();
        let mut confirmed = Vec::new();
        let whole = each(&doubtful, stage, |item, answer| confirmed.extend(record.confirm(item, answer)));
        doubtful = confirmed;
        // Whoever was not confirmed may have left something behind as well.
        if whole.is_none() || doubtful.len() == asked {
            break;
        }
    }
    progress.judged(deviating);
    doubtful.into_iter().for_each(|item| record.believe(item));
}

/// Plays scenarios in batches, and tells what came of each, in order; nothing once the player has ended.
fn each<'a>(
    items: &[Item<'a>],
    stage: &mut Stage<'a>,
    mut tell: impl FnMut(Item<'a>, Result<Trace, Failure>),
) -> Option<()> {
    let mut batches = items.chunks(BATCH);
    let mut waiting = VecDeque::new();
    loop {
        while waiting.len() < AHEAD {
            let Some(batch) = batches.next() else { break };
            stage.ask(batch.iter().map(|item| Cow::Borrowed(item.scenario)).collect());
            waiting.push_back(batch);
        }
        let Some(batch) = waiting.pop_front() else { return Some(()) };
        let answers = batch.iter().zip(stage.hear()?.answers);
        answers.filter(|(_, answer)| !was_ended(answer)).for_each(|(item, answer)| tell(*item, answer));
    }
}
