//! The names of a scenario in its program: where each is declared, and what stands for it.

use std::collections::{BTreeMap, BTreeSet};

use bgfspec_report::javascript::value::{constant, error};
use bgfspec_report::javascript::words::{identifier, is_identifier, literal, member};
use serde_json::{Map, Value};

/// What a program's own code means by these names.
const TAKEN: [&str; 11] = [
    "log",
    "expected",
    "test",
    "scope",
    "registration",
    "worker",
    "frame",
    "attributes",
    "console",
    "undefined",
    "error",
];

/// The lists of operations that an operation may hold.
pub(super) const INNER: [&str; 7] = ["microtask", "task", "do", "catch", "worker", "page", "update"];

/// Members whose value is a path without its `@`.
const PATHS: [&str; 15] = [
    "call",
    "construct",
    "class",
    "apply",
    "get",
    "set",
    "setter",
    "read",
    "describe",
    "in",
    "typeof",
    "prototype",
    "of",
    "class-of",
    "then",
];

/// The names of a scenario.
pub(super) struct Scope {
    names: BTreeMap<String, Uses>,
    /// The global object.
    global: &'static str,
    /// Errors that are used in one place only, and need no name.
    single_errors: BTreeSet<String>,
    /// All errors.
    errors: BTreeSet<String>,
    /// Callbacks that stand where they are used, as expressions.
    pub(super) inline: BTreeMap<String, String>,
}

/// Where a name is given and used: the lists of operations, each as the way to it.
#[derive(Default)]
struct Uses {
    given: Vec<Vec<usize>>,
    used: Vec<Vec<usize>>,
    is_expected: bool,
}

impl Scope {
    /// Returns the names of a scenario with these traces. Each list of operations that is a function of its own is a root.
    ///
    /// # Errors
    /// Names what can't be told apart.
    pub(super) fn of(
        roots: &[&[Value]],
        callbacks: &[&str],
        permitted: &[Vec<Value>],
        global: &'static str,
    ) -> Result<Self, String> {
        let mut names: BTreeMap<String, Uses> = BTreeMap::new();
        for callback in callbacks {
            names.entry((*callback).to_owned()).or_default();
        }
        for (at, root) in roots.iter().enumerate() {
            given_in(root, &[at], &mut names);
        }
        for (at, root) in roots.iter().enumerate() {
            used_in(root, &[at], &mut names);
        }
        let mut in_traces = BTreeSet::new();
        permitted.iter().flatten().for_each(|item| expected_in(item, &mut in_traces));
        for (name, uses) in &mut names {
            uses.is_expected = in_traces.contains(name);
        }
        let identifiers: BTreeSet<String> = names.keys().map(|name| own(name)).collect();
        if identifiers.len() < names.len() {
            return Err("two names of the scenario are one identifier in JavaScript: give one another name".to_owned());
        }
        let mut errors = Vec::new();
        roots.iter().for_each(|root| root.iter().for_each(|operation| errors_in(operation, &mut errors)));
        let single = |name: &String| errors.iter().filter(|one| *one == name).count() == 1;
        let mut expected = Vec::new();
        permitted.iter().flatten().for_each(|item| errors_in(item, &mut expected));
        let single_errors = errors.iter().filter(|name| single(name) && !expected.contains(name)).cloned().collect();
        Ok(Scope { names, global, single_errors, errors: errors.into_iter().collect(), inline: BTreeMap::new() })
    }

    /// Returns the names that stand at the top because one list alone does not hold them.
    pub(super) fn shared(&self) -> Vec<&str> {
        let names = self.names.iter().filter(|(_, uses)| !uses.given.is_empty() && !uses.is_local());
        names.map(|(name, _)| name.as_str()).collect()
    }

    /// Returns the errors that need a name.
    pub(super) fn declared_errors(&self) -> Vec<String> {
        let names = self.errors.iter().filter(|name| !self.single_errors.contains(*name));
        names.map(|name| format!("const {} = new Error({});", error(name), literal(name))).collect()
    }

    /// Returns how often a name is used, and whether the traces name it.
    pub(super) fn uses(&self, name: &str) -> (usize, bool) {
        self.names.get(name).map_or((0, false), |uses| (uses.used.len(), uses.is_expected))
    }

