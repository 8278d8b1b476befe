//! The registry of steps against the numbers that were taken from the specifications, and against the code.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use bgfspec_model::errata::ERRATA;
use bgfspec_model::status::{self, without_code};
use bgfspec_model::step::{Branch, StepId};

#[test]
fn the_registry_has_exactly_the_steps_of_the_specifications() {
    let registry: Vec<&str> = include_str!("../steps.txt").lines().collect();
    let specifications = steps_of_the_specifications();
    let missing: Vec<_> = specifications.iter().filter(|step| !registry.contains(&step.as_str())).collect();
    let invented: Vec<_> = registry.iter().filter(|step| !specifications.iter().any(|known| known == *step)).collect();
    assert!(missing.is_empty(), "steps.txt lacks {missing:#?}");
    assert!(invented.is_empty(), "steps.txt invents {invented:#?}");
    assert_eq!(registry, specifications, "the order is that of spec-steps.json");
}

#[test]
fn no_step_is_registered_twice() {
    let mut seen = BTreeSet::new();
    let twice: Vec<_> = StepId::all().map(StepId::name).filter(|name| !seen.insert(*name)).collect();
    assert!(twice.is_empty(), "registered twice: {twice:#?}");
}

#[test]
fn every_step_has_either_code_or_a_reason_to_have_none() {
    let taken =
        steps_in_the_code(|code| macros(code, "step!(").chain(macros(code, "branch!(")).chain(calls(code)).collect());
    let mut neither = Vec::new();
    let mut both = Vec::new();
    for step in StepId::all() {
        match (taken.contains(step.name()), without_code(step).is_some()) {
            (false, false) => neither.push(step.name()),
            (true, true) => both.push(step.name()),
            (true, false) | (false, true) => {}
        }
    }
    assert!(neither.is_empty(), "no code takes these, and src/status gives no reason: {neither:#?}");
    assert!(both.is_empty(), "code takes these, and src/status says that none does: {both:#?}");
}

#[test]
fn the_steps_that_are_listed_with_branches_are_those_whose_branches_the_code_tells() {
    let told = steps_in_the_code(|code| macros(code, "branch!(").collect());
    let told: Vec<&str> = StepId::all().map(StepId::name).filter(|name| told.contains(*name)).collect();
    let listed: Vec<&str> = include_str!("../branches.txt").lines().collect();
    assert_eq!(listed, told, "branches.txt has them in the order of the registry");
    let steps: BTreeSet<StepId> = Branch::all().map(Branch::step).collect();
    assert!(steps.into_iter().map(StepId::name).eq(listed), "each has two branches");
}

#[test]
fn every_reason_is_a_sentence_for_steps_that_exist() {
    let mut seen = BTreeSet::new();
    for entry in status::all() {
        let algorithm = entry.algorithm;
        assert!(seen.insert(algorithm), "{algorithm} is listed twice");
        assert!(!entry.reasons.is_empty(), "{algorithm} is listed without reasons");
        let numbers: Vec<&str> = StepId::all()
            .filter_map(|step| step.name().rsplit_once('/'))
            .filter_map(|(of, number)| (of == algorithm).then_some(number))
            .collect();
        assert!(!numbers.is_empty(), "the registry has no {algorithm}");
        for reason in entry.reasons {
            let (steps, why) = (reason.steps, reason.why);
            assert!(why.len() > 1 && why.ends_with('.'), "the reason for {algorithm}/{steps} is no sentence: {why:?}");
            if steps == "*" {
                assert_eq!(entry.reasons.len(), 1, "{algorithm}/* leaves nothing for another reason");
                continue;
            }
            for step in steps.split(' ') {
                assert!(numbers.contains(&step), "the registry has no {algorithm}/{step}");
                let named = entry.reasons.iter().flat_map(|reason| reason.steps.split(' '));
                assert_eq!(named.filter(|other| *other == step).count(), 1, "{algorithm}/{step} has two reasons");
            }
        }
    }
}

