//! The names of a scenario, and where each is declared.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::words::identifier;

/// What has to be declared at the start of the program.
pub(crate) struct Names {
    /// Names that a constant can't hold: given more than once, or inside something.
    pub(crate) shared: BTreeSet<String>,
    /// The errors that the scenario throws or rejects with.
    pub(crate) errors: BTreeSet<String>,
}

impl Names {
    /// Returns the names of a scenario.
    pub(crate) fn of(scenario: &Value) -> Self {
        let mut given = Given::default();
        for member in ["worker", "steps"] {
            given.list(scenario.get(member), Place::Top);
        }
        for callback in scenario.get("callbacks").and_then(Value::as_object).into_iter().flatten() {
            given.list(callback.1.get("do"), Place::Inside);
        }
        let mut shared: BTreeSet<String> =
            given.counts.into_iter().filter(|(_, count)| *count > 1).map(|(name, _)| name).collect();
        // A promise and its two functions are made by one statement, so they are declared alike.
        let together = given.promises.iter().filter(|name| shared.contains(*name));
        let functions: Vec<String> = together.flat_map(|name| [resolver(name), rejecter(name)]).collect();
        shared.extend(functions);
        let mut errors = BTreeSet::new();
        collect_errors(scenario, &mut errors);
        Self { shared, errors }
    }

    /// A statement that gives the name to what the expression yields.
    pub(crate) fn assign(&self, name: Option<&str>, expression: &str) -> String {
        match name {
            None if expression.starts_with('{') || expression.starts_with("class") => format!("({expression});"),
            None => format!("{expression};"),
            Some(name) if self.shared.contains(name) => format!("{} = {expression};", identifier(name)),
            Some(name) => format!("const {} = {expression};", identifier(name)),
        }
    }
}

#[derive(Clone, Copy)]
enum Place {
    Top,
    Inside,
}

/// How often each name is given; one given inside something counts twice, since a constant would not be seen outside.
#[derive(Default)]
struct Given {
    counts: BTreeMap<String, usize>,
    promises: BTreeSet<String>,
}

impl Given {
    fn list(&mut self, operations: Option<&Value>, place: Place) {
        for operation in operations.and_then(Value::as_array).into_iter().flatten() {
            self.operation(operation, place);
        }
    }

    fn operation(&mut self, operation: &Value, place: Place) {
        let text = |member: &str| operation.get(member).and_then(Value::as_str);
        let caught = text("catch");
        self.name(text("as"), if caught.is_some() { Place::Inside } else { place });
        self.name(caught, Place::Inside);
        if let Some(name) = text("promise") {
            self.promises.insert(name.to_owned());
            self.name(Some(name), place);
        }
        for node in operation.get("tree").and_then(Value::as_array).into_iter().flatten() {
            self.name(node.as_str(), place);
        }
        for inner in ["microtask", "task", "do", "catch", "worker", "page", "update"] {
            self.list(operation.get(inner), Place::Inside);
        }
    }

    fn name(&mut self, name: Option<&str>, place: Place) {
        if let Some(name) = name {
            *self.counts.entry(name.to_owned()).or_default() += match place {
                Place::Top => 1,
                Place::Inside => 2,
            };
        }
    }
}

/// What the function that fulfils a scenario's promise is called.
pub(crate) fn resolver(promise: &str) -> String {
    format!("resolve_{promise}")
}

/// What the function that rejects a scenario's promise is called.
pub(crate) fn rejecter(promise: &str) -> String {
    format!("reject_{promise}")
}

fn collect_errors(json: &Value, errors: &mut BTreeSet<String>) {
    match json {
        Value::Object(members) => {
            if let (Some(Value::String(name)), 1) = (members.get("$error"), members.len()) {
                errors.insert(name.clone());
            }
            members.values().for_each(|value| collect_errors(value, errors));
        }
        Value::Array(values) => values.iter().for_each(|value| collect_errors(value, errors)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
