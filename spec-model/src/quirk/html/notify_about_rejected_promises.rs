//! Quirks of notify about rejected promises.
//! <https://html.spec.whatwg.org/multipage/webappapis.html#notify-about-rejected-promises>

use crate::html::notify_about_rejected_promises::NotifyAboutRejectedPromises;
use crate::quirk::hook::quirks;

quirks! {
    NotifyAboutRejectedPromises, "html/notify about rejected promises" => (), |v, m, h, holds|;

    named {
        "rejections-unannounced" "CB" skip "4":
            "Unhandled rejections are not announced.";
    }
}
