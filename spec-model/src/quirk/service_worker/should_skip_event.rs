//! Quirks of Should Skip Event. <https://w3c.github.io/ServiceWorker/#should-skip-event-algorithm>

use crate::machine::Machine;
use crate::quirk::hook::quirks;
use crate::service_worker::should_skip_event::ShouldSkipEvent;

quirks! {
    ShouldSkipEvent, "service-workers/Should Skip Event" => bool, |v, m, h, holds|;

    written {
        "skips-with-listener" "FFE" at "1" []:
            "Functional events are skipped although a listener for them was known." {
                always "1";
                ends "1" if is_known(m, v) => true;
            }
    }

    also {
        "handlers-unknown" { ends "1" => true; }
    }
}

fn is_known(m: &Machine, v: &ShouldSkipEvent) -> bool {
    m.worker(v.service_worker).types_to_handle.contains(&v.event_name)
}
