//! Quirks of update background fetch instances.

use crate::background_fetch::registration::{Instance, instance_mut};
use crate::background_fetch::update_instances::Update;
use crate::quirk::hook::quirks;

quirks! {
    Update<'_>, "background-fetch/update background fetch instances" => (), |v, m, h, holds|;

    named {
        "no-progress-event" "BGR" skip "6.10":
            "No progress event is fired.";
    }

    written {
        "result-untold" "BGR MDN" at "6.8" ["background-fetch/get a BackgroundFetchRegistration instance"]:
            "The result of a background fetch stays empty when it has ended." {
                holds "6.5" => v.bg_fetch_registration.is_some_and(|object| {
                    let instance = Instance { result: v.copy.result, ..*instance_mut(m, object) };
                    v.copy.is_known(&instance)
                });
                skip "6.8";
            }
    }
}
