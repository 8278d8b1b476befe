//! Quirks of `openWindow()`. <https://w3c.github.io/ServiceWorker/#clients-openwindow>

use crate::atom;
use crate::ecmascript::promise;
use crate::machine::Machine;
use crate::quirk::hook::quirks;
use crate::service_worker::open_window::{OpenWindow, ParsedUrl};
use crate::value::PromiseId;

quirks! {
    OpenWindow, "service-workers/openWindow" => PromiseId, |v, m, h, holds|;

    named {
        "open-window-hangs" "OPW" skip "7.2.7":
            "The promise of openWindow() is never settled.";
        "foreign-window-client" "OPW" never "7.2.7.1":
            "openWindow() gives a client for a window of another origin.";
        "no-window-client" "OPW" always "7.2.7.1":
            "openWindow() gives null for a window of the same origin too.";
    }

    written {
        "addresses-unresolved" "OPW" at "1" []:
            "openWindow() takes absolute URLs only, and rejects a path." {
                after "1" if v.url == ParsedUrl::SameOrigin => v.url = ParsedUrl::Failure;
            }
        "activation-first" "OPW" at "2" []:
            "openWindow() checks the activation before the URL." {
                ends "2" if !m.realm(m.current).activation => rejected_without_activation(m);
                ends "3" if !m.realm(m.current).activation => rejected_without_activation(m);
            }
        // These two come before those that a click tells from them: what they say was seen without one.
        "activation-before-parsing" "OPW" at "2" []:
            "openWindow() checks the activation before it parses the URL." {
                ends "2" if !m.realm(m.current).activation => rejected_without_activation(m);
            }
        "activation-before-about-blank" "OPW" at "3" []:
            "openWindow() checks the activation before it refuses about:blank." {
                ends "3" if !m.realm(m.current).activation => rejected_without_activation(m);
            }
        "invalid-address-opens" "OPW" at "2" []:
            "openWindow() opens about:blank for a URL that can't be parsed." {
                never "2";
            }
        "opens-about-blank" "OPW" at "3" []:
            "openWindow() opens about:blank." {
                never "3";
            }
        "about-blank-gives-null" "OPW" at "3" []:
            "openWindow() of about:blank opens nothing that can be seen, and gives null." {
                never "3";
            }
        "opens-without-activation" "OPW" at "4" ["service-workers/WindowClient.focus()"]:
            "openWindow() needs no activation." {
                instead "4" => v.is_activated = true;
            }
    }
}

fn rejected_without_activation(m: &mut Machine) -> PromiseId {
    let error = m.dom_exception(atom::INVALID_ACCESS_ERROR);
    promise::rejected_with(m, error)
}
