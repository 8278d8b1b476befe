//! The suite proves itself: it catches every quirk, and the page that says so is fresh.

use std::sync::LazyLock;

use bgfspec::catalogue::Catalogue;
use bgfspec::mutation::{self, Caught, Derived, Proof};

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(Catalogue::load);
static SCORE: LazyLock<Vec<Caught<'_>>> = LazyLock::new(|| mutation::score(&CATALOGUE));
static PROOFS: LazyLock<Vec<Proof<'_>>> = LazyLock::new(|| mutation::proofs(&CATALOGUE, &SCORE));
static DERIVED: LazyLock<Vec<Derived<'_>>> = LazyLock::new(|| mutation::derived(&CATALOGUE));

#[test]
fn each_derived_quirk_that_no_scenario_catches_has_one_reason_and_no_other_quirk_has_one() {
    let survive: Vec<&str> =
        DERIVED.iter().filter(|derived| derived.caught_by.is_none()).map(|derived| derived.quirk.id()).collect();
    let (written, of_status) = (mutation::written_reasons(), mutation::reasons_of_status());
    let twice: Vec<_> = written.keys().filter(|id| of_status.contains_key(*id)).collect();
    assert!(twice.is_empty(), "survivors.json repeats the reasons of status.rs for {twice:#?}: delete them there");
    let listed = mutation::survivors();
    let unlisted: Vec<_> = survive.iter().filter(|id| !listed.contains_key(**id)).collect();
    assert!(unlisted.is_empty(), "no scenario catches {unlisted:#?}: add one, or a reason to survivors.json");
    let stale: Vec<_> = listed.keys().filter(|id| !survive.contains(&id.as_str())).collect();
    assert!(stale.is_empty(), "some scenario catches {stale:#?}, which survivors.json or status.rs lists");
    let unreasoned: Vec<_> = listed.iter().filter(|(_, why)| !why.ends_with('.')).collect();
    assert!(unreasoned.is_empty(), "a reason is a sentence: {unreasoned:#?}");
    let (caught, visible) = mutation::derived_score(&DERIVED);
    assert!(caught * 100 >= visible * 95, "{caught} of {visible} derived quirks that somebody could see are caught");
}

#[test]
fn every_quirk_is_caught_by_a_requirement_of_an_area_whose_rules_it_breaks() {
    let missed: Vec<&str> = SCORE.iter().filter(|caught| !caught.is_caught()).map(|caught| caught.quirk.id()).collect();
    assert!(missed.is_empty(), "add the scenarios that catch them, or say why there can be none: {missed:?}");
}

#[test]
fn every_requirement_that_can_be_tested_catches_a_quirk_of_its_area() {
    let proofs = &*PROOFS;
    assert!(proofs.len() > 500, "only {} requirements can be tested", proofs.len());
    let unproven: Vec<&str> =
        proofs.iter().filter(|proof| proof.quirks.is_empty()).map(|proof| proof.requirement.id.as_str()).collect();
    assert!(unproven.is_empty(), "add a quirk that breaks them, and a scenario that catches it: {unproven:?}");
}

#[test]
fn every_area_of_a_quirk_is_one_of_the_catalogue_and_every_area_has_a_quirk() {
    let codes: Vec<&str> = CATALOGUE.areas.iter().map(|area| area.code.as_str()).collect();
    for caught in SCORE.iter() {
        for area in caught.quirk.areas() {
            assert!(codes.contains(&area), "{} names {area}", caught.quirk.id());
        }
    }
    let without = |code: &&&str| !SCORE.iter().any(|caught| caught.quirk.areas().any(|area| area == **code));
    let without: Vec<_> = codes.iter().filter(without).collect();
    assert!(without.is_empty(), "no quirk breaks a rule of {without:?}");
}

#[test]
fn the_page_of_quirks_is_what_the_code_makes_of_it() {
    let page = include_str!("../QUIRKS.md");
    assert!(page == mutation::page(&SCORE, &PROOFS, &DERIVED), "run `cargo dev mutation-score`");
    assert_eq!(mutation::known(), mutation::summary(&SCORE, &PROOFS), "run `cargo dev mutation-score`");
}

#[test]
fn every_report_of_a_departure_is_a_link_under_a_quirk_that_exists() {
    let links = mutation::links();
    assert!(links.len() > 20, "{}", links.len());
    for (id, links) in links {
        assert!(bgfspec_model::Quirk::named(&id).is_some(), "there is no quirk {id}");
        assert!(!links.is_empty() && links.iter().all(|link| link.starts_with("https://")), "{id}: {links:?}");
    }
}
