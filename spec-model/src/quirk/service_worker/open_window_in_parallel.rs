//! Quirks of what `openWindow()` does in parallel. <https://w3c.github.io/ServiceWorker/#clients-openwindow>

use crate::quirk::hook::quirks;
use crate::service_worker::open_window::{OpenWindowInParallel, ParsedUrl, parse};

quirks! {
    OpenWindowInParallel, "service-workers/openWindow" => (), |v, m, h, holds|;

    written {
        "windows-reused" "OPW" at "7.2.1" []:
            "A second call of openWindow() opens no further window." {
                skip "7.2.1" if m.realm(v.realm).windows_opened > 1;
            }
    }

    also {
        "about-blank-gives-null" { skip "7.2.1" if parse(m.atoms.text(v.url)) == ParsedUrl::AboutBlank; }
    }
}