    /// Returns whether a callback of this name may stand where it is used: once, at the top.
    pub(super) fn used_once_at(&self, name: &str, top: &[usize]) -> bool {
        self.names.get(name).is_some_and(|uses| {
            uses.given.is_empty()
                && !uses.is_expected
                && uses.used.len() == 1
                && top.iter().any(|at| uses.used[0] == [*at])
        })
    }

    /// Returns whether operations give this name to something.
    pub(super) fn is_given(&self, name: &str) -> bool {
        self.names.get(name).is_some_and(|uses| !uses.given.is_empty())
    }

    /// A statement that gives something its name.
    pub(super) fn named(&self, name: &str, expression: &str) -> String {
        format!("{}{} = {expression};", if self.is_local(name) { "const " } else { "" }, own(name))
    }

    /// Whether a name is declared where it is given.
    pub(super) fn is_local(&self, name: &str) -> bool {
        self.names.get(name).is_some_and(Uses::is_local)
    }

    /// A path of members, with or without its `@`.
    pub(super) fn path(&self, path: &str) -> String {
        let path = path.strip_prefix('@').unwrap_or(path);
        let mut members = path.split('.');
        let first = members.next().unwrap_or_default();
        let start = match first {
            given if self.names.contains_key(given) => own(given),
            "self" => self.global.to_owned(),
            "this" | "event" | "value" | "arguments" | "registration" | "performance" => first.to_owned(),
            other => identifier(other),
        };
        members.fold(start, |start, name| member(&start, name))
    }

    /// A path as an object and the name of its last member; a path of one name is a member of the global object.
    pub(super) fn split<'p>(&self, whole: &'p str) -> (String, &'p str) {
        let split = whole.rsplit_once('.');
        split.map_or_else(|| (self.global.to_owned(), whole), |(object, member)| (self.path(object), member))
    }

    /// The value as an expression.
    pub(super) fn value(&self, json: &Value) -> String {
        match json {
            Value::Null | Value::Bool(_) | Value::Number(_) => json.to_string(),
            Value::String(text) => match text.strip_prefix('@') {
                Some(name) => self.inline.get(name).cloned().unwrap_or_else(|| self.path(name)),
                None => literal(text),
            },
            Value::Array(values) => format!("[{}]", self.list(values)),
            Value::Object(members) => self.special(members).unwrap_or_else(|| self.object(members)),
        }
    }

    /// The values as arguments.
    pub(super) fn list(&self, values: &[Value]) -> String {
        values.iter().map(|value| self.value(value)).collect::<Vec<_>>().join(", ")
    }

    /// A value that JSON has no word for.
    fn special(&self, members: &Map<String, Value>) -> Option<String> {
        let (name, inner) = only(members)?;
        match (name, inner) {
            ("$", Value::String(word)) => constant(word).map(str::to_owned),
            ("$string", Value::String(text)) => Some(literal(text)),
            ("$error", Value::String(name)) if self.single_errors.contains(name) => {
                Some(format!("new Error({})", literal(name)))
            }
            ("$error", Value::String(name)) => Some(error(name)),
            ("$converts", result) => {
                Some(format!("{{ [Symbol.toPrimitive]() {{ log.push(\"converted\"); {} }} }}", self.outcome(result)))
            }
            _ => None,
        }
    }

    fn object(&self, members: &Map<String, Value>) -> String {
        let members: Vec<String> = members.iter().map(|(name, value)| self.member(name, value)).collect();
        if members.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", members.join(", ")) }
    }

    fn member(&self, name: &str, json: &Value) -> String {
        let key = match name {
            // Between quotes or bare, it would set the prototype.
            "__proto__" => "[\"__proto__\"]".to_owned(),
            _ if is_identifier(name) => name.to_owned(),
            _ => literal(name),
        };
        match json.as_object().and_then(only) {
            Some(("$getter", result)) => {
                format!("get {key}() {{ log.push({}); {} }}", literal(&accessed(name)), self.outcome(result))
            }
            _ => format!("{key}: {}", self.value(json)),
        }
    }

    /// How a recorded getter or conversion ends.
    fn outcome(&self, result: &Value) -> String {
        match result.as_object().and_then(only) {
            Some(("$throws", thrown)) => format!("throw {};", self.value(thrown)),
            _ => format!("return {};", self.value(result)),
        }
    }
}

