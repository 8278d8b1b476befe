//! How much a report keeps of what an implementation said.
//!
//! One that says ten million characters where ten were expected deviates, and its report has to stay one that can be read.

use serde_json::{Map, Value as Json};

/// What came after the difference explains little, and an implementation that does not end may have given hundreds of thousands.
pub(super) const KEPT_AFTER: usize = 200;

/// The longest message about a failure, in characters.
const LONGEST_MESSAGE: usize = 2_000;

/// The longest text within a trace that is kept whole, in characters; nothing in the specifications makes one of a tenth.
const LONGEST_TEXT: usize = 10_000;

/// How much is kept of what is longer.
const KEPT_TEXT: usize = 1_000;

/// How deep an observation may be nested. Readers of JSON have a limit for a whole report, which holds it some levels down.
const DEEPEST: usize = 64;

/// Cuts what is too long in a trace.
pub(super) fn cut_texts(trace: &mut [Json]) {
    trace.iter_mut().for_each(cut_text);
}

fn cut_text(json: &mut Json) {
    match json {
        Json::String(text) => {
            if let Some(cut) = cut(text) {
                *text = cut;
            }
        }
        Json::Array(items) => items.iter_mut().for_each(cut_text),
        Json::Object(members) => {
            members.values_mut().for_each(cut_text);
            if members.keys().any(|name| cut(name).is_some()) {
                let renamed = std::mem::take(members).into_iter();
                *members = renamed.map(|(name, value)| (cut(&name).unwrap_or(name), value)).collect::<Map<_, _>>();
            }
        }
        Json::Null | Json::Bool(_) | Json::Number(_) => {}
    }
}

fn cut(text: &str) -> Option<String> {
    if text.len() <= LONGEST_TEXT {
        return None;
    }
    let length = text.chars().count();
    (length > LONGEST_TEXT)
        .then(|| format!("{}… ({length} characters)", text.chars().take(KEPT_TEXT).collect::<String>()))
}

/// A message, cut where it is too long.
pub(super) fn message(mut text: String) -> String {
    if let Some((at, _)) = text.char_indices().nth(LONGEST_MESSAGE) {
        text.truncate(at);
        text.push('…');
    }
    text
}

/// What is wrong with a trace that no report could hold.
pub(super) fn refusal(trace: &[Json]) -> Option<String> {
    let too_deep = trace.iter().any(|observation| !is_within(observation, DEEPEST));
    too_deep.then(|| format!("an observation is nested deeper than {DEEPEST}"))
}

fn is_within(json: &Json, depth: usize) -> bool {
    match json {
        Json::Array(items) => depth > 0 && items.iter().all(|item| is_within(item, depth - 1)),
        Json::Object(members) => depth > 0 && members.values().all(|value| is_within(value, depth - 1)),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => true,
    }
}
