//! Listeners that no script gave: what they do stands for what a signal does.

use crate::dom::abort_signal::{self, Steps};
use crate::dom::event_target::Callback;
use crate::dom::signal_abort::signal_abort;
use crate::machine::{Host, Machine};
use crate::quirk::dom::run_the_abort_steps::remove;
use crate::value::{Kind, ListenerId, ObjectId, SignalId};

/// What a listener does that no script gave.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Deed {
    /// It runs an abort algorithm.
    Remove(Steps),
    /// It aborts a signal that depends on the one listened to.
    Follow(SignalId),
}

/// Returns a callback that does a deed.
pub(super) fn callback_for(m: &mut Machine, deed: Deed) -> Callback {
    let object = m.create_object(Kind::Plain);
    m.watch.aside.deeds.push((object, deed));
    Callback::Object(object)
}

/// Returns what a listener does, if no script gave it.
pub(super) fn of(m: &Machine, listener: ListenerId) -> Option<Deed> {
    let object = m.listener(listener).subject()?;
    m.watch.aside.deeds.iter().find(|(of, _)| *of == object).map(|(_, deed)| *deed)
}

/// Does what a listener of a target does, if no script gave it.
pub(super) fn perform(m: &mut Machine, h: &mut impl Host, target: ObjectId, listener: ListenerId) {
    match of(m, listener) {
        Some(Deed::Remove(algorithm)) => remove(m, h, algorithm),
        Some(Deed::Follow(dependent)) => {
            let source = abort_signal::of(m, target);
            let (reason, object) = (m.signal(source).reason, m.signal(dependent).object);
            signal_abort(m, h, object, reason);
        }
        None => {}
    }
}
