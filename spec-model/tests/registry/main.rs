//! The registry of steps against the numbers that were taken from the specifications, and against the code.

mod source;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use bgfspec_model::errata::ERRATA;
use bgfspec_model::step::StepId;
use source::{FOLDERS, Place};

#[test]
fn the_registry_has_exactly_the_steps_of_the_specifications() {
    let registry: Vec<&str> = include_str!("../../steps.txt").lines().collect();
    let specifications = steps_of_the_specifications();
    let missing: Vec<_> = specifications.iter().filter(|step| !registry.contains(&step.as_str())).collect();
    let invented: Vec<_> = registry.iter().filter(|step| !specifications.iter().any(|known| known == *step)).collect();
    assert!(missing.is_empty(), "steps.txt lacks {missing:#?}");
    assert!(invented.is_empty(), "steps.txt invents {invented:#?}");
    assert_eq!(registry, specifications, "the order is that of spec-steps.json and spec-steps-html.json");
}

#[test]
fn no_step_is_registered_twice() {
    let mut seen = BTreeSet::new();
    let twice: Vec<_> = StepId::all().map(StepId::name).filter(|name| !seen.insert(*name)).collect();
    assert!(twice.is_empty(), "registered twice: {twice:#?}");
}

#[test]
fn each_algorithm_of_the_model_has_an_address_and_no_other_has() {
    let lines = include_str!("../../links.txt").lines();
    let linked: BTreeSet<&str> = lines.filter_map(|line| line.split_once("\thttps://")).map(|(name, _)| name).collect();
    let algorithms = source::algorithms();
    let modelled: BTreeSet<&str> = algorithms.keys().map(String::as_str).collect();
    assert_eq!(linked, modelled, "links.txt has a line for each algorithm of the model");
}

