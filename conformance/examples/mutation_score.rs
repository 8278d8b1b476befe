//! Writes `QUIRKS.md`: which requirements catch each quirk, and the mutation score. It fails where a quirk is not caught.

use bgfspec::catalogue::Catalogue;
use bgfspec::mutation;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let catalogue = Catalogue::load();
    let score = mutation::score(&catalogue);
    std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/QUIRKS.md"), mutation::page(&score))?;
    let missed: Vec<_> = score.iter().filter(|caught| !caught.is_caught()).collect();
    for caught in &missed {
        let (id, scenarios) = (caught.quirk.id(), caught.scenarios.len());
        println!(
            "{id} is not caught by a rule of its areas; {scenarios} scenarios deviate: {:?}",
            caught.requirements()
        );
    }
    println!("{} of {} quirks are caught.", score.len() - missed.len(), score.len());
    if missed.is_empty() { Ok(()) } else { Err("some quirks are not caught".into()) }
}
