//! Quirks of `AbortSignal.timeout()`. <https://dom.spec.whatwg.org/#dom-abortsignal-timeout>

use crate::dom::abort_signal_timeout::Timeout;
use crate::machine::Machine;
use crate::quirk::hook::quirks;

quirks! {
    Timeout, "dom/AbortSignal.timeout(milliseconds)" => crate::ObjectId, |v, m, h, holds|;

    written {
        "timeouts-reversed" "ABT" at "3" []:
            "Of timeouts that end together the one set last comes first." {
                after "3" => hurry(m);
            }
    }
}

/// Lets the timer that was set last end just before those that would end together with it.
fn hurry(m: &mut Machine) {
    let timers = &mut m.realm_mut(m.current).timers;
    let Some((last, earlier)) = timers.split_last_mut() else { return };
    let together = earlier.iter().map(|(end, _)| *end).filter(|end| (end - last.0).abs() < 1e3);
    last.0 = together.fold(last.0, |least, end| least.min(end.next_down()));
}
