//! Quirks of Unregister. <https://w3c.github.io/ServiceWorker/#unregister-algorithm>

use crate::quirk::hook::quirks;
use crate::service_worker::unregister::{Unregister, resolve_job_promise};
use crate::value::PromiseId;

quirks! {
    Unregister, "service-workers/Unregister" => PromiseId, |v, m, h, holds|;

    written {
        "unregisters-twice" "SWL" at "2.1" []:
            "unregister() gives true the second time too." {
                instead "2.1" => resolve_job_promise(m, v.promise, true);
            }
    }
}
