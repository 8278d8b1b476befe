//! Quirks of the WebDriver command.

use crate::background_fetch::background_fetch_click::{Answer, BackgroundFetchClick, Page, Which, find};
use crate::quirk::hook::quirks;

quirks! {
    BackgroundFetchClick, "background-fetch/background fetch click" => Answer, |v, m, h, holds|;

    named {
        "web-driver-without-window" "WDC" never "1":
            "The WebDriver command works without a window.";
        "web-driver-fires-nothing" "WDC" skip "7":
            "The WebDriver command succeeds and fires no event.";
    }

    written {
        "web-driver-unknown" "WDC" at "1" []:
            "The WebDriver command is not known." {
                always "1";
                ends "1" => Answer::error(404, "unknown command");
            }
        "web-driver-anywhere" "WDC" at "3" []:
            "The WebDriver command works from a page outside of the scope." {
                after "3" if v.page == Page::Outside && !m.registration(v.only).unregistered =>
                    v.sw_registration = Some(v.only);
            }
        "web-driver-oldest" "WDC" at "5" []:
            "The WebDriver command clicks the oldest of the background fetches that share an id." {
                after "5" => v.bg_fetch = v.sw_registration.and_then(|of| find(m, of, v.id, Which::Oldest));
            }
        "web-driver-unknown-fetch" "WDC" at "6" []:
            "The WebDriver command succeeds for a fetch that does not exist." {
                ends "6" => Answer::SUCCESS;
            }
    }
}