#[test]
fn each_algorithm_has_the_steps_of_its_text_in_the_order_of_its_text() {
    let mut registry: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (algorithm, number) in StepId::all().filter_map(|step| step.name().rsplit_once('/')) {
        registry.entry(algorithm).or_default().push(number);
    }
    let algorithms = source::algorithms();
    let mut wrong = String::new();
    for (algorithm, functions) in &algorithms {
        let found: BTreeSet<&str> = functions.iter().flat_map(source::in_order).collect();
        let Some(expected) = registry.get(algorithm.as_str()) else {
            let _ = writeln!(wrong, "the registry has no algorithm {algorithm}");
            continue;
        };
        let missing: Vec<_> = expected.iter().filter(|number| !found.contains(*number)).collect();
        let unknown: Vec<_> = found.iter().filter(|number| !expected.contains(number)).collect();
        if !missing.is_empty() || !unknown.is_empty() {
            let _ = writeln!(wrong, "{algorithm}: missing {missing:?}, unknown {unknown:?}");
        }
        for steps in functions {
            let found = source::in_order(steps);
            let sorted: Vec<&str> = expected.iter().copied().filter(|number| found.contains(number)).collect();
            if let Some((found, belongs)) = found.iter().zip(&sorted).find(|(found, belongs)| found != belongs) {
                let _ = writeln!(wrong, "{algorithm}: step {found} stands where {belongs} belongs");
            }
        }
    }
    let whole = whole_algorithms();
    for algorithm in registry.keys().filter(|algorithm| !algorithms.contains_key(**algorithm)) {
        if !whole.iter().any(|(of, ..)| of == algorithm) {
            let _ = writeln!(wrong, "{algorithm}: no code, and no line in algorithms_without_code.txt");
        }
    }
    for (algorithm, ..) in whole {
        if algorithms.contains_key(algorithm) || !registry.contains_key(algorithm) {
            let _ =
                writeln!(wrong, "{algorithm}: algorithms_without_code.txt lists it, and it has code or doesn't exist");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn the_list_of_steps_without_code_is_what_the_comments_say() {
    let algorithms = source::algorithms();
    let mut expected = String::new();
    let mut seen = BTreeSet::new();
    for algorithm in StepId::all().filter_map(|step| Some(step.name().rsplit_once('/')?.0)) {
        let Some(functions) = algorithms.get(algorithm).filter(|_| seen.insert(algorithm)) else { continue };
        for (number, place) in functions.iter().flatten() {
            if let Place::Comment(kind, why) = place {
                assert!(why.ends_with('.'), "{algorithm}/{number}: the reason is no sentence: {why}");
                let _ = writeln!(expected, "{algorithm}/{number}\t{kind}\t{why}");
            }
        }
    }
    fresh("steps_without_code.txt", &expected, include_str!("../../steps_without_code.txt"));
}

#[test]
fn no_step_has_both_code_and_a_reason_to_have_none() {
    for (algorithm, functions) in source::algorithms() {
        let steps: Vec<_> = functions.iter().flatten().collect();
        for (number, place) in &steps {
            let others = steps.iter().filter(|(other, _)| other == number);
            let alike =
                others.filter(|(_, other)| matches!(other, Place::Comment(..)) != matches!(place, Place::Comment(..)));
            assert_eq!(alike.count(), 0, "{algorithm}/{number} has code and a reason to have none");
        }
    }
}

#[test]
fn the_lists_of_effects_and_branches_are_those_of_the_code() {
    let algorithms = source::algorithms();
    let of = |name: &'static str| -> BTreeSet<String> {
        let steps = algorithms
            .iter()
            .flat_map(|(algorithm, functions)| functions.iter().flatten().map(move |step| (algorithm, step)));
        let steps = steps.filter(|(_, (_, place))| *place == Place::Code(name));
        steps.map(|(algorithm, (number, _))| format!("{algorithm}/{number}")).collect()
    };
    let (effects, branches) = (of("step!("), of("branch!("));
    let listed = |list: &'static str| -> Vec<&'static str> {
        list.lines().map(|line| line.split('\t').next().unwrap_or_default()).collect()
    };
    let branches_listed = listed(include_str!("../../branches.txt"));
    let told: Vec<&str> = StepId::all().map(StepId::name).filter(|name| branches.contains(*name)).collect();
    assert_eq!(branches_listed, told, "branches.txt has the steps of branch! in the order of the registry");
    for step in listed(include_str!("../../effects.txt")) {
        assert!(effects.contains(step), "effects.txt lists {step}, and no step! takes it");
    }
    for line in include_str!("../../effects.txt").lines().chain(include_str!("../../branches.txt").lines()) {
        let (step, words) = line.split_once('\t').unwrap_or((line, ""));
        assert!(!words.is_empty(), "no words say what {step} does or decides");
        assert!(
            !words.ends_with('.') && !words.starts_with(char::is_uppercase),
            "{step}: a clause, not a sentence: {words}"
        );
    }
}

#[test]
fn the_algorithms_know_nothing_of_quirks() {
    let mut folders: Vec<_> = FOLDERS.iter().map(|folder| source::source().join(folder)).collect();
    folders.retain(|folder| folder.is_dir());
    let mut files = source::files(&folders);
    let machine = source::source().join("machine.rs");
    files.push((machine.clone(), fs::read_to_string(machine).expect("the source can be read")));
    for (file, text) in files {
        for word in ["quirk", "Quirk", "bent"] {
            assert!(!text.contains(word), "{} contains {word:?}", file.display());
        }
    }
}

#[test]
fn every_erratum_has_a_name_of_its_own_and_a_place_that_exists() {
    let specifications: Vec<&str> =
        include_str!("../../specs.txt").lines().filter_map(|line| line.split(' ').next()).collect();
    let mut seen = BTreeSet::new();
    for erratum in ERRATA {
        let (id, place) = (erratum.id, erratum.place);
        assert!(seen.insert(id), "two errata are called {id}");
        assert!(erratum.link.starts_with("https://"), "{id} links to {:?}", erratum.link);
        for sentence in [erratum.literally, erratum.model] {
            assert!(sentence.ends_with('.'), "{id}: {sentence:?} is no sentence");
        }
        match place.split_once("/#") {
            Some((specification, anchor)) => {
                assert!(specifications.contains(&specification), "{id}: no text {specification:?} is pinned");
                assert!(erratum.link.ends_with(&format!("#{anchor}")), "{id}: the link is to another place");
            }
            None => assert!(StepId::named(place).is_some(), "{id}: the registry has no {place:?}"),
        }
    }
}

#[test]
fn every_erratum_that_a_comment_or_a_reason_names_is_listed() {
    let known: BTreeSet<&str> = ERRATA.iter().map(|erratum| erratum.id).collect();
    let mut named = 0;
    for (file, text) in source::files(&[source::source()]) {
        for (_, rest) in text.match_indices("erratum `").map(|(at, found)| text.split_at(at + found.len())) {
            let id = rest.split('`').next().unwrap_or_default();
            assert!(known.contains(id), "{} names an erratum {id:?}", file.display());
            named += 1;
        }
    }
    assert!(named > 0, "nothing was found, so nothing was checked");
}

/// The steps of `spec-steps.json` and `spec-steps-html.json`, in their order.
fn steps_of_the_specifications() -> Vec<String> {
    let mut names = Vec::new();
    for text in [include_str!("../../spec-steps.json"), include_str!("../../spec-steps-html.json")] {
        let algorithms: serde_json::Value = serde_json::from_str(text).expect("the list of steps is JSON");
        let text = |algorithm: &serde_json::Value, key: &str| algorithm[key].as_str().map(str::to_owned);
        for algorithm in algorithms.as_array().expect("the list of steps is an array") {
            let specification = text(algorithm, "spec").expect("an algorithm has a specification");
            let name = text(algorithm, "algorithm").expect("an algorithm has a name");
            let interface = text(algorithm, "interface").map(|interface| interface + ".").unwrap_or_default();
            // The newer list has all of it in the name already.
            let newer = name.strip_prefix(&format!("{specification}/"));
            let (interface, name) = newer.map_or((interface.as_str(), name.as_str()), |name| ("", name));
            let steps = algorithm["steps"].as_array().expect("an algorithm has steps");
            let numbers = steps.iter().map(|step| step.as_str().expect("a step is a string"));
            let body = steps.is_empty().then_some("body");
            names.extend(numbers.chain(body).map(|number| format!("{specification}/{interface}{name}/{number}")));
        }
    }
    names
}

/// The algorithms that no code takes a step of: name, kind and reason.
fn whole_algorithms() -> Vec<(&'static str, &'static str, &'static str)> {
    let lines = include_str!("../../algorithms_without_code.txt").lines();
    lines
        .map(|line| {
            let mut parts = line.split('\t');
            let mut part = || parts.next().unwrap_or_else(|| panic!("name, kind and reason: {line}"));
            let (name, kind, why) = (part(), part(), part());
            assert!(why.ends_with('.'), "{name}: the reason is no sentence: {why}");
            (name, kind, why)
        })
        .collect()
}

/// Fails where a generated file isn't what it should be. With `UPDATE=1` in the environment it is written anew.
fn fresh(name: &str, expected: &str, actual: &str) {
    if expected == actual {
        return;
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(path, expected).expect("the file can be written");
        return;
    }
    panic!("{name} is not what the comments say; UPDATE=1 cargo test -p bgfspec-model --test registry writes it anew");
}
