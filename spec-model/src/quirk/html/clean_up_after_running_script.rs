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
        "no-checkpoint-between-listeners" "CB" at "3" []:
            "Microtasks run after the dispatch of an event of the user agent, and not after each of its listeners." {
                holds "3" => !std::mem::take(&mut m.watch.aside.callback_ends) && holds;
            }
    }
}
