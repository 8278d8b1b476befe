//! Signals that end listening.

use super::{Event, EventTarget};

/// Aborts its signal.
#[derive(Clone, Default)]
pub struct AbortController(EventTarget);

impl AbortController {
    /// One with a signal of its own.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The controller of a signal.
    #[must_use]
    pub fn of(signal: &EventTarget) -> Self {
        AbortController(signal.clone())
    }

    /// Its signal: a target that hears of `abort`.
    #[must_use]
    pub fn signal(&self) -> &EventTarget {
        &self.0
    }

    /// Aborts the signal, once.
    pub fn abort(&self) {
        if self.0.0.aborted.replace(true) {
            return;
        }
        for (target, listener) in self.0.0.bound.take() {
            target.remove(&listener);
        }
        self.0.send(&Event::trusted("abort"));
    }
}

impl EventTarget {
    /// Whether it is a signal that was aborted.
    #[must_use]
    pub fn is_aborted(&self) -> bool {
        self.0.aborted.get()
    }
}
