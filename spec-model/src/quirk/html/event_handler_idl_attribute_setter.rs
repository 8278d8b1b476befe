//! Quirks of the setter of an event handler IDL attribute.
//! <https://html.spec.whatwg.org/multipage/webappapis.html#event-handler-idl-attributes>

use crate::dom::event_target::{Callback, Options, add_an_event_listener, is_busy};
use crate::html::event_handler_idl_attribute_setter::Setter;
use crate::html::event_handlers::{event_handler, event_type};
use crate::machine::Machine;
use crate::quirk::hook::quirks;

quirks! {
    Setter, "html/event handler IDL attribute setter" => (), |v, m, h, holds|;

    subject { v.given_value }

    written {
        "handlers-fixed" "EH" at "4.3" []:
            "An event handler cannot be changed while its target is the current target of an event." {
                skip "3" if is_busy(m, v.event_target);
                skip "4.3" if is_busy(m, v.event_target);
                skip "4.4" if is_busy(m, v.event_target);
            }
        "handlers-pile-up" "EH" at "4.4" ["html/event handler IDL attribute getter"]:
            "Setting an event handler adds its function as a listener, removing none; reading it gives the first, or undefined.",
            "An event handler has one listener and one function: setting it replaces the function." {
                skip "3";
                skip "4.3";
                instead "4.4" => add_a_listener(m, v);
            }
        "null-activates" "EH" at "3" []:
            "Setting an event handler to null gives it a place among the listeners." {
                never "3" if event_handler(m, v.event_target, v.name).listener.is_none();
            }
    }
}

/// Adds a listener with the function itself as its callback.
fn add_a_listener(m: &mut Machine, v: &Setter) {
    let event_type = event_type(v.name).expect("only known handlers are set");
    add_an_event_listener(m, v.event_target, event_type, v.given_value.map(Callback::Object), Options::default());
}
