//! Names, paths and texts as words of JavaScript.

use serde_json::Value;

/// The text as a literal.
#[must_use]
pub fn literal(text: &str) -> String {
    Value::from(text).to_string()
}

/// The name of a scenario as an identifier.
#[must_use]
pub fn identifier(name: &str) -> String {
    let mut identifier: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '$' { c } else { '_' }).collect();
    if !identifier.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_' || c == '$') {
        identifier.insert(0, '_');
    }
    if RESERVED.contains(&identifier.as_str()) {
        identifier.push('_');
    }
    identifier
}

/// A path of members, without its `@`.
#[must_use]
pub fn path(path: &str) -> String {
    let mut members = path.split('.');
    let first = members.next().unwrap_or_default();
    let start = if SPECIAL.contains(&first) { first.to_owned() } else { identifier(first) };
    members.fold(start, |start, name| member(&start, name))
}

/// A member of what the expression gives.
#[must_use]
pub fn member(of: &str, name: &str) -> String {
    if is_identifier(name) {
        format!("{of}.{name}")
    } else if !name.is_empty() && name.len() < 10 && name.chars().all(|c| c.is_ascii_digit()) {
        format!("{of}[{name}]")
    } else {
        format!("{of}[{}]", literal(name))
    }
}

/// A path as an object and the name of its last member; a path of one name is a member of the global object.
#[must_use]
pub fn split(whole: &str) -> (String, &str) {
    whole.rsplit_once('.').map_or_else(|| ("self".to_owned(), whole), |(object, member)| (path(object), member))
}

/// Returns whether a text can be an identifier as it stands.
#[must_use]
pub fn is_identifier(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_' || c == '$')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '$')
}

const SPECIAL: [&str; 4] = ["self", "this", "event", "arguments"];

const RESERVED: [&str; 44] = [
    "arguments",
    "await",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "continue",
    "debugger",
    "default",
    "delete",
    "do",
    "else",
    "enum",
    "eval",
    "event",
    "export",
    "extends",
    "false",
    "finally",
    "for",
    "function",
    "if",
    "import",
    "in",
    "instanceof",
    "let",
    "new",
    "null",
    "return",
    "self",
    "static",
    "super",
    "switch",
    "this",
    "throw",
    "true",
    "try",
    "typeof",
    "var",
    "void",
    "while",
    "with",
    "yield",
];
