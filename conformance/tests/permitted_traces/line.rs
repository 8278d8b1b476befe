//! An observation on one line, as reports show it, without loss.
//!
//! Reports leave out what is usual. A line is used only where the observation can be read back from it; otherwise the line is the JSON.

use bgfspec::scenario::{Detail, Observe};
use bgfspec_report::trace::observation_line;
use rstest::rstest;
use serde_json::{Map, Value as Json, json};

/// Returns the line of an observation, in a scenario that observes these details.
pub(crate) fn line(observation: &Json, observe: &Observe) -> String {
    let short = observation_line(observation);
    if read(&short, observe).as_ref() == Some(observation) { short } else { observation.to_string() }
}

/// Returns the observation that a line shows.
fn read(line: &str, observe: &Observe) -> Option<Json> {
    let (realm, line) = match line.strip_prefix('[') {
        Some(rest) => rest.split_once("] ").map(|(realm, rest)| (Some(realm), rest))?,
        None => (None, line),
    };
    let mut parts = line.split("  ");
    let (kind, first) = parts.next()?.split_once(' ').unwrap_or((line, ""));
    let mut members = Map::new();
    let mut add = |name: &str, value: Json| members.insert(name.to_owned(), value);
    match kind {
        "called" => {
            add("called", first.into());
            let (mut arguments, mut shown) = (1, Map::new());
            for part in parts {
                if let Some(this) = part.strip_prefix("this=") {
                    add("this", whole(this)?);
                } else if let Some(count) = part.strip_prefix("arguments=") {
                    arguments = count.parse().ok()?;
                } else {
                    shown = event(part)?;
                }
            }
            add("arguments", arguments.into());
            if arguments == 1 {
                add("event", Json::Object(completed(shown, observe)));
            }
        }
        "read" => {
            let shown = parts.next().map_or(Some(Map::new()), event)?;
            add("read", Json::Object(completed(shown, observe)));
            add("of", first.into());
        }
        "settled" => {
            let (name, rest) = first.split_once(' ')?;
            let (how, with) = rest.split_once(" with ")?;
            add("settled", name.into());
            add("as", how.into());
            add("value", whole(with)?);
        }
        "unhandled" => {
            add("unhandled", whole(first)?);
            add("promise", whole(parts.next()?.strip_prefix("of ")?)?);
        }
        "accessed" | "missing" => {
            add(kind, first.into());
        }
        "converted" => {
            add(kind, true.into());
        }
        _ => {
            add(kind, whole(first)?);
            if let Some(from) = parts.next() {
                add("from", from.strip_prefix("from ")?.into());
            }
        }
    }
    if let Some(realm) = realm {
        add("in", realm.into());
    }
    Some(Json::Object(members))
}

/// Returns the members of an event that a line shows.
fn event(mut text: &str) -> Option<Map<String, Json>> {
    let mut members = Map::new();
    while !text.is_empty() {
        let end = text.find(['=', ' ']).unwrap_or(text.len());
        let name = match &text[..end] {
            "phase" => "eventPhase",
            "path" => "composedPath",
            name => name,
        };
        text = &text[end..];
        let shown = match text.strip_prefix('=') {
            Some(rest) => {
                text = rest;
                value(&mut text)?
            }
            None => Json::Bool(true),
        };
        members.insert(name.to_owned(), shown);
        text = text.strip_prefix(' ').unwrap_or(text);
    }
    Some(members)
}

/// Returns the members of an event that are observed, with the usual values of those that a line leaves out.
fn completed(mut shown: Map<String, Json>, observe: &Observe) -> Map<String, Json> {
    for (detail, name) in Detail::MEMBERS {
        if observe.counts(detail) && detail != Detail::Registration && !shown.contains_key(name) {
            let usual = match detail {
                Detail::SrcElement => shown.get("target").cloned().unwrap_or(Json::Bool(false)),
                Detail::ReturnValue => Json::Bool(true),
                _ => Json::Bool(false),
            };
            shown.insert(name.to_owned(), usual);
        }
    }
    shown
}

