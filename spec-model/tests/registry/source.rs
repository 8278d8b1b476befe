//! What the model's source says of the steps of its algorithms, found by reading it as text.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The folders whose files are algorithms.
pub(crate) const FOLDERS: [&str; 6] = ["dom", "html", "service_worker", "background_fetch", "web_idl", "ecmascript"];

/// The macros that take a step.
const MACROS: [&str; 5] = ["step!(", "set!(", "branch!(", "returns!(", "looked_up!("];

/// What stands where a step belongs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Place {
    /// A macro that takes it.
    Code(&'static str),
    /// A comment with the reason why it has no code: the kind and the sentence.
    Comment(String, String),
}

/// The steps of an algorithm in the order of the source: number and place.
pub(crate) type Steps = Vec<(String, Place)>;

/// All algorithms that the source takes steps of, each with the steps of its functions. There are several where an algorithm has
/// steps that a task or the machine takes later, in parallel.
pub(crate) fn algorithms() -> BTreeMap<String, Vec<Steps>> {
    let mut algorithms: BTreeMap<String, Vec<Steps>> = BTreeMap::new();
    for (file, text) in files(&FOLDERS.map(|folder| source().join(folder))) {
        let mut of_file = None;
        let mut of_function = None;
        let mut begins = true;
        for (at, line) in lines(&text) {
            let trimmed = line.trim_start();
            let indent = line.len() - trimmed.len();
            if indent == 0 && line.starts_with('}') {
                of_function = None;
                begins = true;
            }
            if let Some(name) = trimmed.strip_prefix("const ALGORITHM: Algorithm = Algorithm::of(\"") {
                let name = name.split('"').next().unwrap_or_default().to_owned();
                *(if indent == 0 { &mut of_file } else { &mut of_function }) = Some(name);
            }
            let found = match comment(trimmed) {
                Some(steps) => steps,
                None if trimmed.starts_with("//") => Vec::new(),
                None => macros(&text[at..], line.len()),
            };
            if found.is_empty() {
                continue;
            }
            let algorithm = of_function.as_ref().or(of_file.as_ref());
            let algorithm = algorithm.unwrap_or_else(|| panic!("{}: which algorithm? {line}", file.display()));
            let functions = algorithms.entry(algorithm.clone()).or_default();
            if std::mem::take(&mut begins) || functions.is_empty() {
                functions.push(Steps::new());
            }
            functions.last_mut().expect("there is one now").extend(found);
        }
    }
    algorithms
}

/// The steps in the order in which they first appear.
pub(crate) fn in_order(steps: &Steps) -> Vec<&str> {
    let mut numbers: Vec<&str> = Vec::new();
    for (number, _) in steps {
        if !numbers.contains(&number.as_str()) {
            numbers.push(number);
        }
    }
    numbers
}

/// A comment such as `// 4, 5. Out of scope: no event in scope has a related target.`
fn comment(line: &str) -> Option<Steps> {
    let (numbers, rest) = line.strip_prefix("// ")?.split_once(". ")?;
    let is_number = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_digit() || c == '*' || c == '+')
            && text.chars().all(|c| c.is_ascii_digit() || ".*+".contains(c))
            || text == "body"
    };
    let numbers: Vec<&str> = numbers.split(", ").collect();
    let (kind, why) = rest.split_once(": ")?;
    let known = ["Holds by type", "Unobservable", "Abstracted", "Out of scope"].contains(&kind);
    if !known || !numbers.iter().all(|number| is_number(number)) {
        return None;
    }
    let mut why = why.to_owned();
    why[..1].make_ascii_uppercase();
    let place = Place::Comment(kind.to_owned(), why);
    Some(numbers.into_iter().map(|number| (number.to_owned(), place.clone())).collect())
}

/// The macros that begin on the first line of a text, which is this long.
fn macros(text: &str, length: usize) -> Steps {
    let mut found: Vec<(usize, &'static str)> = Vec::new();
    for name in MACROS {
        found.extend(text[..length].match_indices(name).map(|(at, _)| (at, name)));
    }
    found.sort_unstable();
    let number = |(at, name): (usize, &'static str)| {
        let arguments = &text[at + name.len()..];
        let (before, rest) = arguments.split_once('"')?;
        let is_names = before.chars().all(|c| c.is_ascii_alphanumeric() || "_, \n&".contains(c));
        is_names.then(|| (rest.split('"').next().unwrap_or_default().to_owned(), Place::Code(name)))
    };
    found.into_iter().filter_map(number).collect()
}

/// The lines of a text with the places where they begin.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split('\n').map(move |line| {
        let start = at;
        at += line.len() + 1;
        (start, line)
    })
}

/// The folder of the model's source.
pub(crate) fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The Rust files of these folders, sorted.
pub(crate) fn files(folders: &[PathBuf]) -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    for folder in folders {
        collect(folder, &mut files);
    }
    files.sort();
    files
}

fn collect(folder: &Path, files: &mut Vec<(PathBuf, String)>) {
    for entry in fs::read_dir(folder).expect("the source can be listed") {
        let path = entry.expect("the source can be listed").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).expect("the source can be read");
            files.push((path, text));
        }
    }
}
