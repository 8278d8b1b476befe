//! Quirks of Try Clear Registration. <https://w3c.github.io/ServiceWorker/#try-clear-registration-algorithm>

use crate::machine::Machine;
use crate::quirk::Quirk;
use crate::quirk::hook::quirks;
use crate::service_worker::try_clear_registration::TryClearRegistration;

quirks! {
    TryClearRegistration, "service-workers/Try Clear Registration" => (), |v, m, h, holds|;

    written {
        "clears-despite-clients" "SWL" at "1" []:
            "A registration that is unregistered is cleared although pages use it." {
                holds "1" if !holds => clears(m, v);
            }
        "clears-despite-events" "SWL EXT" at "1" []:
            "A registration that is unregistered is cleared although events of its workers are extended.",
            "An unregistered registration is cleared only when no worker of it has pending events." {
                holds "1" if !holds => clears(m, v);
            }
    }
}

/// Whether the conditions hold that neither quirk ignores.
fn clears(m: &Machine, v: &TryClearRegistration) -> bool {
    let ignores_clients = m.meets(const { Quirk::of("clears-despite-clients") });
    let ignores_events = m.meets(const { Quirk::of("clears-despite-events") });
    (!v.is_used || ignores_clients) && (v.is_idle || ignores_events)
}
