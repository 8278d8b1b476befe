//! Quirks of remove an event listener. <https://dom.spec.whatwg.org/#remove-an-event-listener>

use crate::dom::remove_an_event_listener::RemoveAnEventListener;
use crate::quirk::hook::quirks;

quirks! {
    RemoveAnEventListener, "dom/remove an event listener" => (), |v, m, h, holds|;

    subject { m.listener(v.listener).subject() }

    written {
        "remove-leaves-mark" "MUT" at "2" []:
            "A listener that is removed during a pass, before its turn in that pass, is called all the same." {
                after "2" => m.listeners[v.listener.index()].removed = false;
            }
    }

    also {
        "lists-cloned-first" {
            after "2" => m.listeners[v.listener.index()].removed = false;
        }
    }
}
