//! Which requirements a default run judges on no browser, and why: all of their scenarios need what no browser has by itself.

use std::collections::BTreeSet;

use bgfspec::catalogue::{Catalogue, Requirement};
use bgfspec::scenario::Capability;

/// The capabilities that no browser has in a default run: where they are to be had, or why nowhere. The further below, the harder.
const BEYOND: &[(Capability, &str)] = &[
    (Capability::RealClick, "by a click, in Chromium: `run --vendor chromium --capability real-click`"),
    (
        Capability::Webdriver,
        "by the WebDriver command: `run --vendor chromium --webdriver URL`, at an endpoint that has it",
    ),
    (Capability::ParallelFetches, "on no browser: each lets one background fetch of a registration wait for another"),
    (Capability::UploadProgress, "on no browser: none lets a test say how much of a request it has sent"),
    (Capability::Quota, "on no browser: none lets a test exceed the quota"),
    (Capability::WorkerFaults, "on no browser: in none can a test time an event out or keep a worker from starting"),
];

/// Where a requirement is judged that a default run judges on no browser, or why none can; nothing where a default run does.
pub(super) fn beyond_default(catalogue: &Catalogue, requirement: &Requirement) -> Option<&'static str> {
    let hardest = |needs: &BTreeSet<Capability>| BEYOND.iter().rposition(|(capability, _)| needs.contains(capability));
    let easiest = catalogue.scenarios_of(&requirement.id).map(|scenario| hardest(&scenario.capabilities())).min()??;
    Some(BEYOND[easiest].1)
}
