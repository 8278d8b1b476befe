//! Quirks of `focus()`. <https://w3c.github.io/ServiceWorker/#client-focus>

use crate::quirk::hook::quirks;
use crate::service_worker::focus::Focus;
use crate::value::PromiseId;

quirks! {
    Focus, "service-workers/WindowClient.focus()" => PromiseId, |v, m, h, holds|;

    also {
        "opens-without-activation" { instead "1" => v.is_activated = true; }
    }
}
