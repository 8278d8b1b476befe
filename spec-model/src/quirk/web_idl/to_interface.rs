//! Quirks of the conversion to an interface type. <https://webidl.spec.whatwg.org/#js-to-interface>

use crate::background_fetch::FetchResult;
use crate::machine::Machine;
use crate::quirk::hook::quirks;
use crate::value::{Completion, Kind, Value};
use crate::web_idl::interfaces::Interface;
use crate::web_idl::to_interface::ToInterface;

quirks! {
    ToInterface, "webidl/convert a JavaScript value to interface" => Completion, |v, m, h, holds|;

    written {
        "any-registration" "BGE" at "1" []:
            "The registration of a BackgroundFetchEvent can be any object." {
                always "1" if is_registration(v) && v.value.object().is_some();
            }
        "settled-registration-refused" "BGE" at "1" []:
            "A BackgroundFetchEvent can not be constructed with the registration of a fetch that has ended." {
                never "1" if is_registration(v) && has_ended(m, v.value);
            }
    }
}

fn is_registration(v: &ToInterface) -> bool {
    v.interface == Interface::BackgroundFetchRegistration
}

fn has_ended(m: &Machine, registration: Value) -> bool {
    registration.object().is_some_and(|object| match m.object(object).kind {
        Kind::BackgroundFetchRegistration(ref instance) => instance.result != FetchResult::Pending,
        _ => false,
    })
}
