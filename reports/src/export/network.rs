//! What background fetches get from the network: URLs of the suite's server that answer as a scenario says.

use std::collections::{BTreeMap, BTreeSet};

use bgfspec_report::Export;
use serde_json::Value;

use super::operations;

/// What answers a request of a background fetch.
const PENDING: &str = "/common/slow.py?delay=30000";
const SUCCESS: &str = "/common/slow.py?delay=";
const BAD_STATUS: &str = "/fetch/api/resources/status.py?code=404";
/// A redirect to what is not HTTP is a network error.
const FETCH_ERROR: &str = "/common/redirect.py?location=about:blank";

/// What has bytes: as many as its URL holds, or more than a million.
const SHORT: &str = "/xhr/resources/content.py?content=";
const LONG: &str = "/xhr/resources/over-1-meg.txt?pipe=";
/// At most this many bytes stand in a URL.
const MOST_IN_URL: u64 = 100;
/// What holds the response up after the last bytes where no step ends the fetch.
const FOREVER: &str = "d30";
/// Without it, Chromium waits for more bytes to tell the type of the response.
const AT_ONCE: &str = "header(X-Content-Type-Options,nosniff)";

/// The scenario with URLs that answer as it says.
pub(super) fn with_urls(export: &Export) -> Result<Export, String> {
    let mut export = export.clone();
    let mut requests = BTreeMap::new();
    requested(&export.scenario, &mut requests);
    let steps = operations(&export.scenario, "steps").to_vec();
    let mut urls: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    fetched(&mut export.scenario, &mut |id, asked| {
        let answer = answer(id, &steps)?;
        let mut own = BTreeMap::new();
        paths_in(asked, &requests, &mut |path| {
            let url = format!("{answer}&{}", &path[1..]);
            urls.entry(path.to_owned()).or_default().insert(url.clone());
            own.insert(path.to_owned(), url);
        });
        answered(asked, &own);
        Ok(())
    })?;
    // Elsewhere a path is that of one answer.
    let text = export.scenario.to_string() + &Value::from(export.permitted.concat()).to_string();
    if urls.iter().any(|(path, urls)| urls.len() > 1 && text.contains(&Value::from(path.as_str()).to_string())) {
        return Err("two of its fetches have one URL, and end in two ways".to_owned());
    }
    let urls = urls.into_iter().filter_map(|(path, urls)| Some((path, urls.into_iter().next()?))).collect();
    answered(&mut export.scenario, &urls);
    export.permitted.iter_mut().flatten().for_each(|item| answered(item, &urls));
    Ok(export)
}

/// The URL that answers a fetch as the steps say, up to the name of what it asks for.
fn answer(id: &str, steps: &[Value]) -> Result<String, String> {
    let of_fetch = |word: &'static str| steps.iter().filter(move |step| step.get(word).is_some_and(|one| one == id));
    let end = of_fetch("finish").next().map(|step| step.get("how").and_then(Value::as_str).unwrap_or_default());
    let bytes: Vec<u64> = of_fetch("progress").filter_map(|step| step.get("bytes")?.as_u64()).collect();
    // Workers take their time.
    let is_slow = steps.iter().any(|step| step.get("update").is_some() || step.to_string().contains("unregister"));
    let waits = steps.iter().take_while(|step| step.get("finish").is_none_or(|one| one != id));
    let waits = waits.filter(|step| is_slow && step.get("drain").is_some()).count();
    let before = if is_slow { "d6" } else { "d2" };
    let no_url = |how: &str| format!("no URL of the suite's server ends a fetch so: {how}");
    if bytes.is_empty() {
        return Ok(match end {
            None => PENDING.to_owned(),
            Some("success") => format!("{SUCCESS}{}", 500 + 3000 * waits),
            Some("bad-status") => BAD_STATUS.to_owned(),
            Some("fetch-error") => FETCH_ERROR.to_owned(),
            Some(how) => return Err(no_url(how)),
        });
    }
    let all: u64 = bytes.iter().sum();
    let file = match usize::try_from(all) {
        Ok(length) if all <= MOST_IN_URL => format!("{SHORT}{}&pipe=", "x".repeat(length)),
        _ => format!("{LONG}slice(0,{all})|"),
    };
    let status = match end {
        None | Some("success") => "",
        Some("bad-status") => "status(404)|",
        Some(how) => return Err(no_url(how)),
    };
    let last = if end.is_none() { FOREVER } else { before };
    let parts: Vec<String> = bytes.iter().map(|bytes| format!("{before}:{bytes}:")).collect();
    Ok(format!("{file}{status}{AT_ONCE}|trickle({}{last})", parts.concat()))
}

/// The requests of a scenario: their names, and what they are for.
fn requested(value: &Value, requests: &mut BTreeMap<String, String>) {
    match value {
        Value::Object(members) => {
            let text = |member: &str| members.get(member).and_then(Value::as_str);
            let path = members.get("args").and_then(|args| args.get(0)).and_then(Value::as_str);
            if let (Some("Request"), Some(name), Some(path)) = (text("new"), text("as"), path) {
                requests.insert(format!("@{name}"), path.to_owned());
            }
            members.values().for_each(|value| requested(value, requests));
        }
        Value::Array(values) => values.iter().for_each(|value| requested(value, requests)),
        _ => {}
    }
}

/// Visits the background fetches of a scenario: their ids, and what they ask for.
fn fetched(value: &mut Value, visit: &mut impl FnMut(&str, &mut Value) -> Result<(), String>) -> Result<(), String> {
    match value {
        Value::Object(members) => {
            let called = members.get("call").and_then(Value::as_str).unwrap_or_default();
            if called.ends_with("backgroundFetch.fetch")
                && let Some([Value::String(id), asked, ..]) =
                    members.get_mut("args").and_then(Value::as_array_mut).map(Vec::as_mut_slice)
            {
                visit(id, asked)?;
            }
            members.values_mut().try_for_each(|value| fetched(value, visit))
        }
        Value::Array(values) => values.iter_mut().try_for_each(|value| fetched(value, visit)),
        _ => Ok(()),
    }
}

fn paths_in(value: &Value, requests: &BTreeMap<String, String>, visit: &mut impl FnMut(&str)) {
    match value {
        Value::String(text) => {
            let path = requests.get(text).unwrap_or(text);
            if path.starts_with('/') {
                visit(without_fragment(path).0);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| paths_in(value, requests, visit)),
        _ => {}
    }
}

/// Replaces the paths.
fn answered(value: &mut Value, urls: &BTreeMap<String, String>) {
    match value {
        Value::String(text) => {
            let (path, fragment) = without_fragment(text);
            if let Some(url) = urls.get(path) {
                *text = format!("{url}{fragment}");
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| answered(value, urls)),
        Value::Object(members) => members.values_mut().for_each(|value| answered(value, urls)),
        _ => {}
    }
}

/// A path, and the fragment behind it.
fn without_fragment(text: &str) -> (&str, &str) {
    text.split_at(text.find('#').unwrap_or(text.len()))
}
