//! Quirks of `composedPath()`. <https://dom.spec.whatwg.org/#dom-event-composedpath>

use crate::dom::composed_path::ComposedPath;
use crate::quirk::hook::quirks;

quirks! {
    ComposedPath<'_>, "dom/Event.composedPath()" => (), |v, m, h, holds|;

    written {
        "path-of-target-alone" "FLG DSP" at "16.2" []:
            "composedPath() gives the target alone." {
                skip "6" if v.current_target != m.event(v.event).path.first().map(|item| item.invocation_target);
                skip "13.2" if v.index != 0;
                skip "16.2";
            }
    }

    also {
        "path-kept" {
            after "4" if v.current_target.is_none() =>
                v.current_target = m.event(v.event).path.first().map(|item| item.invocation_target);
        }
        "first-listener-ends" {
            always "3" if !m.event(v.event).dispatch;
        }
    }
}
