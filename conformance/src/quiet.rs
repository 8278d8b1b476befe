//! Runs what may panic, without a message on standard error.
//!
//! A model with quirks may come to where no implementation can: a path without end, a listener that is not there. What it does then says
//! nothing of anybody.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Returns what a function returns; none where it panics.
pub(crate) fn unless_it_panics<T>(function: impl FnOnce() -> T) -> Option<T> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let others = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !QUIET.get() {
                others(info);
            }
        }));
    });
    let outer = QUIET.replace(true);
    let result = panic::catch_unwind(AssertUnwindSafe(function));
    QUIET.set(outer);
    result.ok()
}

#[cfg(test)]
mod tests {
    use super::unless_it_panics;

    #[test]
    fn a_panic_gives_nothing() {
        assert_eq!(unless_it_panics(|| 1), Some(1));
        assert_eq!(unless_it_panics(|| -> u8 { panic!("a message that nobody should see") }), None);
    }
}
