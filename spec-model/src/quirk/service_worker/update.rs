//! Quirks of Update. <https://w3c.github.io/ServiceWorker/#update-algorithm>

use crate::quirk::hook::quirks;
use crate::service_worker::update::Update;
use crate::value::WorkerId;

quirks! {
    Update, "service-workers/Update" => WorkerId, |v, m, h, holds|;

    written {
        "throwing-script-installs" "SWL" at "16" []:
            "A worker is installed although its script threw when it was evaluated." {
                never "16" if v.run_result.is_some();
            }
    }
}
