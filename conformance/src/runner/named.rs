//! The scenarios of the catalogue.

use std::borrow::Cow;

use super::order::Item;
use super::player::Stage;
use super::record::Record;
use super::{Order, Progress};

/// Plays all and judges what comes. What deviates is played again before it is believed.
pub(super) fn play<'a>(
    mut items: Vec<Item<'a>>,
    order: Order,
    stage: &mut Stage<'a>,
    record: &mut Record<'_>,
    progress: &mut dyn Progress,
) {
    order.arrange(&mut items);
    let mut doubtful = Vec::new();
    let asked = items.into_iter().map(|item| (item, Cow::Borrowed(item.scenario)));
    let whole = stage.play_each(asked, |batch| {
        let before = record.decided();
        for (item, scenario, answer) in batch {
            doubtful.extend(record.judge(item, answer).map(|item| (item, scenario)));
        }
        progress.judged((record.decided() - before) as usize);
    });
    if whole.is_none() {
        return;
    }
    let deviating = doubtful.len();
    let (confirmed, _) = stage.play_again(doubtful, |item, _, answer| record.confirm(item, answer));
    confirmed.into_iter().for_each(|item| record.believe(item));
    progress.judged(deviating);
}
