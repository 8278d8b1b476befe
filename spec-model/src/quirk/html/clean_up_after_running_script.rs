//! Quirks of clean up after running script.
//! <https://html.spec.whatwg.org/multipage/webappapis.html#clean-up-after-running-script>

use crate::html::clean_up_after_running_script::CleanUp;
use crate::quirk::hook::quirks;

quirks! {
    CleanUp, "html/clean up after running script" => (), |v, m, h, holds|;

    named {
        "checkpoint-always" "CB" always "3":
            "Microtasks run after each listener, also while script dispatches the event.";
    }

    written {
        "no-checkpoint-between-listeners" "CB" at "3" ["webidl/call a user object's operation", "webidl/invoke a callback function"]:
            "Microtasks run after the dispatch of an event of the user agent, and not after each of its listeners.",
            "Where the user agent fires an event from a task, microtasks run as soon as each listener has returned." {
                never "3" if m.watch.aside.callbacks.last() == Some(&m.realm(v.settings).event_loop.stack);
            }
    }
}
