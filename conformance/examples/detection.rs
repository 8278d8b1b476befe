//! Prints how many generated scenarios it takes until each bent model is caught: the median over some seeds. It fails where one is not
//! caught by the cases that were allowed.
//!
//! `cargo run --release --example detection [SEEDS [CASES]]`

use bgfspec::catalogue::Catalogue;
use bgfspec::generation::detection::detect;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let seeds: u64 = arguments.next().map_or(Ok(3), |text| text.parse())?;
    let cases: u64 = arguments.next().map_or(Ok(10_000), |text| text.parse())?;
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
