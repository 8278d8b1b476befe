//! How many generated scenarios it takes until a bent model is caught.

use bgfspec_model::{Quirk, QuirkSet};

use super::{Generator, Lifetimes};
use crate::catalogue::Catalogue;
use crate::judge::Judge;
use crate::scenario::Capability;

/// For each quirk the number of the first case that catches it, counted from one, among so many of a seed; nothing where none does.
#[must_use]
pub fn detect(catalogue: &Catalogue, seed: u64, most: u64) -> Vec<(Quirk, Option<u64>)> {
    let capabilities: Vec<Capability> = Capability::ALL.into_iter().collect();
    let mut generator = Generator::new(catalogue, &capabilities.iter().copied().collect(), Lifetimes::Often, seed);
    let mut judge = Judge::new();
    let mut caught: Vec<(Quirk, Option<u64>)> = Quirk::with_names().map(|quirk| (quirk, None)).collect();
    for number in 0..most {
        if caught.iter().all(|(_, at)| at.is_some()) {
            break;
        }
        let scenario = generator.case(number);
        let Ok(program) = judge.reference().compile(&scenario) else { continue };
        let plain = judge.plays(QuirkSet::NONE, &program, &capabilities);
        let met = judge.met();
        for (quirk, at) in caught.iter_mut().filter(|(quirk, at)| at.is_none() && met.contains(*quirk)) {
            if judge.breaks((*quirk).into(), &scenario, &program, &capabilities, &plain) {
                *at = Some(number + 1);
            }
        }
    }
    caught
}
