//! Writes a trace as JSON while it happens.

use bgfspec_model::atom::{self, Atom};
use bgfspec_model::dom::event::{Event, Payload};
use bgfspec_model::machine::Scope;
use bgfspec_model::value::EventId;
use bgfspec_model::web_idl::describe::{Descriptor, Holds};
use bgfspec_model::web_idl::{interfaces, prototypes};
use bgfspec_model::{Kind, Machine, ObjectId, Value};

use crate::scenario::Detail;

/// A trace in the making: the text of a JSON array, and where its items begin.
#[derive(Clone, Default, Debug)]
pub(super) struct Recorder {
    text: String,
    count: u32,
    /// How long the text was where the scenario ended early: what came afterwards does not count.
    ended_at: Option<usize>,
    labels: Vec<Option<Label>>,
}

/// Who saw something.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Seen {
    /// The script of the main realm.
    InMain,
    /// The script of a page.
    InPage,
    /// No script: somebody who looks at the user agent.
    Outside,
}

/// How an object shows in a trace.
#[derive(Clone, Copy, Debug)]
enum Label {
    Name(Atom),
    Error(Atom),
}

impl Recorder {
    pub(super) fn reset(&mut self) {
        self.text.clear();
        self.labels.clear();
        self.count = 0;
        self.ended_at = None;
    }

    /// Forgets what was recorded, and keeps the names.
    pub(super) fn forget(&mut self) {
        self.text.clear();
        self.count = 0;
        self.ended_at = None;
    }

    /// The scenario ends here, whatever is still recorded.
    pub(super) fn end(&mut self) {
        self.ended_at.get_or_insert(self.text.len());
    }

    fn counted(&self) -> &str {
        &self.text[..self.ended_at.unwrap_or(self.text.len())]
    }

    pub(super) fn count(&self) -> u32 {
        self.count
    }

    /// Whether the trace so far is this text.
    pub(super) fn is(&self, trace: &str) -> bool {
        trace.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) == Some(self.counted())
    }

    /// The trace so far.
    pub(super) fn finish(&self) -> String {
        let mut text = String::with_capacity(self.text.len() + 2);
        text.push('[');
        text.push_str(self.counted());
        text.push(']');
        text
    }

    /// Gives an object a name, unless it has one.
    pub(super) fn name(&mut self, object: ObjectId, name: Atom) {
        self.label(object, Label::Name(name));
    }

    /// Makes an object known as the error of a name.
    pub(super) fn name_error(&mut self, object: ObjectId, name: Atom) {
        self.label(object, Label::Error(name));
    }

    fn label(&mut self, object: ObjectId, label: Label) {
        if self.labels.len() <= object.index() {
            self.labels.resize(object.index() + 1, None);
        }
        let known = &mut self.labels[object.index()];
        match (&known, label) {
            (Some(Label::Name(_)), _) | (Some(Label::Error(_)), Label::Error(_)) => {}
            (None | Some(Label::Error(_)), label) => *known = Some(label),
        }
    }

    /// The name of an object, if it has one.
    pub(super) fn name_of(&self, object: ObjectId) -> Option<Atom> {
        match self.labels.get(object.index()).copied().flatten() {
            Some(Label::Name(name)) => Some(name),
            _ => None,
        }
    }

    /// The error object of a name, if there is one.
    pub(super) fn error_named(&self, name: Atom) -> Option<ObjectId> {
        let index = self.labels.iter().position(|label| matches!(label, Some(Label::Error(error)) if *error == name));
        index.map(|index| ObjectId(index as u32))
    }

    /// Records `{"key": value, …}` as seen in the realm whose code runs.
    pub(super) fn record(&mut self, m: &mut Machine, write: impl FnOnce(&mut Entry<'_>)) {
        let seen = if m.realm(m.current).scope == Scope::Window { Seen::InPage } else { Seen::InMain };
        self.record_as(m, seen, write);
    }

    /// Records `{"key": value, …}` as seen by somebody.
    pub(super) fn record_as(&mut self, m: &mut Machine, seen: Seen, write: impl FnOnce(&mut Entry<'_>)) {
        if !self.text.is_empty() {
            self.text.push(',');
        }
        self.count += 1;
        let mut entry = Entry { text: &mut self.text, labels: &self.labels, m, first: true };
        entry.text.push('{');
        write(&mut entry);
        match seen {
            Seen::InMain => {}
            Seen::InPage => entry.key("in").push_str("\"page\""),
            Seen::Outside => entry.key("in").push_str("\"user-agent\""),
        }
        self.text.push('}');
        m.set_observed(self.count);
    }
}

/// One observation in the making.
pub(super) struct Entry<'a> {
    text: &'a mut String,
    labels: &'a [Option<Label>],
    m: &'a mut Machine,
    first: bool,
}

