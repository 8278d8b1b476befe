//! What a run is held against: `--expectations` and `--verify`.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use bgfspec::catalogue::Catalogue;
use bgfspec::expectations::{Expected, Played};
use bgfspec::runner::{self, Options, Order, Start};
use bgfspec::verification::{Repetition, verify};
use bgfspec_report::{Report, Run};

use super::Fault;
use super::bar::Bar;
use super::vendors::VENDORS;

/// What the command line says of it.
#[derive(clap::Args)]
pub(super) struct Gates {
    /// Deviations that are expected; others fail the run, and so do those that do not occur any more
    #[arg(long, value_name = "FILE")]
    expectations: Option<PathBuf>,
    /// Play all of it N times more, each time in another order, and take back every verdict that changes
    #[arg(long, value_name = "N", default_value_t = 0)]
    verify: u16,
}

impl Gates {
    /// The expectations of the file, if there is one.
    pub(super) fn expected(&self, catalogue: &Catalogue) -> Result<Option<Expected>, Fault> {
        expected(self.expectations.as_deref(), catalogue)
    }

    /// How often all of it is to be played again, by the seeds of the orders.
    pub(super) fn seeds(&self, seed: u64) -> impl Iterator<Item = u64> {
        (1..=u64::from(self.verify)).map(move |number| seed.wrapping_add(number))
    }
}

/// The expectations of a file, if there is one.
pub(super) fn expected(file: Option<&Path>, catalogue: &Catalogue) -> Result<Option<Expected>, Fault> {
    file.map(|file| Expected::read(file, catalogue)).transpose().map_err(Fault::usage)
}

/// Notes in the report what was expected.
pub(super) fn apply(expected: Option<&Expected>, report: &mut Report, catalogue: &Catalogue, options: &Options) {
    let Some(expected) = expected else { return };
    let known: Vec<&str> = VENDORS.iter().map(|vendor| vendor.name).collect();
    let today = bgfspec::date::today();
    expected.apply(report, Played { catalogue, options, known: &known, today: &today });
}

/// Plays a run again, and holds it against what comes of that.
pub(super) fn repeat(
    run: &mut Run,
    again: Vec<(u64, Start)>,
    catalogue: &Catalogue,
    options: &Options,
    stop: &Arc<AtomicBool>,
) {
    let mut repetitions = Vec::new();
    for (seed, start) in again {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        let options = Options { order: Order::Shuffled(seed), ..options.clone() };
        let outcome = runner::run(start, catalogue, &options, stop, &mut Bar::new());
        repetitions.push(Repetition { seed, outcome });
    }
    if !repetitions.is_empty() {
        verify(run, &repetitions);
    }
}
