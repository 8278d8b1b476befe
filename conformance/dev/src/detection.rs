//! Prints how many generated scenarios it takes until each bent model is caught: the median over some seeds. It fails where one is not
//! caught by the cases that were allowed.

use bgfspec::catalogue::Catalogue;
use bgfspec::generation::detection::detect;

use super::Outcome;

/// Of `cargo dev detection`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// How many seeds the median is of
    #[arg(default_value_t = 3)]
    seeds: u64,
    /// How many generated scenarios each seed has
    #[arg(default_value_t = 10_000)]
    cases: u64,
}

/// Prints the medians.
pub(crate) fn detection(&Arguments { seeds, cases }: &Arguments) -> Outcome {
    let catalogue = Catalogue::load();
    let runs: Vec<_> = (0..seeds).map(|seed| detect(&catalogue, seed, cases)).collect();
    let Some(first) = runs.first() else { return Err("no seeds, nothing to measure".into()) };
    let mut medians = Vec::new();
    for (place, (quirk, _)) in first.iter().enumerate() {
        let mut at: Vec<u64> = runs.iter().map(|run| run[place].1.unwrap_or(u64::MAX)).collect();
        at.sort_unstable();
        medians.push((at[at.len() / 2], *quirk));
    }
    medians.sort_by_key(|(median, quirk)| (*median, quirk.id()));
    for (median, quirk) in &medians {
        let shown = if *median == u64::MAX { "never".to_owned() } else { median.to_string() };
        println!("{shown:>7}  {}", quirk.id());
    }
    let missed = medians.iter().filter(|(median, _)| *median == u64::MAX).count();
    let middle = medians.get(medians.len() / 2).map_or(0, |(median, _)| *median);
    println!(
        "{} of {} quirks are caught by {cases} cases; in the middle by {middle}.",
        medians.len() - missed,
        medians.len()
    );
    if missed == 0 { Ok(()) } else { Err(format!("{missed} quirks are not caught").into()) }
}
