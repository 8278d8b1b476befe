//! The list of quirks.

use std::collections::BTreeSet;

use bgfspec_model::{Machine, Quirk, QuirkSet, status};

#[test]
fn every_quirk_departs_from_a_step_that_has_code() {
    assert!(Quirk::ALL.iter().all(|quirk| quirk.step().name() == quirk.step_name()));
    let without = Quirk::ALL.iter().filter(|quirk| status::without_code(quirk.step()).is_some());
    let without: Vec<_> = without.map(|quirk| (quirk.id(), quirk.step_name())).collect();
    assert!(without.is_empty(), "nothing takes the steps of {without:#?}");
}

#[test]
fn every_quirk_has_an_id_and_a_sentence_of_its_own() {
    let (mut ids, mut titles) = (BTreeSet::new(), BTreeSet::new());
    for quirk in Quirk::ALL {
        let (id, title) = (quirk.id(), quirk.title());
        assert!(ids.insert(id), "{id} stands twice");
        assert!(titles.insert(title), "{title} stands twice");
        assert!(
            id.split('-').all(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase())),
            "{id}"
        );
        assert!(title.ends_with('.') && title.len() > 20, "{title} is no sentence");
        assert!(quirk.areas().all(|area| (2..=3).contains(&area.len())), "{id} names areas by their codes");
        assert_eq!(Quirk::named(id), Some(*quirk));
    }
}

#[test]
fn a_set_has_the_quirks_that_it_was_given_and_no_others() {
    for &quirk in Quirk::ALL {
        let one = QuirkSet::from(quirk);
        assert_eq!(one.iter().collect::<Vec<_>>(), [quirk]);
        assert!(one.without(quirk).is_empty());
    }
    let all: QuirkSet = Quirk::ALL.iter().copied().collect();
    assert_eq!(all.iter().count(), Quirk::ALL.len());
}

#[test]
fn a_machine_keeps_its_quirks_when_it_is_reset() {
    let mut machine = Machine::new();
    assert!(!machine.has_quirks());
    machine.bend(Quirk::of("duplicates-kept").into());
    machine.reset();
    assert!(machine.is_bent(Quirk::of("duplicates-kept")) && !machine.is_bent(Quirk::of("once-ignored")));
}
