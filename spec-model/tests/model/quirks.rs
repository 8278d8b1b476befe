//! The list of quirks.

use std::collections::BTreeSet;

use bgfspec_model::quirk::{self, Departure};
use bgfspec_model::step::StepId;
use bgfspec_model::{Machine, Quirk, QuirkSet, status};

#[test]
fn every_quirk_acts_where_there_is_code() {
    // The step that a written quirk departs from may be elsewhere.
    let derived = Quirk::all().filter(|quirk| quirk.departure() != Departure::Written);
    let acts: Vec<(Quirk, StepId)> = derived.map(|quirk| (quirk, quirk.step())).chain(quirk::hooks()).collect();
    let without = acts.iter().filter(|(_, step)| status::without_code(*step).is_some());
    let without: Vec<_> = without.map(|(quirk, step)| (quirk.id(), step.name())).collect();
    assert!(without.is_empty(), "nothing takes the steps of {without:#?}");
    let acting: BTreeSet<Quirk> = acts.into_iter().map(|(quirk, _)| quirk).collect();
    assert!(Quirk::all().all(|quirk| acting.contains(&quirk)));
}

#[test]
fn every_quirk_has_an_id_and_a_sentence_of_its_own() {
    let (mut ids, mut titles) = (BTreeSet::new(), BTreeSet::new());
    for quirk in Quirk::all() {
        let (id, title) = (quirk.id(), quirk.title());
        assert!(ids.insert(id), "{id} stands twice");
        assert!(titles.insert(title), "{title} stands twice");
        assert!(title.ends_with('.') && title.len() > 10, "{title} is no sentence");
        assert_eq!(Quirk::named(id), Some(quirk));
    }
    for quirk in Quirk::with_names() {
        let id = quirk.id();
        let is_word = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase());
        assert!(id.split('-').all(is_word), "{id}");
        assert!(quirk.areas().all(|area| (2..=3).contains(&area.len())), "{id} names areas by their codes");
    }
}

#[test]
fn what_should_be_is_a_sentence_and_not_what_is_done() {
    for quirk in Quirk::all() {
        let Some(should) = quirk.should() else { continue };
        assert!(should.ends_with('.') && should.len() > 10, "{should} is no sentence");
        assert_ne!(should, quirk.title());
    }
}

#[test]
fn a_written_quirk_has_hooks_in_no_algorithm_that_it_does_not_name() {
    let algorithm = |name: &'static str| name.rsplit_once('/').map_or(name, |(algorithm, _)| algorithm);
    let is_named = |quirk: Quirk, step: StepId| {
        let of = algorithm(step.name());
        algorithm(quirk.step_name()) == of || quirk.with().contains(&of)
    };
    let unnamed: BTreeSet<_> = quirk::hooks().filter(|(quirk, step)| !is_named(*quirk, *step)).collect();
    let unnamed: Vec<_> = unnamed.into_iter().map(|(quirk, step)| (quirk.id(), step.name())).collect();
    assert!(unnamed.is_empty(), "{unnamed:#?} are hooks in algorithms that their quirks do not name");
}

#[test]
fn a_set_has_the_quirks_that_it_was_given_and_no_others() {
    for quirk in Quirk::all() {
        let one = QuirkSet::from(quirk);
        assert_eq!(one.iter().collect::<Vec<_>>(), [quirk]);
        assert!(one.without(quirk).is_empty());
    }
    let all: QuirkSet = Quirk::all().collect();
    assert_eq!(all.iter().count(), Quirk::all().count());
}

#[test]
fn a_machine_keeps_its_quirks_when_it_is_reset() {
    let mut machine = Machine::new();
    assert!(!machine.has_quirks());
    machine.bend(Quirk::of("duplicates-kept").into());
    machine.reset();
    assert!(machine.has_quirks());
}
