//! Operations and stimuli.

use schemars::JsonSchema;
use serde::Serialize;
use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};

use super::value::Value;

macro_rules! operations {
    ($($(#[$doc:meta])* $variant:ident $verb:literal {
        $($(#[$attribute:meta])* $field:ident: $type:ty,)*
    })*) => {
        /// An operation of a script, or, among a scenario's steps, a stimulus from outside.
        #[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
        #[serde(untagged)]
        #[schemars(deny_unknown_fields)]
        #[expect(missing_docs, reason = "the fields are the words of the format")]
        pub enum Operation {
            $($(#[$doc])* $variant { $($(#[$attribute])* $field: $type,)* },)*
        }

        /// The same, told apart by a word of its own, so that serde can.
        #[derive(serde::Deserialize)]
        #[serde(tag = "verb", deny_unknown_fields)]
        enum Tagged {
            $(#[serde(rename = $verb)] $variant { $($(#[$attribute])* $field: $type,)* },)*
        }

        impl From<Tagged> for Operation {
            fn from(tagged: Tagged) -> Self {
                match tagged { $(Tagged::$variant { $($field),* } => Operation::$variant { $($field),* },)* }
            }
        }

        /// The words that begin an operation.
        pub(crate) const VERBS: &[&str] = &[$($verb),*];
    };
}

operations! {
    /// Construct an interface.
    New "new" {
        #[serde(rename = "new")] interface: String,
        #[serde(default, skip_serializing_if = "Vec::is_empty")] args: Vec<Value>,
        #[serde(rename = "as", default, skip_serializing_if = "Option::is_none")] name: Option<String>,
    }
    /// Construct whatever a path gives.
    Construct "construct" {
        construct: String,
        #[serde(default, skip_serializing_if = "Vec::is_empty")] args: Vec<Value>,
        #[serde(rename = "as", default, skip_serializing_if = "Option::is_none")] name: Option<String>,
    }
    /// Name a subclass of an interface.
    Class "class" {
        class: String,
        #[serde(rename = "as")] name: String,
    }
    /// Call a method, or a function.
    Call "call" {
        call: String,
        #[serde(default, skip_serializing_if = "Vec::is_empty")] args: Vec<Value>,
        #[serde(rename = "as", default, skip_serializing_if = "Option::is_none")] name: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")] catch: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")] quiet: Option<True>,
    }
    /// Call a function with another `this`.
    Apply "apply" {
        apply: String,
        this: Value,
        #[serde(default, skip_serializing_if = "Vec::is_empty")] args: Vec<Value>,
    }
    /// Get a member.
    Get "get" { get: String, }
    /// Set a member.
    Set "set" { set: String, to: Value, }
    /// Call a setter with another `this`.
    Setter "setter" { setter: String, this: Value, to: Value, }
    /// Read the members of an event.
    Read "read" { read: String, }
    /// Describe an own property.
    Describe "describe" { describe: String, }
    /// Tell whether a property exists.
    In "in" { #[serde(rename = "in")] path: String, }
    /// Tell the type of a value.
    Typeof "typeof" { #[serde(rename = "typeof")] path: String, }
    /// Tell whether a value is an instance of an interface.
    Instanceof "instanceof" { instanceof: Value, interface: String, }
    /// Tell whether two values are the same.
    Same "same" { same: [Value; 2], }
    /// Tell whether one object is the prototype of another.
    Prototype "prototype" { prototype: String, of: String, }
    /// Tell the class string of an object.
    ClassOf "class-of" { #[serde(rename = "class-of")] path: String, }
    /// Tell whether numbers are in order.
    Ordered "ordered" { ordered: Vec<Value>, }
    /// Name a value.
    Object "object" { object: Value, #[serde(rename = "as")] name: String, }
    /// Throw a value.
    Throw "throw" { throw: Value, }
    /// Return a value.
    Return "return" { #[serde(rename = "return")] value: Value, }
    /// Leave a mark in the trace.
    Note "note" { note: String, }
    /// Queue a microtask.
    Microtask "microtask" { microtask: Vec<Operation>, }
    /// Queue a task.
    Task "task" { task: Vec<Operation>, }
    /// Make a promise.
    Promise "promise" { promise: String, }
    /// Resolve a promise.
    Resolve "resolve" { resolve: String, with: Value, }
    /// Reject a promise.
    Reject "reject" { reject: String, with: Value, }
    /// React to a promise.
    Then "then" {
        then: String,
        #[serde(rename = "do", default, skip_serializing_if = "Vec::is_empty")] fulfilled: Vec<Operation>,
        #[serde(rename = "catch", default, skip_serializing_if = "Vec::is_empty")] rejected: Vec<Operation>,
    }
    /// Make a chain of nodes.
    Tree "tree" { tree: Vec<String>, }
    /// Wait until nothing is left to be done.
    Drain "drain" { drain: True, }
    /// Run operations in the worker.
    Worker "worker" { worker: Vec<Operation>, }
    /// Run operations in a page.
    Page "page" { page: Vec<Operation>, }
    /// Close the page.
    ClosePage "closePage" { #[serde(rename = "closePage")] close_page: True, }
    /// Stop the worker.
    Stop "stop" { stop: True, }
    /// Give the registration a new worker.
    Update "update" { update: Vec<Operation>, }
    /// Let the lifetime of an event time out.
    Timeout "timeout" { timeout: String, }
    /// Let the worker's script fail to start from now on.
    FailStarts "failStarts" { #[serde(rename = "failStarts")] fail_starts: True, }
    /// A page posts a message to the active worker.
    Message "message" { message: String, }
    /// The user activates the interface of a background fetch.
    Click "click" {
        click: String,
        #[serde(default = "yes", skip_serializing_if = "is_yes")] newest: bool,
    }
    /// Bytes came.
    Progress "progress" { progress: String, bytes: u32, }
    /// Bytes were sent.
    Upload "upload" { upload: String, bytes: u32, }
    /// A background fetch ends.
    Finish "finish" { finish: String, how: Ending, }
    /// The user aborts a background fetch.
    UserAbort "userAbort" { #[serde(rename = "userAbort")] user_abort: String, }
    /// The user pauses a background fetch.
    Pause "pause" { pause: String, }
    /// The user resumes a background fetch.
    Resume "resume" { resume: String, }
    /// The permission changes.
    Permission "permission" { permission: Permission, }
    /// The WebDriver command.
    Webdriver "webdriver" { webdriver: String, #[serde(rename = "page")] place: PagePlace, }
}

/// The word `true`: there is nothing else to say.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct True;

impl Serialize for True {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bool(true)
    }
}

impl<'de> Deserialize<'de> for True {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if bool::deserialize(deserializer)? { Ok(True) } else { Err(de::Error::custom("expected `true`")) }
    }
}

impl JsonSchema for True {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "True".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "const": true })
    }
}

fn yes() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_yes(value: &bool) -> bool {
    *value
}

/// How a background fetch ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, serde::Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the words are those of the specification")]
pub enum Ending {
    Success,
    BadStatus,
    FetchError,
    QuotaExceeded,
    DownloadTotalExceeded,
}

/// The state of a permission.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, serde::Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the words are those of the specification")]
pub enum Permission {
    Granted,
    Denied,
    Prompt,
}

/// Where the current page of a WebDriver session is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, serde::Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PagePlace {
    /// Within the scope of the registration.
    Inside,
    /// Outside of it.
    Outside,
    /// Nowhere: it was closed.
    Closed,
}

/// The words that may stand in an operation.
pub const KEYS: &[&str] =
    &["args", "as", "catch", "this", "to", "interface", "of", "with", "do", "bytes", "how", "newest", "page", "quiet"];

impl Operation {
    /// The lists of operations inside of it.
    #[must_use]
    pub fn inner(&self) -> Vec<&[Operation]> {
        match self {
            Operation::Microtask { microtask: list }
            | Operation::Task { task: list }
            | Operation::Worker { worker: list }
            | Operation::Page { page: list }
            | Operation::Update { update: list } => vec![list],
            Operation::Then { fulfilled, rejected, .. } => vec![fulfilled, rejected],
            _ => Vec::new(),
        }
    }

    /// The operation, and all that are inside of it.
    pub(crate) fn with_inner(&self) -> impl Iterator<Item = &Operation> {
        let mut stack = vec![self];
        std::iter::from_fn(move || {
            let next = stack.pop()?;
            stack.extend(next.inner().into_iter().flatten());
            Some(next)
        })
    }

    /// Whether it is a call that posts a message to a service worker.
    pub(crate) fn posts(&self) -> bool {
        matches!(self, Operation::Call { call, .. } if call.ends_with(".postMessage"))
    }

    /// Whether all that a call is given is a string.
    pub(crate) fn posts_text(&self) -> bool {
        matches!(self, Operation::Call { args, .. } if matches!(args[..], [Value::String(_)]))
    }

    /// The same, to be changed.
    pub fn inner_mut(&mut self) -> Vec<&mut Vec<Operation>> {
        match self {
            Operation::Microtask { microtask: list }
            | Operation::Task { task: list }
            | Operation::Worker { worker: list }
            | Operation::Page { page: list }
            | Operation::Update { update: list } => vec![list],
            Operation::Then { fulfilled, rejected, .. } => vec![fulfilled, rejected],
            _ => Vec::new(),
        }
    }

    /// Calls a function with each name that it gives to something.
    pub(crate) fn each_given<'a>(&'a self, name: impl FnMut(&'a String)) {
        match self {
            Operation::New { name: given, .. } | Operation::Construct { name: given, .. } => {
                given.iter().for_each(name)
            }
            Operation::Call { name: given, catch, .. } => given.iter().chain(catch).for_each(name),
            Operation::Class { name: given, .. }
            | Operation::Object { name: given, .. }
            | Operation::Promise { promise: given } => std::iter::once(given).for_each(name),
            Operation::Tree { tree } => tree.iter().for_each(name),
            _ => {}
        }
    }

    /// Whether it comes from outside of any script.
    #[must_use]
    pub fn is_stimulus(&self) -> bool {
        matches!(
            self,
            Operation::Drain { .. }
                | Operation::Worker { .. }
                | Operation::Page { .. }
                | Operation::ClosePage { .. }
                | Operation::Stop { .. }
                | Operation::Update { .. }
                | Operation::Timeout { .. }
                | Operation::FailStarts { .. }
                | Operation::Message { .. }
                | Operation::Click { .. }
                | Operation::Progress { .. }
                | Operation::Upload { .. }
                | Operation::Finish { .. }
                | Operation::UserAbort { .. }
                | Operation::Pause { .. }
                | Operation::Resume { .. }
                | Operation::Permission { .. }
                | Operation::Webdriver { .. }
        )
    }
}

impl<'de> Deserialize<'de> for Operation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(OperationVisitor)
    }
}

struct OperationVisitor;

impl<'de> Visitor<'de> for OperationVisitor {
    type Value = Operation;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an operation, for example {\"call\": \"t.dispatchEvent\", \"args\": [\"@e\"]}")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Operation, A::Error> {
        let Some(verb) = map.next_key::<String>()? else {
            return Err(de::Error::custom("an operation begins with its word, for example `call`"));
        };
        if !VERBS.contains(&verb.as_str()) {
            return Err(de::Error::custom(crate::names::unknown("operation", &verb, VERBS.iter().copied())));
        }
        let mut fields = serde_json::Map::new();
        fields.insert("verb".to_owned(), verb.clone().into());
        fields.insert(verb.clone(), map.next_value()?);
        while let Some(key) = map.next_key::<String>()? {
            if !KEYS.contains(&key.as_str()) {
                let what = format!("member of the operation `{verb}`");
                return Err(de::Error::custom(crate::names::unknown(&what, &key, KEYS.iter().copied())));
            }
            fields.insert(key, map.next_value()?);
        }
        let tagged: Tagged = serde_json::from_value(serde_json::Value::Object(fields))
            .map_err(|error| de::Error::custom(format!("in the operation `{verb}`: {error}")))?;
        Ok(tagged.into())
    }
}
