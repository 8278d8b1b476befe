//! `BackgroundFetchUpdateUIEvent.updateUI()`.
//! <https://wicg.github.io/background-fetch/#background-fetch-update-ui-event-update-ui>

use crate::atom;
use crate::background_fetch::options;
use crate::background_fetch::queue_a_bgfetch_task::queue_a_bgfetch_task;
use crate::ecmascript::promise::{self, Settlement};
use crate::html::event_loop::Task;
use crate::machine::{Host, Machine};
use crate::step::Algorithm;
use crate::value::{EventId, PromiseId, Value};
use crate::watch::{branch, step};

const ALGORITHM: Algorithm = Algorithm::of("background-fetch/updateUI(options)");

/// The variables of `updateUI()`.
pub(crate) struct UpdateUi {
    pub(crate) this: EventId,
}

/// `updateUI()`. What it changes is shown to the user alone.
///
/// # Errors
/// What the conversion of the argument threw; an `InvalidStateError` where it may not be called. The text throws it in
/// parallel, where nothing can (erratum `update-ui-throws`): the promise is rejected instead.
pub(crate) fn update_ui(m: &mut Machine, h: &mut impl Host, this: EventId, options: Value) -> Result<PromiseId, Value> {
    let mut v = UpdateUi { this };
    options::background_fetch_ui_options(m, h, options)?;
    let event = m.event(this);
    if branch!(m, v, "1", !event.is_trusted || event.ui_updated || !event.is_active()) {
        return Err(m.dom_exception(atom::INVALID_STATE_ERROR));
    }
    step!(m, v, "2", m.event_mut(this).ui_updated = true);
    // 3, 4. Holds by type: options are never null, and the event has its background fetch.
    // 5, 6. Unobservable: only the user sees icons and title.
    let promise = promise::create(m);
    let resolve = Task::Settle(promise, Settlement::Resolve(Value::Undefined));
    step!(m, v, "7", queue_a_bgfetch_task(m, m.current, resolve));
    Ok(promise)
}
