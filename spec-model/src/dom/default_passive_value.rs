//! The default passive value. <https://dom.spec.whatwg.org/#default-passive-value>

use crate::atom::{self, Atom};
use crate::machine::Machine;
use crate::step::Algorithm;
use crate::value::{Kind, ObjectId};
use crate::watch::{branch, returns};

const ALGORITHM: Algorithm = Algorithm::of("dom/default passive value");

/// The variables of the default passive value.
pub(crate) struct DefaultPassiveValue {
    pub(crate) event_type: Atom,
}

/// Returns whether a listener is passive that doesn't say so itself.
pub(crate) fn default_passive_value(m: &mut Machine, event_type: Atom, event_target: ObjectId) -> bool {
    let mut v = DefaultPassiveValue { event_type };
    // 1. Abstracted: it joins its two conditions, which have code of their own.
    let types = [atom::TOUCH_START, atom::TOUCH_MOVE, atom::WHEEL, atom::MOUSE_WHEEL];
    let is_of_type = branch!(m, v, "1.*1", types.contains(&event_type));
    let is_window = branch!(m, v, "1.*2", is_window(m, event_target));
    if is_of_type && is_window {
        return true;
    }
    returns!(m, v, "2", false)
}

fn is_window(m: &Machine, object: ObjectId) -> bool {
    let object = m.object(object);
    matches!(object.kind, Kind::Global) && m.realm(object.realm).is_window
}