impl Entry<'_> {
    fn key(&mut self, key: &str) -> &mut String {
        if !std::mem::take(&mut self.first) {
            self.text.push(',');
        }
        self.text.push('"');
        self.text.push_str(key);
        self.text.push_str("\":");
        self.text
    }

    pub(super) fn value(&mut self, key: &str, value: Value) {
        self.key(key);
        self.write(value);
    }

    pub(super) fn string(&mut self, key: &str, text: Atom) {
        self.key(key);
        let Entry { text: out, m, .. } = self;
        quote(out, m.atoms.text(text));
    }

    pub(super) fn text(&mut self, key: &str, text: &str) {
        self.key(key);
        quote(self.text, text);
    }

    pub(super) fn number(&mut self, key: &str, number: u32) {
        write_number(self.key(key), f64::from(number));
    }

    pub(super) fn raw(&mut self, key: &str, json: &str) {
        self.key(key).push_str(json);
    }

    /// The members of an event that count.
    pub(super) fn event(&mut self, key: &str, event: EventId, members: &[(Detail, &'static str)]) {
        self.key(key).push('{');
        let mut first = true;
        for &(detail, name) in members {
            let is_background_fetch = match detail {
                Detail::Registration => registration_of(self.m.event(event)),
                _ => None,
            };
            if detail == Detail::Registration && is_background_fetch.is_none() {
                continue;
            }
            if !std::mem::take(&mut first) {
                self.text.push(',');
            }
            self.text.push('"');
            self.text.push_str(name);
            self.text.push_str("\":");
            match (detail, is_background_fetch) {
                (Detail::ComposedPath, _) => match prototypes::composed_path(self.m, event) {
                    Some(path) => self.list(path.into_iter().map(Value::Object)),
                    None => self.write(Value::Undefined),
                },
                (_, Some(registration)) => self.registration(registration),
                (detail, None) => {
                    let value = prototypes::event_member(self.m, event, member_atom(detail));
                    self.write(value);
                }
            }
        }
        self.text.push('}');
    }

    fn registration(&mut self, object: ObjectId) {
        self.text.push_str("{\"object\":");
        self.write(Value::Object(object));
        for (name, atom) in [
            ("id", atom::ID),
            ("uploadTotal", atom::UPLOAD_TOTAL),
            ("uploaded", atom::UPLOADED),
            ("downloadTotal", atom::DOWNLOAD_TOTAL),
            ("downloaded", atom::DOWNLOADED),
            ("result", atom::RESULT),
            ("failureReason", atom::FAILURE_REASON),
            ("recordsAvailable", atom::RECORDS_AVAILABLE),
        ] {
            self.text.push_str(",\"");
            self.text.push_str(name);
            self.text.push_str("\":");
            let value = match self.m.object(object).kind {
                Kind::BackgroundFetchRegistration(ref instance) => {
                    bgfspec_model::background_fetch::registration::attribute(instance, atom)
                }
                _ => Value::Undefined,
            };
            self.write(value);
        }
        self.text.push('}');
    }

    pub(super) fn descriptor(&mut self, key: &str, descriptor: Option<Descriptor>) {
        self.key(key);
        let Some(Descriptor { holds, enumerable, configurable }) = descriptor else {
            self.text.push_str("null");
            return;
        };
        match holds {
            Holds::Accessor { setter } => {
                self.text.push_str("{\"get\":true,\"set\":");
                self.text.push_str(if setter { "true" } else { "false" });
            }
            Holds::Data { value, writable } => {
                self.text.push('{');
                if let Some(value) = value {
                    self.text.push_str("\"value\":");
                    self.write(value);
                    self.text.push(',');
                }
                self.text.push_str("\"writable\":");
                self.text.push_str(if writable { "true" } else { "false" });
            }
        }
        self.text.push_str(if enumerable { ",\"enumerable\":true" } else { ",\"enumerable\":false" });
        self.text.push_str(if configurable { ",\"configurable\":true}" } else { ",\"configurable\":false}" });
    }

    fn list(&mut self, items: impl Iterator<Item = Value>) {
        self.text.push('[');
        for (index, item) in items.enumerate() {
            if index > 0 {
                self.text.push(',');
            }
            self.write(item);
        }
        self.text.push(']');
    }

    fn write(&mut self, value: Value) {
        match value {
            Value::Undefined => self.text.push_str("{\"$\":\"undefined\"}"),
            Value::Null => self.text.push_str("null"),
            Value::Bool(true) => self.text.push_str("true"),
            Value::Bool(false) => self.text.push_str("false"),
            Value::Number(number) => write_number(self.text, number),
            Value::String(text) => {
                let text = self.m.atoms.text(text);
                if text.starts_with('@') {
                    self.text.push_str("{\"$string\":");
                    quote(self.text, text);
                    self.text.push('}');
                } else {
                    quote(self.text, text);
                }
            }
            Value::Symbol => self.text.push_str("{\"$\":\"symbol\"}"),
            Value::BigInt(true) => self.text.push_str("{\"$\":\"bigint\"}"),
            Value::BigInt(false) => self.text.push_str("{\"$\":\"bigint0\"}"),
            Value::Object(object) => self.write_object(object),
        }
    }

    fn write_object(&mut self, object: ObjectId) {
        match self.labels.get(object.index()).copied().flatten() {
            Some(Label::Name(name)) => {
                self.text.push_str("\"@");
                let name = self.m.atoms.text(name);
                self.text.push_str(name);
                self.text.push('"');
                return;
            }
            Some(Label::Error(name)) => {
                self.text.push_str("{\"$error\":");
                quote(self.text, self.m.atoms.text(name));
                self.text.push('}');
                return;
            }
            None => {}
        }
        match self.m.object(object).kind {
            Kind::NativeError(name) | Kind::DomException { name, .. } => {
                self.text.push_str("{\"$exception\":");
                quote(self.text, self.m.atoms.text(name));
                self.text.push('}');
            }
            Kind::Array(ref items) => {
                let items = items.clone();
                self.list(items.into_iter());
            }
            Kind::Global => self.text.push_str("\"@self\""),
            ref kind => {
                let class = interfaces::class_string(kind, self.m);
                self.text.push_str("{\"$object\":");
                quote(self.text, class);
                self.text.push('}');
            }
        }
    }
}

/// Returns the `BackgroundFetchRegistration` of an event, if it has one.
fn registration_of(event: &Event) -> Option<ObjectId> {
    match event.payload {
        Payload::Registration(object) => Some(object),
        _ => None,
    }
}

fn member_atom(detail: Detail) -> Atom {
    match detail {
        Detail::Type => atom::TYPE,
        Detail::Target => atom::TARGET,
        Detail::SrcElement => atom::SRC_ELEMENT,
        Detail::CurrentTarget => atom::CURRENT_TARGET,
        Detail::EventPhase => atom::EVENT_PHASE,
        Detail::Bubbles => atom::BUBBLES,
        Detail::Cancelable => atom::CANCELABLE,
        Detail::Composed => atom::COMPOSED,
        Detail::DefaultPrevented => atom::DEFAULT_PREVENTED,
        Detail::ReturnValue => atom::RETURN_VALUE,
        Detail::CancelBubble => atom::CANCEL_BUBBLE,
        Detail::IsTrusted => atom::IS_TRUSTED,
        Detail::ComposedPath
        | Detail::Registration
        | Detail::Start
        | Detail::This
        | Detail::Arguments
        | Detail::Returns
        | Detail::Reported
        | Detail::Unhandled => unreachable!("no attribute of its own"),
    }
}

fn write_number(out: &mut String, number: f64) {
    use std::fmt::Write as _;
    if number.is_nan() {
        out.push_str("{\"$\":\"NaN\"}");
    } else if number.is_infinite() {
        out.push_str(if number > 0.0 { "{\"$\":\"Infinity\"}" } else { "{\"$\":\"-Infinity\"}" });
    } else if number == 0.0 && number.is_sign_negative() {
        out.push_str("{\"$\":\"-0\"}");
    } else if number.fract() == 0.0 && (0.0..10.0).contains(&number) {
        out.push(char::from(b'0' + number as u8));
    } else {
        let _ = write!(out, "{number}");
    }
}

fn quote(out: &mut String, text: &str) {
    let plain = text.bytes().all(|byte| byte >= 0x20 && byte != b'"' && byte != b'\\');
    if plain {
        out.push('"');
        out.push_str(text);
        out.push('"');
    } else {
        out.push_str(&serde_json::to_string(text).unwrap_or_default());
    }
}
