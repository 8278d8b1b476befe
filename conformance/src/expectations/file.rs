//! The file of expectations: JSON, whose errors say the line.

use std::collections::BTreeMap;

use bgfspec_model::Quirk;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::catalogue::Catalogue;
use crate::{date, names};

/// A file of expectations.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// What is expected.
    pub expectations: Vec<Entry>,
}

/// What is expected of an implementation: exactly one of quirk, requirement and deviation.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The implementation's name, as reports have it.
    pub implementation: String,
    /// Only this version, or those that begin with it: `20` is every 20.x.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Only this scope.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// The id of a quirk: what it explains is expected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quirk: Option<String>,
    /// The id of a requirement: deviations from it alone are expected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requirement: Option<String>,
    /// The id of a deviation, which is that of its scenario.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deviation: Option<String>,
    /// Why it is expected; never empty.
    pub reason: String,
    /// Where more is said of it: an address of the web.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// The last day on which it is expected, such as `2027-01-31`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<String>,
}

/// What is wrong with a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// The line.
    pub line: u64,
    /// What is wrong there, and what to do.
    pub message: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

impl std::error::Error for Problem {}

/// The entries of a file, each with the line on which it begins.
///
/// # Errors
/// The file has another form, an entry says too little or too much, or names what there is not.
pub(super) fn parse(text: &str, catalogue: &Catalogue) -> Result<Vec<(u64, Entry)>, Problem> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Raw<'a> {
        #[serde(borrow)]
        expectations: Vec<&'a RawValue>,
    }
    let at = |error: &serde_json::Error, before: u64| Problem {
        line: before + error.line() as u64,
        message: format!("not an expectation: {error}"),
    };
    let raw: Raw<'_> = serde_json::from_str(text).map_err(|error| at(&error, 0))?;
    let mut entries = Vec::new();
    let mut seen: BTreeMap<[Option<String>; 6], u64> = BTreeMap::new();
    for value in raw.expectations {
        let value = value.get();
        // It is a part of the text: how far from its beginning says the line.
        let before = text.get(..value.as_ptr() as usize - text.as_ptr() as usize).unwrap_or_default();
        let before = before.matches('\n').count() as u64;
        let line = before + 1;
        let entry: Entry = serde_json::from_str(value).map_err(|error| at(&error, before))?;
        check(&entry, catalogue).map_err(|message| Problem { line, message })?;
        let key = [
            Some(entry.implementation.clone()),
            entry.version.clone(),
            entry.scope.clone(),
            entry.quirk.clone(),
            entry.requirement.clone(),
            entry.deviation.clone(),
        ];
        if let Some(first) = seen.insert(key, line) {
            return Err(Problem { line, message: format!("the same is expected on line {first}") });
        }
        entries.push((line, entry));
    }
    Ok(entries)
}

/// Says what is wrong with an entry that has the right form.
fn check(entry: &Entry, catalogue: &Catalogue) -> Result<(), String> {
    if entry.reason.trim().is_empty() {
        return Err("the expectation has no reason: say why it is expected".to_owned());
    }
    if entry.implementation.is_empty() {
        return Err("the expectation is of nobody: `implementation` is empty".to_owned());
    }
    match (&entry.quirk, &entry.requirement, &entry.deviation) {
        (Some(id), None, None) => {
            if Quirk::named(id).is_none() {
                return Err(names::unknown("quirk", id, Quirk::with_names().map(Quirk::id)));
            }
        }
        (None, Some(id), None) => {
            let requirement = catalogue.requirement(id).map_err(|error| error.to_string())?;
            if !requirement.is_adopted() {
                return Err(format!("{id} is no rule any more: see `bgfspec explain {id}`"));
            }
        }
        (None, None, Some(id)) => {
            if id.len() != 12 || !id.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                return Err(format!("`{id}` is no id of a deviation: 12 hexadecimal digits, as reports have them"));
            }
        }
        _ => return Err("expected exactly one of `quirk`, `requirement` and `deviation`".to_owned()),
    }
    if let Some(link) = &entry.link
        && !["https://", "http://"].iter().any(|scheme| link.starts_with(scheme))
    {
        return Err(format!("`{link}` is no address of the web: a link begins with https://"));
    }
    match &entry.expires {
        Some(day) if !is_day(day) => Err(format!("`{day}` is no day: write it as 2027-01-31")),
        _ => Ok(()),
    }
}

/// Whether the text is a day of the calendar, in the form in which days are in order as texts.
fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return false };
    let number = |part: &str, digits: usize| -> Option<u64> {
        let plain = part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| part.parse().ok())?
    };
    let (Some(year), Some(month), Some(day)) = (number(year, 4), number(month, 2), number(day, 2)) else {
        return false;
    };
    (1..=date::days_in(year, month)).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::is_day;

    #[test]
    fn days_are_those_of_the_calendar() {
        for day in ["2027-01-31", "2028-02-29", "2000-02-29"] {
            assert!(is_day(day), "{day}");
        }
        for none in
            ["", "soon", "2027-02-29", "2100-02-29", "2027-13-01", "2027-00-10", "2027-1-1", "2027-04-31", "+027-01-01"]
        {
            assert!(!is_day(none), "{none}");
        }
    }
}