impl Uses {
    /// Whether the one list in which the name is given holds all its uses. The expectation sees the names of the first root.
    fn is_local(&self) -> bool {
        let [given] = self.given.as_slice() else { return false };
        let is_visible = given == &[0];
        self.used.iter().all(|used| used.starts_with(given) || is_visible) && (!self.is_expected || is_visible)
    }
}

/// The entry of the log for a getter that was read.
pub(super) fn accessed(name: &str) -> String {
    format!("get {name}")
}

/// The name of a scenario as an identifier that no code of the program's own has.
pub(super) fn own(name: &str) -> String {
    // p-a is pA.
    let mut words = name.split(['-', '_']);
    let mut camel = words.next().unwrap_or_default().to_owned();
    for word in words {
        let mut letters = word.chars();
        camel.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        camel.push_str(letters.as_str());
    }
    let identifier = identifier(&camel);
    if TAKEN.contains(&identifier.as_str()) { identifier + "_" } else { identifier }
}

fn only(members: &Map<String, Value>) -> Option<(&str, &Value)> {
    let mut all = members.iter();
    match (all.next(), all.next()) {
        (Some((name, inner)), None) => Some((name.as_str(), inner)),
        _ => None,
    }
}

fn given_in(list: &[Value], at: &[usize], names: &mut BTreeMap<String, Uses>) {
    let give = |name: Option<&str>, names: &mut BTreeMap<String, Uses>| {
        if let Some(name) = name {
            names.entry(name.to_owned()).or_default().given.push(at.to_vec());
        }
    };
    for operation in list {
        for member in ["as", "catch", "promise"] {
            give(operation.get(member).and_then(Value::as_str), names);
        }
        for node in operation.get("tree").and_then(Value::as_array).into_iter().flatten() {
            give(node.as_str(), names);
        }
    }
    for_inner(list, at, |inner, way| given_in(inner, way, names));
}

fn used_in(list: &[Value], at: &[usize], names: &mut BTreeMap<String, Uses>) {
    for (member, value) in list.iter().filter_map(Value::as_object).flatten() {
        match value {
            Value::String(path) if PATHS.contains(&member.as_str()) => used(path, at, names),
            Value::String(promise) if member == "resolve" || member == "reject" => used(promise, at, names),
            Value::Array(_) if INNER.contains(&member.as_str()) => {}
            _ => used_in_value(value, at, names),
        }
    }
    for_inner(list, at, |inner, way| used_in(inner, way, names));
}

fn used_in_value(value: &Value, at: &[usize], names: &mut BTreeMap<String, Uses>) {
    match value {
        Value::String(text) => {
            if let Some(path) = text.strip_prefix('@') {
                used(path, at, names);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| used_in_value(value, at, names)),
        Value::Object(members) if members.contains_key("$string") => {}
        Value::Object(members) => members.values().for_each(|value| used_in_value(value, at, names)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn used(path: &str, at: &[usize], names: &mut BTreeMap<String, Uses>) {
    let path = path.strip_prefix('@').unwrap_or(path);
    if let Some(uses) = names.get_mut(path.split('.').next().unwrap_or_default()) {
        uses.used.push(at.to_vec());
    }
}

fn for_inner(list: &[Value], at: &[usize], mut each: impl FnMut(&[Value], &[usize])) {
    for (number, operation) in list.iter().enumerate() {
        for (kind, member) in INNER.iter().enumerate() {
            if let Some(inner) = operation.get(*member).and_then(Value::as_array) {
                each(inner, &[at, &[number * INNER.len() + kind]].concat());
            }
        }
    }
}

fn expected_in(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => names.extend(text.strip_prefix('@').map(str::to_owned)),
        Value::Array(values) => values.iter().for_each(|value| expected_in(value, names)),
        Value::Object(members) => {
            members.iter().filter(|(name, _)| *name != "from").for_each(|(_, value)| expected_in(value, names));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn errors_in(value: &Value, errors: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            if let Some(("$error", Value::String(name))) = only(members) {
                errors.push(name.clone());
            }
            members.values().for_each(|value| errors_in(value, errors));
        }
        Value::Array(values) => values.iter().for_each(|value| errors_in(value, errors)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
