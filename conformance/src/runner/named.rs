//! The scenarios of the catalogue.

use std::borrow::Cow;
use std::collections::VecDeque;

use super::player::{AHEAD, BATCH, Stage, was_ended};
use super::record::Record;
use super::{Order, Progress};
use crate::scenario::Scenario;

/// A scenario and its place among those that are wanted, in the order of the catalogue.
#[derive(Clone, Copy)]
pub(super) struct Item<'a> {
    pub(super) position: usize,
    pub(super) scenario: &'a Scenario,
}

/// A batch that was asked for.
enum Asked<'a> {
    First(Vec<Item<'a>>),
    Again(Vec<Item<'a>>),
}

/// Plays all, judges what comes, and has what deviates played again.
pub(super) fn play<'a>(
    mut items: Vec<Item<'a>>,
    order: Order,
    stage: &mut Stage<'a>,
    record: &mut Record<'_>,
    progress: &mut dyn Progress,
) {
    order.arrange(&mut items);
    let mut batches = items.chunks(BATCH);
    let mut waiting = VecDeque::new();
    let ask = |stage: &Stage<'a>, items: &[Item<'a>]| {
        stage.ask(items.iter().map(|item| Cow::Borrowed(item.scenario)).collect());
    };
    for batch in batches.by_ref().take(AHEAD) {
        ask(stage, batch);
        waiting.push_back(Asked::First(batch.to_vec()));
    }
    while let Some(asked) = waiting.pop_front() {
        let Some(played) = stage.hear() else { return };
        let before = record.decided();
        match asked {
            Asked::First(items) => {
                let answers = items.into_iter().zip(played.answers).filter(|(_, answer)| !was_ended(answer));
                let doubtful = answers.filter_map(|(item, answer)| record.judge(item, answer));
                let doubtful: Vec<Item<'a>> = doubtful.collect();
                if !doubtful.is_empty() {
                    ask(stage, &doubtful);
                    waiting.push_back(Asked::Again(doubtful));
                }
                if let Some(batch) = batches.next() {
                    ask(stage, batch);
                    waiting.push_back(Asked::First(batch.to_vec()));
                }
            }
            Asked::Again(items) => {
                let answers = items.into_iter().zip(played.answers).filter(|(_, answer)| !was_ended(answer));
                answers.for_each(|(item, answer)| record.confirm(item, answer));
            }
        }
        progress.judged((record.decided() - before) as usize);
    }
}
