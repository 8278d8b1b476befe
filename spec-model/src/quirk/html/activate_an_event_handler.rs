//! Quirks of activate an event handler.
//! <https://html.spec.whatwg.org/multipage/webappapis.html#activate-an-event-handler>

use crate::dom::event_target::{Callback, remove_an_event_listener};
use crate::html::activate_an_event_handler::Activate;
use crate::html::event_handlers::event_handler;
use crate::machine::Machine;
use crate::quirk::hook::quirks;

quirks! {
    Activate, "html/activate an event handler" => (), |v, m, h, holds|;

    subject { event_handler(m, v.event_target, v.name).value }

    written {
        "handler-loses-place" "EH" at "3" []:
            "An event handler that is replaced loses its place among the listeners." {
                holds "3" if holds => remove_former(m, v);
            }
        "handlers-are-listeners" "EH" at "4" []:
            "An event handler is an ordinary listener with its function: adding that function again changes nothing, and removing it removes the handler." {
                holds "3" if holds => remove_former(m, v);
                after "4" => if let Some(function) = event_handler(m, v.event_target, v.name).value {
                    v.callback = Callback::Object(function);
                };
            }
        "handler-once" "EH" at "5" []:
            "An event handler is a once listener." {
                after "5" => v.options.once = true;
            }
        "handler-passive" "EH" at "5" []:
            "An event handler is a passive listener." {
                after "5" => v.options.passive = Some(true);
            }
    }
}

/// Removes the handler's listener, so that it is added anew; returns that the handler has none.
fn remove_former(m: &mut Machine, v: &Activate) -> bool {
    if let Some(listener) = event_handler(m, v.event_target, v.name).listener {
        remove_an_event_listener(m, v.event_target, listener);
    }
    false
}
