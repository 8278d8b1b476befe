//! What happens from outside, as comments, and what other realms do, as blocks.

use serde_json::Value;

use super::names::Names;
use super::words::literal;
use super::{Lines, Shape, block, comment, run};

const SHAPES: &[(&str, &[&str])] = &[
    ("drain", &[]),
    ("worker", &[]),
    ("page", &[]),
    ("closePage", &[]),
    ("stop", &[]),
    ("update", &[]),
    ("timeout", &[]),
    ("failStarts", &[]),
    ("message", &[]),
    ("click", &["newest"]),
    ("progress", &["bytes"]),
    ("upload", &["bytes"]),
    ("finish", &["how"]),
    ("userAbort", &[]),
    ("pause", &[]),
    ("resume", &[]),
    ("permission", &[]),
    ("webdriver", &["page"]),
];

/// The words that begin a stimulus, `drain` among them, which is waiting.
pub fn words() -> impl Iterator<Item = &'static str> {
    SHAPES.iter().map(|(word, _)| *word)
}

/// The stimulus as lines, unless it is none of those that are known.
pub(super) fn lines(stimulus: &Value, names: &Names) -> Option<Lines> {
    let stimulus = Shape::of(stimulus, SHAPES)?;
    let elsewhere = |place: &str| {
        let body = run(stimulus.list(stimulus.kind)?, names);
        Some([vec![comment(place)], block("{", body, "}")].concat())
    };
    match stimulus.kind {
        "worker" => elsewhere("A task in the running service worker:"),
        "page" => elsewhere("A task in a page:"),
        "update" => elsewhere("The registration gets a new worker with this script:"),
        _ => Some(vec![comment(&sentence(&stimulus)?)]),
    }
}

fn sentence(stimulus: &Shape<'_>) -> Option<String> {
    let kind = stimulus.kind;
    if let "drain" | "closePage" | "stop" | "failStarts" = kind {
        let happens = stimulus.get(kind)?.as_bool()?;
        return happens.then(|| flag(kind)).flatten().map(str::to_owned);
    }
    let name = literal(stimulus.text(kind)?);
    let fetch = format!("the background fetch {name}");
    Some(match kind {
        "timeout" => format!("The user agent sets the timed out flag of the event {name}."),
        "message" => format!("A page posts the message {name} to the worker."),
        "click" => match stimulus.get("newest").map_or(Some(true), Value::as_bool)? {
            true => format!("The user clicks the interface of {fetch}."),
            false => format!("The user clicks the interface of the oldest background fetch {name}."),
        },
        "progress" => format!("{} of {fetch} arrive.", bytes(stimulus)?),
        "upload" => format!("{} of {fetch} are sent.", bytes(stimulus)?),
        "finish" => format!("The background fetch {name} ends: {}.", literal(stimulus.text("how")?)),
        "userAbort" => format!("The user aborts {fetch}."),
        "pause" => format!("The user pauses {fetch}."),
        "resume" => format!("The user resumes {fetch}."),
        "permission" => format!("The permission is now {name}."),
        "webdriver" => {
            let page = literal(stimulus.text("page")?);
            format!("WebDriver clicks {fetch}; the current page is {page} (of the scope).")
        }
        _ => return None,
    })
}

fn flag(kind: &str) -> Option<&'static str> {
    match kind {
        "drain" => Some("Everything that is queued runs to its end."),
        "closePage" => Some("The page is closed."),
        "stop" => Some("The user agent stops the service worker."),
        "failStarts" => Some("From now on the worker's script can't be started."),
        _ => None,
    }
}

fn bytes(stimulus: &Shape<'_>) -> Option<String> {
    stimulus.get("bytes").filter(|bytes| bytes.is_number()).map(|bytes| format!("{bytes} bytes"))
}
