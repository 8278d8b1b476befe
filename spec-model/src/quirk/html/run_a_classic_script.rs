//! Quirks of run a classic script. <https://html.spec.whatwg.org/multipage/webappapis.html#run-a-classic-script>

use crate::quirk::hook::names;

names! {
    "html/run a classic script";

    "script-exception-unreported" "SWL" skip "8.3.1":
        "The exception of a script is not reported.";
    "no-checkpoint-after-throw" "SWL" skip "8.3.2":
        "The microtasks of a script that threw do not run.";
}