/// Returns the value that is the whole text.
fn whole(mut text: &str) -> Option<Json> {
    let value = value(&mut text)?;
    text.is_empty().then_some(value)
}

/// Takes the value that a text begins with.
fn value(text: &mut &str) -> Option<Json> {
    if let Some(class) = text.strip_prefix("[object ") {
        let (class, rest) = class.split_once(']')?;
        *text = rest;
        return Some(json!({ "$object": class }));
    }
    if let Some(rest) = text.strip_prefix('[') {
        *text = rest;
        let mut items = Vec::new();
        while !taken(text, "]") {
            items.push(value(text)?);
            taken(text, ", ");
        }
        return Some(Json::Array(items));
    }
    if let Some(rest) = text.strip_prefix('{') {
        *text = rest;
        let mut members = Map::new();
        while !taken(text, "}") {
            let (name, rest) = text.split_once(": ")?;
            *text = rest;
            members.insert(name.to_owned(), value(text)?);
            taken(text, ", ");
        }
        return Some(Json::Object(members));
    }
    if text.starts_with('"') {
        let mut values = serde_json::Deserializer::from_str(text).into_iter();
        let string: Json = values.next()?.ok()?;
        *text = &text[values.byte_offset()..];
        let is_text_with_at = string.as_str().is_some_and(|string| string.starts_with('@'));
        return Some(if is_text_with_at { json!({ "$string": string }) } else { string });
    }
    for (word, tag) in [("exception ", "$exception"), ("error ", "$error")] {
        if taken(text, word) {
            return Some(json!({ tag: name(text) }));
        }
    }
    Some(match name(text) {
        "" => return None,
        "-0" => json!({ "$": "-0" }),
        reference if reference.starts_with('@') => reference.into(),
        word => serde_json::from_str(word).unwrap_or_else(|_| json!({ "$": word })),
    })
}

/// Takes a word that a text begins with. Returns whether it does.
fn taken(text: &mut &str, word: &str) -> bool {
    let rest = text.strip_prefix(word);
    *text = rest.unwrap_or(text);
    rest.is_some()
}

/// Takes the name, the number or the path that a text begins with.
fn name<'a>(text: &mut &'a str) -> &'a str {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && !"@.-_+".contains(c)).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    *text = rest;
    name
}

#[test]
fn an_observation_that_its_line_would_lose_is_shown_as_json() {
    let observe = Observe::Details(vec![Detail::IsTrusted]);
    let untrusted = json!({ "called": "f", "this": "@t", "arguments": 1, "event": { "isTrusted": false } });
    assert_eq!(line(&untrusted, &observe), "called f  this=@t");
    for (lost, why) in [
        (json!({ "called": "f", "this": "@t", "arguments": 1, "event": {} }), "a member that is observed is missing"),
        (json!({ "called": "f", "this": "@t", "arguments": 1 }), "the argument is no event"),
        (json!({ "called": "f", "arguments": 1, "event": { "isTrusted": true, "type": false } }), "a member too many"),
        (json!({ "noted": "a  from b", "from": "c" }), "a text that looks like a part of the line"),
    ] {
        assert_eq!(line(&lost, &observe), lost.to_string(), "{why}");
    }
}

#[rstest]
#[case::nothing("returned undefined  from t.dispatchEvent", json!({ "returned": { "$": "undefined" }, "from": "t.dispatchEvent" }))]
#[case::exception("[page] threw exception TypeError  from o.f", json!({ "threw": { "$exception": "TypeError" }, "from": "o.f", "in": "page" }))]
#[case::values("got [null, -0, -1.5, @t, \"@t\", error boom, [object Event], {a: \"x, y\"}]", json!({ "got": [
    null, { "$": "-0" }, -1.5, "@t", { "$string": "@t" }, { "$error": "boom" }, { "$object": "Event" }, { "a": "x, y" }
] }))]
#[case::settled("settled p rejected with error boom", json!({ "settled": "p", "as": "rejected", "value": { "$error": "boom" } }))]
fn a_line_is_read_back(#[case] line: &str, #[case] observation: Json) {
    assert_eq!(observation_line(&observation), line);
    assert_eq!(read(line, &Observe::All), Some(observation));
}
