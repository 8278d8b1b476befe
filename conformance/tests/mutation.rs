//! The suite proves itself: it catches every quirk, and the page that says so is fresh.

use bgfspec::catalogue::Catalogue;
use bgfspec::mutation;

#[test]
fn every_quirk_is_caught_by_a_requirement_of_an_area_whose_rules_it_breaks() {
    let catalogue = Catalogue::load();
    let missed: Vec<&str> = mutation::score(&catalogue)
        .iter()
        .filter(|caught| !caught.is_caught())
        .map(|caught| caught.quirk.id())
        .collect();
    assert!(missed.is_empty(), "add the scenarios that catch them, or say why there can be none: {missed:?}");
}

#[test]
fn every_area_of_a_quirk_is_one_of_the_catalogue_and_every_area_has_a_quirk() {
    let catalogue = Catalogue::load();
    let codes: Vec<&str> = catalogue.areas.iter().map(|area| area.code.as_str()).collect();
    let score = mutation::score(&catalogue);
    for caught in &score {
        for area in caught.quirk.areas() {
            assert!(codes.contains(&area), "{} names {area}", caught.quirk.id());
        }
    }
    let without = |code: &&&str| !score.iter().any(|caught| caught.quirk.areas().any(|area| area == **code));
    let without: Vec<_> = codes.iter().filter(without).collect();
    assert!(without.is_empty(), "no quirk breaks a rule of {without:?}");
}

#[test]
fn the_page_of_quirks_is_what_the_code_makes_of_it() {
    let page = include_str!("../QUIRKS.md");
    let fresh = mutation::page(&mutation::score(&Catalogue::load()));
    assert!(page == fresh, "run `cargo run --example mutation_score`");
}
