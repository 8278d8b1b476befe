//! Run the abort steps. <https://dom.spec.whatwg.org/#run-the-abort-steps>

use crate::atom;
use crate::dom::abort_signal::Steps;
use crate::dom::fire_an_event::fire_a_plain_event;
use crate::dom::remove_an_event_listener::remove_an_event_listener;
use crate::machine::{Host, Machine};
use crate::step::Algorithm;
use crate::value::SignalId;
use crate::watch::step;

const ALGORITHM: Algorithm = Algorithm::of("dom/run the abort steps");

/// The variables of run the abort steps.
pub(crate) struct RunTheAbortSteps {
    pub(crate) signal: SignalId,
    /// The algorithm that runs, and its place among the abort algorithms.
    pub(crate) algorithm: Option<(usize, Steps)>,
}

/// Runs the abort algorithms of a signal and fires its event.
pub(crate) fn run_the_abort_steps(m: &mut Machine, h: &mut impl Host, signal: SignalId) {
    let mut v = RunTheAbortSteps { signal, algorithm: None };
    for (index, algorithm) in m.signal(signal).algorithms.clone().into_iter().enumerate() {
        v.algorithm = Some((index, algorithm));
        step!(m, h, v, "1", remove_an_event_listener(m, algorithm.target, algorithm.listener));
    }
    step!(m, h, v, "2", m.signal_mut(signal).algorithms.clear());
    step!(m, h, v, "3", fire_a_plain_event(m, h, atom::ABORT, m.signal(signal).object));
}
