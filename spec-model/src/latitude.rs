//! Places where a specification permits more than one behaviour.
//!
//! The permitted behaviours of a scenario are those of all choices. A run reads its choices from a tape; where the
//! tape has ended it takes the first alternative and writes that down, so that a caller can go on from there.

/// What is being chosen.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Latitude {
    /// Which of the task queues that have a task the event loop takes it from.
    ///
    /// <https://html.spec.whatwg.org/multipage/webappapis.html#event-loop-processing-model>
    TaskQueue,
    /// Whether a functional event that no listener was known for is skipped.
    ///
    /// <https://w3c.github.io/ServiceWorker/#should-skip-event-algorithm>
    SkipEvent,
    /// Whether the user agent counts a click on its own user interface as the activation that a page needs to open
    /// or focus a window.
    ///
    /// <https://w3c.github.io/ServiceWorker/#clients-openwindow>
    ClickActivates,
    /// Whether a further window may be opened for the same click.
    ///
    /// <https://w3c.github.io/ServiceWorker/#clients-openwindow>
    FurtherWindow,
    /// Whether a promise given to `waitUntil()` is taken as it is or wrapped in a new one.
    ///
    /// <https://webidl.spec.whatwg.org/#js-promise>
    PromiseArgument,
    /// Whether a promise that is rejected after it was given to `waitUntil()` leaves another behind, rejected alike, that
    /// nobody handles: the one that *react* makes of it.
    ///
    /// <https://webidl.spec.whatwg.org/#dfn-perform-steps-once-promise-is-settled>
    DerivedPromise,
    /// Whether an event handler's return value cancels an event that `preventDefault()` would not cancel.
    ///
    /// <https://html.spec.whatwg.org/multipage/webappapis.html#the-event-handler-processing-algorithm>
    HandlerCancels,
    /// Whether a registration is cleared before the tasks that are queued in its workers.
    ///
    /// <https://w3c.github.io/ServiceWorker/#navigator-service-worker-unregister>
    ClearsAtOnce,
    /// Whether the UI of a background fetch stays when the fetch has ended.
    ///
    /// <https://wicg.github.io/background-fetch/#background-fetch-display-algorithm>
    UiRemains,
}

/// One choice that a run has made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Choice {
    /// What was chosen.
    pub latitude: Latitude,
    /// How many alternatives there were.
    pub alternatives: u8,
    /// Which was taken, from zero.
    pub taken: u8,
    /// How many observations the run had made before.
    pub after: u32,
}

/// The choices of a run.
#[derive(Clone, Default, Debug)]
pub struct Choices {
    planned: Vec<u8>,
    made: Vec<Choice>,
}

impl Choices {
    /// Starts a run that takes these alternatives first.
    pub fn plan(&mut self, planned: &[u8]) {
        self.planned.clear();
        self.planned.extend_from_slice(planned);
        self.made.clear();
    }

    /// The choices made so far.
    #[must_use]
    pub fn made(&self) -> &[Choice] {
        &self.made
    }

    /// Counts the choices made so far as made before everything that will be observed.
    pub fn forget_places(&mut self) {
        for choice in &mut self.made {
            choice.after = 0;
        }
    }

    pub(crate) fn choose(&mut self, latitude: Latitude, alternatives: u8, after: u32) -> u8 {
        if alternatives < 2 {
            return 0;
        }
        let taken = self.planned.get(self.made.len()).copied().unwrap_or(0).min(alternatives - 1);
        self.made.push(Choice { latitude, alternatives, taken, after });
        taken
    }
}
