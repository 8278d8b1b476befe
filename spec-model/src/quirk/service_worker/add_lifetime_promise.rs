//! Quirks of add lifetime promise. <https://w3c.github.io/ServiceWorker/#extendableevent-add-lifetime-promise>

use crate::quirk::hook::quirks;
use crate::service_worker::add_lifetime_promise::AddLifetimePromise;
use crate::value::Value;

quirks! {
    AddLifetimePromise, "service-workers/add lifetime promise" => Result<(), Value>, |v, m, h, holds|;

    named {
        "waits-whenever-called" "EXT" never "2":
            "waitUntil() can be called when the event is not active any more.";
    }

    written {
        "untrusted-waits" "EXT BGE" at "1" []:
            "waitUntil() works on an event that the user agent fired although script has made it untrusted.",
            "waitUntil() throws an InvalidStateError where isTrusted is false, also for an event that the user agent fired." {
                never "1" if m.watch.aside.fired.contains(&v.event);
            }
        "waits-during-dispatch-alone" "EXT" at "2" []:
            "waitUntil() can't be called after the dispatch although promises are pending." {
                always "2" if !m.event(v.event).dispatch;
            }
        "lifetime-not-counted" "EXT OPW" at "4" []:
            "Promises given to waitUntil() do not keep the event active." {
                ends "4" => Ok(());
            }
        "first-promise-ends" "EXT" at "5.2" []:
            "The lifetime ends with the first promise that settles." {
                holds "5.2" => {
                    m.event_mut(v.event).lifetime.pending = 0;
                    true
                };
            }
    }
}
