//! Quirks of clean up after running script.
//! <https://html.spec.whatwg.org/multipage/webappapis.html#clean-up-after-running-script>

use crate::html::clean_up_after_running_script::CleanUp;
use crate::quirk::hook::quirks;

quirks! {
    CleanUp, "html/clean up after running script" => (), |v, m, h, holds|;

    named {
        "checkpoint-always" "CB" always "3":
            "Microtasks run after each listener, also of an event that script dispatches.";
    }

    written {
        "no-checkpoint-between-listeners" "CB" at "3" []:
            "Microtasks do not run after each listener of an event of the user agent, but after the dispatch." {
                holds "3" => holds && !std::mem::take(&mut m.watch.aside.callback_ends);
            }
    }
}