#[test]
fn every_erratum_has_a_name_of_its_own_and_a_place_that_exists() {
    let specifications: Vec<&str> =
        include_str!("../specs.txt").lines().filter_map(|line| line.split(' ').next()).collect();
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
    for (file, text) in sources() {
        for (_, rest) in text.match_indices("erratum `").map(|(at, found)| text.split_at(at + found.len())) {
            let id = rest.split('`').next().unwrap_or_default();
            assert!(known.contains(id), "{} names an erratum {id:?}", file.display());
            named += 1;
        }
    }
    assert!(named > 0, "nothing was found, so nothing was checked");
}

/// The steps of `spec-steps.json`, in its order.
fn steps_of_the_specifications() -> Vec<String> {
    let algorithms: serde_json::Value =
        serde_json::from_str(include_str!("../spec-steps.json")).expect("spec-steps.json is JSON");
    let text = |algorithm: &serde_json::Value, key: &str| algorithm[key].as_str().map(str::to_owned);
    let mut names = Vec::new();
    for algorithm in algorithms.as_array().expect("spec-steps.json is an array") {
        let specification = text(algorithm, "spec").expect("an algorithm has a specification");
        let name = text(algorithm, "algorithm").expect("an algorithm has a name");
        let interface = text(algorithm, "interface").map(|interface| interface + ".").unwrap_or_default();
        let steps = algorithm["steps"].as_array().expect("an algorithm has steps");
        let numbers = steps.iter().map(|step| step.as_str().expect("a step is a string"));
        let body = steps.is_empty().then_some("body");
        names.extend(numbers.chain(body).map(|number| format!("{specification}/{interface}{name}/{number}")));
    }
    names
}

/// The steps that some code names, found by reading the code for constants of algorithms beside numbers of steps.
fn steps_in_the_code(uses: fn(&str) -> Vec<(&str, &str)>) -> BTreeSet<String> {
    let mut taken = BTreeSet::new();
    for (file, text) in sources() {
        let code = without_comments(&text);
        let algorithms = algorithms(&code);
        for (constant, number) in uses(&code) {
            let algorithm = algorithms.get(constant);
            let algorithm = algorithm.unwrap_or_else(|| panic!("{}: no constant {constant}", file.display()));
            taken.insert(format!("{algorithm}/{number}"));
        }
    }
    assert!(!taken.is_empty(), "nothing was found, so nothing was checked");
    taken
}

/// The constants `const NAME: Algorithm = Algorithm::of("…");` of a file.
fn algorithms(text: &str) -> BTreeMap<&str, &str> {
    text.split("const ")
        .filter_map(|item| {
            let (name, rest) = item.split_once(": Algorithm")?;
            let (_, argument) = rest.split_once("Algorithm::of(")?;
            Some((name, quoted(argument)?))
        })
        .collect()
}

/// The uses `step!(m, NAME, "…"` or `branch!(m, NAME, "…"` of a file.
fn macros<'a>(text: &'a str, name: &'static str) -> impl Iterator<Item = (&'a str, &'a str)> {
    text.split(name).skip(1).filter_map(|call| {
        let (_, arguments) = call.split_once(',')?;
        let (constant, number) = arguments.split_once(',')?;
        Some((constant.trim(), quoted(number)?))
    })
}

/// The uses `NAME.step("…")` of a file.
fn calls(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.match_indices(".step(").filter_map(|(at, method)| {
        let constant = text[..at].rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '_').next()?;
        Some((constant, quoted(&text[at + method.len()..])?))
    })
}

/// The string literal that a piece of code begins with.
fn quoted(code: &str) -> Option<&str> {
    code.trim_start().strip_prefix('"')?.split('"').next()
}

/// A file without the lines that are comments.
fn without_comments(text: &str) -> String {
    text.lines().filter(|line| !line.trim_start().starts_with("//")).flat_map(|line| [line, "\n"]).collect()
}

/// The files of the model.
fn sources() -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    files
}

fn collect(directory: &Path, files: &mut Vec<(PathBuf, String)>) {
    for entry in fs::read_dir(directory).expect("the sources can be listed") {
        let path = entry.expect("the sources can be listed").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).expect("the sources can be read");
            files.push((path, text));
        }
    }
}
