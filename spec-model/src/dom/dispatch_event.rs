//! `dispatchEvent()`. <https://dom.spec.whatwg.org/#dom-eventtarget-dispatchevent>

use crate::atom;
use crate::dom::dispatch::dispatch;
use crate::machine::{Host, Machine};
use crate::step::Algorithm;
use crate::value::{Completion, EventId, ObjectId, Value};
use crate::watch::{branch, returns, set, step};

const ALGORITHM: Algorithm = Algorithm::of("dom/EventTarget.dispatchEvent(event)");

/// The variables of `dispatchEvent()`.
pub(crate) struct DispatchEvent {
    pub(crate) this: ObjectId,
    pub(crate) event: EventId,
    /// Whether the event can't be dispatched.
    pub(crate) is_refused: bool,
    /// The result of dispatching, once that is over.
    pub(crate) result: Option<bool>,
}

/// Dispatches an event of script.
///
/// # Errors
/// Throws an `InvalidStateError` for an event that is being dispatched or was never initialized.
pub fn dispatch_event(m: &mut Machine, h: &mut impl Host, this: ObjectId, event: EventId) -> Completion {
    let mut v = DispatchEvent { this, event, is_refused: false, result: None };
    set!(m, h, v, "1", v.is_refused = m.event(event).dispatch || !m.event(event).initialized);
    if branch!(m, v, "1", v.is_refused) {
        return Err(m.dom_exception(atom::INVALID_STATE_ERROR));
    }
    step!(m, h, v, "2", m.event_mut(event).is_trusted = false);
    set!(m, h, v, "3", v.result = Some(dispatch(m, h, event, this)));
    returns!(m, h, v, "3", Ok(Value::Bool(v.result.unwrap_or_default())))
}
