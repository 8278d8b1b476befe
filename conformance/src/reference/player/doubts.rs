//! Where nothing can be said of a scenario: it speaks of what is not there, asks for what the model does not know, or for what is left to
//! implementations.

use bgfspec_model::atom::{self, Atom};
use bgfspec_model::dom::event::{Event, Payload};
use bgfspec_model::{Kind, Machine, ObjectId, Value};

use super::{Frame, Player, Run};
use crate::reference::knowledge;
use crate::reference::program::{Path, Step};

impl Player {
    /// Notes why nothing can be said; the first reason stays.
    pub(super) fn doubt(&mut self, why: impl FnOnce() -> String) {
        if self.careful && self.doubt.is_none() {
            self.doubt = Some(why());
        }
    }
}

/// Why nothing can be said of a scenario without a `drain` that it needs.
pub(in crate::reference) const LATE: &str = "a `drain` is missing: without it, what is queued may or may not have run";

impl Run<'_> {
    /// Notes that microtasks of the last step recorded something, unless this step waits for them.
    pub(super) fn after_the_last(&mut self, step: &Step) {
        if std::mem::take(&mut self.player.is_late) && !matches!(step, Step::Drain) {
            self.player.doubt(|| LATE.to_owned());
        }
    }

    /// Notes that a member is not known, or that the model does not follow what it gives.
    pub(super) fn got_of(&mut self, m: &Machine, object: ObjectId, name: Atom, got: Value) {
        if !self.player.careful {
            return;
        }
        let unfollowed = matches!(m.object(object).kind, Kind::BackgroundFetchRecord) && got == Value::Undefined;
        if unfollowed {
            self.not_known(m, object, name);
        }
        self.asks_for(m, object, name);
    }

    /// Notes that a member is not known: the model can't say that it is missing.
    pub(super) fn asks_for(&mut self, m: &Machine, object: ObjectId, name: Atom) {
        let is_own = || self.program.given.contains(&name);
        if self.player.careful && !knowledge::is_known(m, object, name) && !is_own() {
            self.not_known(m, object, name);
        }
    }

    pub(super) fn not_known(&mut self, m: &Machine, object: ObjectId, name: Atom) {
        self.player.doubt(|| {
            let of = knowledge::owner(m, object);
            format!("the model does not know `{}` of {of}", m.atoms.text(name))
        });
    }
}

/// Whether an event tells of an exception that was reported: what it says of it but the exception itself is for the implementation to
/// say. <https://html.spec.whatwg.org/#extract-error>
fn is_report(event: &Event) -> bool {
    event.is_trusted && matches!(event.payload, Payload::Error(_))
}

/// Whether what a member gives is left to the implementation.
pub(super) fn is_for_the_implementation_to_say(m: &Machine, object: ObjectId, name: Atom) -> bool {
    match m.object(object).kind {
        Kind::Event(event) => {
            is_report(m.event(event)) && matches!(name, atom::MESSAGE | atom::FILENAME | atom::LINENO | atom::COLNO)
        }
        Kind::DomException { message: None, .. } | Kind::NativeError(_) => name == atom::MESSAGE,
        _ => false,
    }
}

/// Whether a path reads one of the arguments of an `onerror` that say what is left to the implementation of a reported exception.
pub(super) fn tells_of_an_exception(m: &Machine, path: &Path, frame: Frame<'_>) -> bool {
    let reads = |name: &Atom| ["0", "1", "2", "3"].contains(&m.atoms.text(*name));
    frame.arguments.len() == 5
        && path.members.first().is_some_and(reads)
        && m.events.iter().any(|event| event.dispatch && is_report(event))
}
