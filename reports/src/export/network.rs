//! What background fetches get from the network: URLs of the suite's server that answer as a scenario says.

use std::collections::BTreeMap;

use bgfspec_report::Export;
use serde_json::Value;

use super::operations;

/// What answers a request of a background fetch.
const PENDING: &str = "/common/slow.py?delay=30000";
const SUCCESS: &str = "/common/slow.py?delay=500";
const BAD_STATUS: &str = "/fetch/api/resources/status.py?code=404";
const FETCH_ERROR: &str = "/fetch/api/resources/bad-chunk-encoding.py?count=1";

/// The scenario with URLs that answer as it says.
pub(super) fn with_urls(export: &Export) -> Result<Export, String> {
    let steps = operations(&export.scenario, "steps");
    if steps.iter().any(|step| step.get("progress").is_some()) {
        return Err("the suite's server can't hold a response after so many bytes".to_owned());
    }
    let mut urls: BTreeMap<String, String> = BTreeMap::new();
    let mut fetches = Vec::new();
    fetched(&export.scenario, &mut fetches);
    for (id, paths) in fetches {
        let end = steps.iter().find(|step| step.get("finish").is_some_and(|one| *one == id));
        let answer = match end.map(|step| step.get("how").and_then(Value::as_str).unwrap_or_default()) {
            None => PENDING,
            Some("success") => SUCCESS,
            Some("bad-status") => BAD_STATUS,
            Some("fetch-error") => FETCH_ERROR,
            Some(how) => return Err(format!("no URL of the suite's server ends a fetch so: {how}")),
        };
        for path in paths {
            let url = format!("{answer}&{}", &path[1..]);
            if urls.insert(path, url.clone()).is_some_and(|before| before != url) {
                return Err("two of its fetches have one URL, and end in two ways".to_owned());
            }
        }
    }
    let mut export = export.clone();
    answered(&mut export.scenario, &urls);
    export.permitted.iter_mut().flatten().for_each(|item| answered(item, &urls));
    Ok(export)
}

/// The background fetches of a scenario: their ids, and the paths that they fetch.
fn fetched(value: &Value, fetches: &mut Vec<(String, Vec<String>)>) {
    match value {
        Value::Object(members) => {
            let called = members.get("call").and_then(Value::as_str).unwrap_or_default();
            if let (true, Some([Value::String(id), requests, ..])) = (
                called.ends_with("backgroundFetch.fetch"),
                members.get("args").and_then(Value::as_array).map(Vec::as_slice),
            ) {
                let mut paths = Vec::new();
                paths_in(requests, &mut paths);
                fetches.push((id.clone(), paths));
            }
            members.values().for_each(|value| fetched(value, fetches));
        }
        Value::Array(values) => values.iter().for_each(|value| fetched(value, fetches)),
        _ => {}
    }
}

fn paths_in(value: &Value, paths: &mut Vec<String>) {
    match value {
        Value::String(text) if text.starts_with('/') => paths.push(text.clone()),
        Value::Array(values) => values.iter().for_each(|value| paths_in(value, paths)),
        _ => {}
    }
}

/// Replaces the paths.
fn answered(value: &mut Value, urls: &BTreeMap<String, String>) {
    match value {
        Value::String(text) => {
            if let Some(url) = urls.get(text) {
                *text = url.clone();
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| answered(value, urls)),
        Value::Object(members) => members.values_mut().for_each(|value| answered(value, urls)),
        _ => {}
    }
}
