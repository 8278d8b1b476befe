//! Requirements as the files of the catalogue hold them.

use std::borrow::Cow;
use std::fmt;

use bgfspec_report as reports;
pub use bgfspec_report::Level;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, de};

use super::dispute::Dispute;

/// A text that requirements come from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Spec {
    /// The DOM Standard.
    Dom,
    /// The HTML Standard.
    Html,
    /// The Web IDL Standard.
    WebIdl,
    /// Service Workers.
    ServiceWorkers,
    /// Background Fetch.
    BackgroundFetch,
    /// The Fetch Standard.
    Fetch,
    /// The documentation for web developers.
    Mdn,
}

impl Spec {
    /// All of them with their names in the files.
    pub const ALL: [(Spec, &'static str); 7] = [
        (Spec::Dom, "DOM"),
        (Spec::Html, "HTML"),
        (Spec::WebIdl, "WebIDL"),
        (Spec::ServiceWorkers, "SW"),
        (Spec::BackgroundFetch, "BGF"),
        (Spec::Fetch, "FETCH"),
        (Spec::Mdn, "MDN"),
    ];

    /// Returns its name in the files.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.into_iter().find(|(spec, _)| *spec == self).map_or("", |(_, name)| name)
    }
}

/// One text or several: `DOM`, or `WebIDL/DOM`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Specs(Vec<Spec>);

impl Specs {
    /// Returns the texts in the order of the file; there is at least one.
    #[must_use]
    pub fn list(&self) -> &[Spec] {
        &self.0
    }
}

impl fmt::Display for Specs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.0.iter().map(|spec| spec.name()).collect();
        f.write_str(&names.join("/"))
    }
}

impl<'de> Deserialize<'de> for Specs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let named = |name: &str| {
            let found = Spec::ALL.into_iter().find(|(_, known)| *known == name).map(|(spec, _)| spec);
            found.ok_or_else(|| {
                let allowed = Spec::ALL.map(|(_, name)| format!("`{name}`")).join(", ");
                let text =
                    format!("unknown specification `{name}`, expected one of {allowed}, or several joined by `/`");
                de::Error::custom(text)
            })
        };
        text.split('/').map(named).collect::<Result<_, _>>().map(Specs)
    }
}

impl JsonSchema for Specs {
    fn schema_name() -> Cow<'static, str> {
        "Specs".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let names: Vec<&str> = Spec::ALL.into_iter().map(|(_, name)| name).collect();
        let one = names.join("|");
        json_schema!({
            "description": "One text, or several joined by `/`.",
            "type": "string",
            "anyOf": [{ "enum": names }, { "pattern": format!("^({one})(/({one}))+$") }],
        })
    }
}

/// How a requirement came into the catalogue. The catalogue began with a draft, a list of requirements.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// It is in the draft, and was taken over as it was.
    Adopted,
    /// It is in the draft, and its statement was corrected.
    Corrected,
    /// It is in the draft and means the same as another requirement, which counts instead.
    Merged,
    /// It is in the draft, and the specifications do not say so.
    Refused,
    /// It is not in the draft. Every new requirement is added.
    Added,
}

impl Origin {
    /// Returns its name in the files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Origin::Adopted => "adopted",
            Origin::Corrected => "corrected",
            Origin::Merged => "merged",
            Origin::Refused => "refused",
            Origin::Added => "added",
        }
    }

    /// Whether a requirement of this origin must say why it is not as in the draft.
    #[must_use]
    pub fn needs_reason(self) -> bool {
        match self {
            Origin::Corrected | Origin::Merged | Origin::Refused => true,
            Origin::Adopted | Origin::Added => false,
        }
    }
}

/// One testable rule.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("allOf" = [
    {
        "if": { "properties": { "origin": { "enum": ["corrected", "merged", "refused"] } } },
        "then": { "required": ["why"] },
    },
    {
        "if": { "properties": { "origin": { "const": "merged" } } },
        "then": { "required": ["into"] },
        "else": { "properties": { "into": false } },
    },
]))]
pub struct Requirement {
    /// The area's code and a number. It stays for ever.
    #[schemars(regex(pattern = "^[A-Z]+-[0-9]{3,}$"))]
    pub id: String,
    /// The texts that it comes from.
    pub spec: Specs,
    /// The step or section.
    #[schemars(length(min = 1))]
    pub step: String,
    /// How strongly it binds.
    pub level: Level,
    /// The rule, in our own words.
    #[schemars(length(min = 11))]
    pub statement: String,
    /// The URL of the passage.
    #[schemars(regex(pattern = "^https://"))]
    pub link: String,
    /// How it came into the catalogue.
    pub origin: Origin,
    /// Why it was corrected, merged or refused; or, if there is more to say than that it was missing, why it was added.
    #[serde(default)]
    #[schemars(with = "String", length(min = 1))]
    pub why: Option<String>,
    /// The requirement that it was merged into.
    #[serde(default)]
    #[schemars(with = "String", length(min = 1))]
    pub into: Option<String>,
    /// Why no scenario can decide it.
    #[serde(default)]
    #[schemars(with = "String", length(min = 1))]
    pub untested: Option<String>,
    /// What else there is to say.
    #[serde(default)]
    #[schemars(with = "String", length(min = 1))]
    pub note: Option<String>,
    /// What says otherwise, and the errata that it rests on.
    #[serde(default)]
    pub disputes: Vec<Dispute>,
}

impl Requirement {
    /// Whether it is a rule of the catalogue, and not merged or refused.
    #[must_use]
    pub fn is_adopted(&self) -> bool {
        !matches!(self.origin, Origin::Merged | Origin::Refused)
    }

    /// Returns the code of its area.
    #[must_use]
    pub fn area(&self) -> &str {
        self.id.split('-').next().unwrap_or_default()
    }

    /// Returns whether its id, its statement or its step contains a text, in whatever letters.
    #[must_use]
    pub fn contains(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        [&self.id, &self.statement, &self.step].iter().any(|part| part.to_lowercase().contains(&text))
    }

    /// Returns the same in the words of the report, in an area of this title.
    #[must_use]
    pub fn in_report(&self, area_title: &str) -> reports::Requirement {
        reports::Requirement {
            id: self.id.clone(),
            area: self.area().to_owned(),
            area_title: area_title.to_owned(),
            spec: self.spec.to_string(),
            step: self.step.clone(),
            level: self.level,
            statement: self.statement.clone(),
            link: self.link.clone(),
            untested: self.untested.clone(),
            disputes: self.disputes.iter().filter_map(Dispute::in_report).collect(),
        }
    }
}

/// One file of requirements: an area of the catalogue.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Area {
    /// Its code, which is the name of the file.
    #[serde(rename = "area")]
    #[schemars(regex(pattern = "^[A-Z]+$"))]
    pub code: String,
    /// Its title.
    #[schemars(length(min = 1))]
    pub title: String,
    /// Its requirements.
    pub requirements: Vec<Requirement>,
}
