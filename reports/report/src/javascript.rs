//! A scenario as plain JavaScript, for people.
//!
//! What a reader sees is what the scenario does, not how an agent records it: calls stand bare, although an agent
//! catches and records what they throw, and what is asked for is logged. What happens from outside is a comment. What
//! this module does not know is a comment with its JSON, never left out.

mod names;
pub mod operation;
pub mod stimulus;
pub mod value;
pub mod words;

use serde_json::{Map, Value};

use crate::printable;
use names::Names;
use words::{identifier, literal};

/// The scenario as a program.
#[must_use]
pub fn javascript(scenario: &Value) -> String {
    let names = Names::of(scenario);
    let mut sections = vec![heading(scenario), declarations(scenario, &names)];
    let (callbacks, steps) = (callbacks(scenario, &names), list(scenario, "steps", &names));
    match scenario.get("worker") {
        Some(_) => {
            sections.push(vec!["// The service worker's script, run at each evaluation:".to_owned()]);
            sections.extend(callbacks);
            sections.push(list(scenario, "worker", &names));
            sections.push([vec!["// The worker runs, installed and activated. Then:".to_owned()], steps].concat());
        }
        None => {
            sections.extend(callbacks);
            sections.push(steps);
        }
    }
    let sections: Vec<String> =
        sections.into_iter().filter(|section| !section.is_empty()).map(|section| section.join("\n")).collect();
    printable::source(&(sections.join("\n\n") + "\n"))
}

/// Lines of code, none of which holds a line feed.
pub type Lines = Vec<String>;

fn heading(scenario: &Value) -> Lines {
    let Some(members) = scenario.as_object() else { return vec![unknown(scenario)] };
    let mut lines: Lines = members.get("title").and_then(Value::as_str).map(comment).into_iter().collect();
    let is_known =
        |name: &str| ["title", "requirements", "observe", "needs", "callbacks", "worker", "steps"].contains(&name);
    let others: Map<String, Value> =
        members.iter().filter(|(name, _)| !is_known(name)).map(|(name, value)| (name.clone(), value.clone())).collect();
    if !others.is_empty() {
        lines.push(unknown(&Value::Object(others)));
    }
    lines
}

fn declarations(scenario: &Value, names: &Names) -> Lines {
    let mut lines: Lines = names
        .errors
        .iter()
        .map(|name| format!("const {} = new Error({});", value::error(name), literal(name)))
        .collect();
    if !names.shared.is_empty() {
        let shared: Vec<String> = names.shared.iter().map(|name| identifier(name)).collect();
        lines.push(format!("let {};", shared.join(", ")));
    }
    let callbacks = scenario.get("callbacks").and_then(Value::as_object).into_iter().flatten();
    let counted: Vec<String> = callbacks
        .filter(|(_, callback)| callback.get("times").is_some_and(Value::is_u64))
        .map(|(name, _)| format!("{}: 0", identifier(name)))
        .collect();
    if !counted.is_empty() {
        lines.push(format!("const calls = {{ {} }};", counted.join(", ")));
    }
    lines
}

fn callbacks(scenario: &Value, names: &Names) -> Vec<Lines> {
    match scenario.get("callbacks") {
        None => Vec::new(),
        Some(Value::Object(callbacks)) => callbacks
            .iter()
            .map(|(name, written)| {
                callback(name, written, names).unwrap_or_else(|| vec![unknown_member(name, written)])
            })
            .collect(),
        Some(other) => vec![vec![unknown_member("callbacks", other)]],
    }
}

