//! Scenarios: small programs as data. `SCENARIOS.md` beside this crate describes the format.

mod capabilities;
mod operation;
mod plain;
mod value;

use std::collections::BTreeMap;
use std::fmt;

use schemars::JsonSchema;
use serde::de::{self, IntoDeserializer as _, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

pub use capabilities::Capability;
pub use operation::{Ending, KEYS, Operation, PagePlace, Permission, True};
pub use value::{Member, Outcome, Special, Value};

/// A scenario.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// The rule as a sentence.
    pub title: String,
    /// The ids of the requirements that it decides.
    #[serde(default)]
    pub requirements: Vec<String>,
    /// The details that count for the verdict.
    #[serde(default, skip_serializing_if = "Observe::is_all")]
    pub observe: Observe,
    /// Capabilities that can't be seen from its operations.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<Capability>,
    /// Named functions.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub callbacks: BTreeMap<String, Callback>,
    /// The script of the service worker.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worker: Option<Vec<Operation>>,
    /// Operations and stimuli, in order.
    pub steps: Vec<Operation>,
}

/// A named function.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Callback {
    /// What kind of function it is.
    #[serde(default, skip_serializing_if = "CallbackKind::is_function")]
    pub kind: CallbackKind,
    /// On how many calls the body is run; on all where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<u32>,
    /// Its body.
    #[serde(default, rename = "do", skip_serializing_if = "Vec::is_empty")]
    pub body: Vec<Operation>,
}

/// What kind of function a callback is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CallbackKind {
    /// A plain function.
    #[default]
    Function,
    /// An async function.
    Async,
    /// A class constructor.
    Class,
}

impl CallbackKind {
    fn is_function(&self) -> bool {
        *self == CallbackKind::Function
    }
}

/// The details that count for the verdict.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Observe {
    /// Every detail.
    #[default]
    #[serde(serialize_with = "all")]
    #[schemars(with = "All")]
    All,
    /// These details.
    Details(Vec<Detail>),
}

/// The word `all`.
#[derive(JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(dead_code, reason = "it stands for its schema")]
enum All {
    All,
}

fn all<S: Serializer>(serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str("all")
}

impl<'de> Deserialize<'de> for Observe {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ObserveVisitor)
    }
}

struct ObserveVisitor;

impl<'de> Visitor<'de> for ObserveVisitor {
    type Value = Observe;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the string \"all\" or a list of details")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Observe, E> {
        if text == "all" { Ok(Observe::All) } else { Err(E::invalid_value(de::Unexpected::Str(text), &self)) }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Observe, A::Error> {
        let mut details = Vec::new();
        while let Some(name) = seq.next_element::<String>()? {
            let detail = Detail::deserialize(name.as_str().into_deserializer());
            details.push(detail.map_err(|_: de::value::Error| {
                let known = Detail::MEMBERS.iter().map(|(_, known)| *known);
                let known = known.chain(["start", "this", "arguments", "returns", "reported", "unhandled"]);
                de::Error::custom(crate::names::unknown("detail", &name, known))
            })?);
        }
        Ok(Observe::Details(details))
    }
}

impl Observe {
    fn is_all(&self) -> bool {
        *self == Observe::All
    }

    /// Whether a detail counts.
    #[must_use]
    pub fn counts(&self, detail: Detail) -> bool {
        match self {
            Observe::All => detail != Detail::Start,
            Observe::Details(details) => details.contains(&detail),
        }
    }
}

/// A detail of a trace that counts only where a scenario says so.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the members of events have their own names")]
pub enum Detail {
    /// What happened before the first step.
    Start,
    /// The `this` of a callback.
    This,
    /// The number of a callback's arguments.
    Arguments,
    /// The results of calls.
    Returns,
    /// Exceptions that are reported.
    Reported,
    /// Rejections that are announced as unhandled.
    Unhandled,
    Type,
    Target,
    SrcElement,
    CurrentTarget,
    EventPhase,
    ComposedPath,
    Bubbles,
    Cancelable,
    Composed,
    DefaultPrevented,
    ReturnValue,
    CancelBubble,
    IsTrusted,
    Registration,
}

impl Detail {
    /// The details that are members of an event, in the order of a trace, with their names.
    pub const MEMBERS: [(Detail, &'static str); 14] = [
        (Detail::Type, "type"),
        (Detail::Target, "target"),
        (Detail::SrcElement, "srcElement"),
        (Detail::CurrentTarget, "currentTarget"),
        (Detail::EventPhase, "eventPhase"),
        (Detail::ComposedPath, "composedPath"),
        (Detail::Bubbles, "bubbles"),
        (Detail::Cancelable, "cancelable"),
        (Detail::Composed, "composed"),
        (Detail::DefaultPrevented, "defaultPrevented"),
        (Detail::ReturnValue, "returnValue"),
        (Detail::CancelBubble, "cancelBubble"),
        (Detail::IsTrusted, "isTrusted"),
        (Detail::Registration, "registration"),
    ];
}

impl Scenario {
    /// Reads a scenario from JSON.
    ///
    /// # Errors
    /// Says in which line and column what was expected.
    pub fn from_json(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// The scenario's content hash: its id, the same on every machine. The title and the requirements don't count.
    #[must_use]
    pub fn id(&self) -> String {
        let content = Scenario { title: String::new(), requirements: Vec::new(), ..self.clone() };
        let text = serde_json::to_string(&content).expect("a scenario is JSON");
        Sha256::digest(text.as_bytes()).iter().take(6).map(|byte| format!("{byte:02x}")).collect()
    }

    /// The id of a scenario that a report holds; nothing where it is none.
    #[must_use]
    pub fn id_of(json: &serde_json::Value) -> Option<String> {
        Scenario::deserialize(json).ok().map(|scenario| scenario.id())
    }

    /// Whether it says which of two times is the earlier.
    #[must_use]
    pub fn compares_times(&self) -> bool {
        self.operations().any(|operation| matches!(operation, Operation::Ordered { .. }))
    }

    /// All operations, with those inside of others.
    pub fn operations(&self) -> impl Iterator<Item = &Operation> {
        let mut stack: Vec<&Operation> = Vec::new();
        stack.extend(self.steps.iter().rev());
        stack.extend(self.worker.iter().flatten());
        stack.extend(self.callbacks.values().flat_map(|callback| &callback.body));
        std::iter::from_fn(move || {
            let next = stack.pop()?;
            stack.extend(next.inner().into_iter().flatten());
            Some(next)
        })
    }
}
