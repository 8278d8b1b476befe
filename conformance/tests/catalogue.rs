//! The catalogue is whole: every rule has its scenario or its reason, and nobody's name is in it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use bgfspec::catalogue::Catalogue;
use serde_json::Value;

/// Who is judged; none of them may be named where the rules stand.
///
/// A node may stand there: it is one of a tree, as long as it is not followed by `.js`.
const VENDORS: &[&str] = &[
    "nodejs",
    "deno",
    "bun",
    "workerd",
    "llrt",
    "quickjs",
    "jsdom",
    "happy-dom",
    "chromium",
    "chrome",
    "blink",
    "firefox",
    "gecko",
    "mozilla",
    "webkit",
    "webkitgtk",
    "safari",
    "edge",
    "servo",
    "event-target-shim",
    "v8",
    "undici",
];

/// The files of a folder of the catalogue, parsed.
fn files(folder: &str) -> BTreeMap<String, Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("catalogue").join(folder);
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(&folder).expect("the folder can be read") {
        let path = entry.expect("the folder can be read").path();
        let name = path.file_stem().expect("a file has a name").to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).expect("the file can be read");
        files.insert(name, serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display())));
    }
    assert!(!files.is_empty());
    files
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The words of a text; `t.dispatchEvent` is two, `event-target-shim` is one.
fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|character: char| !character.is_alphanumeric() && character != '-').map(str::to_lowercase)
}

/// All texts in a value, names of members included.
fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        Value::Object(members) => {
            members.iter().flat_map(|(name, value)| [vec![name.as_str()], texts(value)].concat()).collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => Vec::new(),
    }
}

fn vendors_in(texts: &[&str]) -> BTreeSet<String> {
    let plain = texts.iter().map(|text| text.to_lowercase().replace("node.js", "nodejs"));
    plain.flat_map(|text| words(&text).collect::<Vec<_>>()).filter(|word| VENDORS.contains(&word.as_str())).collect()
}

#[test]
fn it_has_no_problems() {
    let problems = Catalogue::load().problems();
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn every_file_is_loaded() {
    let catalogue = Catalogue::load();
    let areas: Vec<&str> = catalogue.areas.iter().map(|area| area.code.as_str()).collect();
    for folder in ["requirements", "scenarios"] {
        for name in files(folder).keys() {
            assert!(areas.contains(&name.as_str()), "{folder}/{name}.json is not loaded");
        }
    }
    let in_files: usize = files("scenarios").values().map(|scenarios| list(scenarios).len()).sum();
    assert_eq!(catalogue.scenarios.len(), in_files);
}

#[test]
fn it_has_the_rules_that_were_promised() {
    let catalogue = Catalogue::load();
    let counts = catalogue.counts();
    let adopted = catalogue.adopted().count();
    let tested = catalogue.adopted().filter(|requirement| counts.contains_key(requirement.id.as_str())).count();
    assert!(adopted >= 400, "{adopted} rules are adopted");
    assert!(tested >= 320, "{tested} rules have scenarios");
}

#[test]
fn every_requirement_says_where_it_comes_from() {
    let catalogue = Catalogue::load();
    for area in &catalogue.areas {
        for requirement in &area.requirements {
            let id = &requirement.id;
            let number = id.strip_prefix(&format!("{}-", area.code)).unwrap_or_else(|| panic!("{id} in {}", area.code));
            assert!(number.len() >= 3 && number.bytes().all(|byte| byte.is_ascii_digit()), "{id}");
            assert!(requirement.link.starts_with("https://"), "{id}: {}", requirement.link);
            assert!(!requirement.step.is_empty() && !requirement.spec.is_empty(), "{id}");
            assert!(requirement.statement.len() > 10, "{id}: {}", requirement.statement);
        }
    }
}

#[test]
fn every_scenario_says_what_it_observes() {
    let mut silent = Vec::new();
    for (area, scenarios) in files("scenarios") {
        for scenario in list(&scenarios) {
            if scenario.get("observe").is_none() {
                silent.push(format!("{area}: {}", scenario["title"]));
            }
        }
    }
    assert!(silent.is_empty(), "{} scenarios do not say `observe`:\n{}", silent.len(), silent.join("\n"));
}

#[test]
fn nobody_is_named_in_a_requirement() {
    for requirement in Catalogue::load().requirements() {
        let named = vendors_in(&[&requirement.statement]);
        assert!(named.is_empty(), "{} names {named:?}: {}", requirement.id, requirement.statement);
    }
}

#[test]
fn nobody_is_named_in_a_scenario() {
    for (area, scenarios) in files("scenarios") {
        for scenario in list(&scenarios) {
            let named = vendors_in(&texts(scenario));
            assert!(named.is_empty(), "{area}: {} names {named:?}", scenario["title"]);
        }
    }
}

/// The test above would see a name.
#[test]
fn a_vendor_is_known_when_it_is_seen() {
    assert_eq!(vendors_in(&["In Node.js this throws", "see event-target-shim"]).len(), 2);
    assert!(vendors_in(&["the acknowledged bundle of a node is dispatched"]).is_empty());
}
