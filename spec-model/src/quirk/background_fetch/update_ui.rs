//! Quirks of `updateUI()`.

use crate::background_fetch::update_ui::UpdateUi;
use crate::machine::Machine;
use crate::quirk::Quirk;
use crate::quirk::hook::quirks;
use crate::value::{PromiseId, Value};

quirks! {
    UpdateUi, "background-fetch/updateUI(options)" => Result<PromiseId, Value>, |v, m, h, holds|;

    written {
        "updates-ui-twice" "BGR" at "1" []:
            "updateUI() can be called any number of times." {
                holds "1" => is_refused(m, v);
            }
        "updates-ui-later" "BGR" at "1" []:
            "updateUI() can be called when the event is not active any more." {
                holds "1" => is_refused(m, v);
            }
    }
}

/// Whether a call is refused for a reason that no quirk passes over.
fn is_refused(m: &Machine, v: &UpdateUi) -> bool {
    let event = m.event(v.this);
    let again = event.ui_updated && !m.meets(const { Quirk::of("updates-ui-twice") });
    let late = !event.is_active() && !m.meets(const { Quirk::of("updates-ui-later") });
    !event.is_trusted || again || late
}
