//! Quirks of `BackgroundFetchRegistration.abort()`.

use crate::background_fetch::FetchResult;
use crate::background_fetch::abort::{Abort, resolve};
use crate::machine::Machine;
use crate::quirk::hook::quirks;
use crate::value::{BackgroundFetchId, Kind};

quirks! {
    Abort, "background-fetch/abort()" => (), |v, m, h, holds|;

    written {
        "aborts-at-once" "BGR" at "1" []:
            "abort() changes the result of the registration in the middle of the task." {
                after "1" => fail_at_once(m, v.bg_fetch);
            }
        "aborts-twice" "BGR" at "3.3" []:
            "abort() gives true for a fetch that is not active any more." {
                instead "3.3" => resolve(m, v.promise, true);
            }
    }
}

fn fail_at_once(m: &mut Machine, bg_fetch: BackgroundFetchId) {
    for object in &mut m.objects {
        if let Kind::BackgroundFetchRegistration(instance) = &mut object.kind
            && instance.background_fetch == bg_fetch
        {
            instance.result = FetchResult::Failure;
        }
    }
}