fn callback(name: &str, written: &Value, names: &Names) -> Option<Lines> {
    let members = written.as_object()?;
    if members.keys().any(|member| !["do", "times", "kind"].contains(&member.as_str())) {
        return None;
    }
    let name = identifier(name);
    let mut body = Lines::new();
    match members.get("times").map(|times| times.as_u64().ok_or(())) {
        None => {}
        Some(Ok(times)) => body.push(format!("if (++calls.{name} > {times}) return;")),
        Some(Err(())) => return None,
    }
    if let Some(operations) = members.get("do") {
        body.extend(run(operations.as_array()?, names));
    }
    match members.get("kind").map_or(Some("function"), Value::as_str)? {
        "function" => Some(block(&format!("function {name}(event) {{"), body, "}")),
        "async" => Some(block(&format!("async function {name}(event) {{"), body, "}")),
        "class" => Some(block(&format!("class {name} {{"), block("constructor(event) {", body, "}"), "}")),
        _ => None,
    }
}

fn list(scenario: &Value, member: &str, names: &Names) -> Lines {
    match scenario.get(member) {
        None => Lines::new(),
        Some(Value::Array(operations)) => run(operations, names),
        Some(other) => vec![unknown_member(member, other)],
    }
}

/// Operations and stimuli, one after the other.
fn run(operations: &[Value], names: &Names) -> Lines {
    operations
        .iter()
        .flat_map(|operation| {
            operation::lines(operation, names)
                .or_else(|| stimulus::lines(operation, names))
                .unwrap_or_else(|| vec![unknown(operation)])
        })
        .collect()
}

/// Returns lines between an opening and a closing one, indented; on one line if there are none.
#[must_use]
pub fn block(open: &str, body: Lines, close: &str) -> Lines {
    if body.is_empty() {
        return vec![format!("{open}{close}")];
    }
    let body = body.into_iter().map(|line| format!("  {line}"));
    std::iter::once(open.to_owned()).chain(body).chain([close.to_owned()]).collect()
}

/// Returns a comment of one line.
#[must_use]
pub fn comment(text: &str) -> String {
    format!("// {}", printable::line(text))
}

fn unknown(json: &Value) -> String {
    comment(&json.to_string())
}

fn unknown_member(name: &str, json: &Value) -> String {
    comment(&format!("{}: {json}", literal(name)))
}

/// An object by the member that says what it is, if it has no member that does not belong there.
#[derive(Clone, Copy, Debug)]
pub struct Shape<'a> {
    /// The name of that member.
    pub kind: &'static str,
    members: &'a Map<String, Value>,
}

impl<'a> Shape<'a> {
    /// Returns the shape of an object: the first whose members it has and no others.
    #[must_use]
    pub fn of(json: &'a Value, shapes: &[(&'static str, &[&str])]) -> Option<Self> {
        let members = json.as_object()?;
        let fits = |kind: &str, others: &[&str]| {
            members.contains_key(kind) && members.keys().all(|name| name == kind || others.contains(&name.as_str()))
        };
        let (kind, _) = shapes.iter().find(|(kind, others)| fits(kind, others))?;
        Some(Self { kind, members })
    }

    /// Returns a member.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&'a Value> {
        self.members.get(name)
    }

    /// Returns a member that is a text.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&'a str> {
        self.get(name)?.as_str()
    }

    /// Returns a member that is a list.
    #[must_use]
    pub fn list(&self, name: &str) -> Option<&'a [Value]> {
        self.get(name)?.as_array().map(Vec::as_slice)
    }

    /// A list that may be left out; the outer option says whether the member is well-formed.
    #[must_use]
    pub fn optional_list(&self, name: &str) -> Option<&'a [Value]> {
        self.get(name).map_or(Some(&[]), |list| list.as_array().map(Vec::as_slice))
    }

    /// A text that may be left out; the outer option says whether the member is well-formed.
    #[must_use]
    pub fn optional_text(&self, name: &str) -> Option<Option<&'a str>> {
        self.get(name).map_or(Some(None), |text| text.as_str().map(Some))
    }

    /// A value that may be left out.
    #[must_use]
    pub fn value(&self, name: &str) -> String {
        self.get(name).map_or_else(|| "undefined".to_owned(), value::value)
    }
}
