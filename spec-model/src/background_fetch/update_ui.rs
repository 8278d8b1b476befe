//! `BackgroundFetchUpdateUIEvent.updateUI()`.
//! <https://wicg.github.io/background-fetch/#background-fetch-update-ui-event-update-ui>

use crate::atom;
use crate::ecmascript::promise::{self, Settlement};
use crate::html::event_loop::{Task, TaskSource, queue_a_task};
use crate::machine::{Host, Machine};
use crate::quirk::Quirk;
use crate::step::{Algorithm, branch, step};
use crate::value::{EventId, PromiseId, Value};
use crate::web_idl::convert;
use crate::web_idl::dom_string::convert_to_dom_string as to_string;

const UPDATE_UI: Algorithm = Algorithm::of("background-fetch/updateUI(options)");

/// `updateUI()`. What it changes is shown to the user alone.
///
/// # Errors
/// What the conversion of the argument threw; an `InvalidStateError` where it may not be called. The text throws it in
/// parallel, where nothing can (erratum `update-ui-throws`): the promise is rejected instead.
pub fn update_ui(m: &mut Machine, h: &mut impl Host, event: EventId, options: Value) -> Result<PromiseId, Value> {
    if let Some(options) = convert::dictionary(m, options)? {
        convert::member(m, h, Some(options), atom::ICONS)?;
        let title = convert::member(m, h, Some(options), atom::TITLE)?;
        if let Some(title) = title.filter(|_| !m.is_bent(Quirk::UiTitleUnconverted)) {
            to_string(m, h, title)?;
        }
    }
    step!(m, UPDATE_UI, "1");
    let data = m.event(event);
    let again = data.ui_updated && !m.is_bent(Quirk::UpdatesUiTwice);
    let late = !data.is_active() && !m.is_bent(Quirk::UpdatesUiLater);
    let refused = !data.is_trusted || again || late;
    if branch!(m, UPDATE_UI, "1", refused) {
        return Err(m.dom_exception(atom::INVALID_STATE_ERROR));
    }
    step!(m, UPDATE_UI, "2");
    m.event_mut(event).ui_updated = true;
    step!(m, UPDATE_UI, "7");
    let promise = promise::create(m);
    let task = Task::Settle(promise, Settlement::Resolve(Value::Undefined));
    queue_a_task(m, m.current, TaskSource::BackgroundFetch, task);
    Ok(promise)
}
