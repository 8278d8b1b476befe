//! Writes `QUIRKS.md` and the mutation score that reports show: which requirements catch each quirk, and which quirks each
//! requirement catches. It fails where a quirk is not caught, a requirement catches none, or a derived quirk survives without a reason.

use bgfspec::catalogue::Catalogue;
use bgfspec::mutation;

use super::{Outcome, root};

/// Writes both files.
pub(crate) fn mutation_score() -> Outcome {
    let catalogue = Catalogue::load();
    let score = mutation::score(&catalogue);
    let proofs = mutation::proofs(&catalogue, &score);
    let summary = mutation::summary(&score, &proofs);
    let derived = mutation::derived(&catalogue);
    std::fs::write(root().join("conformance/QUIRKS.md"), mutation::page(&score, &proofs, &derived))?;
    let json = serde_json::to_string(&summary)? + "\n";
    std::fs::write(root().join("conformance/catalogue/mutation_score.json"), json)?;
    for caught in score.iter().filter(|caught| !caught.is_caught()) {
        let (id, scenarios) = (caught.quirk.id(), caught.scenarios.len());
        println!(
            "{id} is not caught by a rule of its areas; {scenarios} scenarios deviate: {:?}",
            caught.requirements()
        );
    }
    for proof in proofs.iter().filter(|proof| proof.quirks.is_empty()) {
        println!("{} catches no quirk of its area: {}", proof.requirement.id, proof.requirement.statement);
    }
    println!("{} of {} quirks are caught.", summary.caught, summary.quirks);
    println!("{} of {} requirements that can be tested catch a quirk.", summary.proven, summary.requirements);
    let (caught, visible) = mutation::derived_score(&derived);
    println!(
        "{caught} of {visible} derived quirks that somebody could see are caught ({:.1} %).",
        100.0 * caught as f64 / visible.max(1) as f64
    );
    let reasons = mutation::survivors();
    let survivors = derived.iter().filter(|derived| derived.caught_by.is_none());
    let missing: Vec<_> = survivors.filter(|derived| !reasons.contains_key(derived.quirk.id())).collect();
    for survivor in &missing {
        let (id, title) = (survivor.quirk.id(), survivor.quirk.title());
        println!("No scenario catches `{id}`, and survivors.json has no reason: {title}");
    }
    let whole = summary.caught == summary.quirks && summary.proven == summary.requirements && missing.is_empty();
    if whole { Ok(()) } else { Err("some quirks are not caught, or some requirements catch none".into()) }
}
