//! Which scenarios are played.

use std::time::Duration;

use bgfspec::catalogue::Catalogue;
use bgfspec::generation::exhaustive::Space;
use bgfspec::names;
use bgfspec::runner::{Options, Order, Shard};
use bgfspec::scenario::Capability;

use super::{Fault, known, seconds};

/// What the command line says of it.
#[derive(clap::Args)]
pub(super) struct Selection {
    /// Only scenarios whose title or requirement contains this
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,
    /// Only scenarios that need this capability
    #[arg(long, value_name = "NAME", value_parser = known::capability(), hide_possible_values = true)]
    capability: Option<String>,
    /// How many generated scenarios are played as well [default: 1000; none with --filter or --capability; no limit with --for]
    #[arg(long, value_name = "N")]
    cases: Option<u64>,
    /// Draw and play generated scenarios for so long, for each implementation; with --cases, until whichever ends first
    #[arg(long = "for", value_name = "SECONDS", value_parser = seconds, conflicts_with = "shard")]
    time: Option<f64>,
    /// Go through all scenarios up to a size as well; with a name, those of one set: dispatch or lives
    #[arg(long, value_name = "SET", num_args = 0..=1, require_equals = true, default_missing_value = "all", value_parser = ["all", "dispatch", "lives"])]
    exhaustive: Option<String>,
    /// Play only this share of all scenarios; `bgfspec merge` puts the reports of all shares together
    #[arg(long, value_name = "I/N", default_value_t)]
    shard: Shard,
}

/// So many generated scenarios are played where nobody says how many.
const CASES: u64 = 1000;

impl Selection {
    /// The same for the runner; a fault if no scenario is left.
    pub(super) fn options(&self, catalogue: &Catalogue, order: Order, seed: u64) -> Result<Options, Fault> {
        let capability = capability(self.capability.as_deref())?;
        let filter = self.filter.clone();
        let wanted =
            |space: &Space| self.exhaustive.as_deref().is_some_and(|name| name == "all" || name == space.name());
        let exhaustive = Space::ALL.into_iter().filter(wanted).collect();
        let time = self.time.map(Duration::from_secs_f64);
        let shard = self.shard;
        let mut options =
            Options { filter, capability, only_generated: false, order, seed, shard, cases: 0, time, exhaustive };
        let by_default = match time {
            Some(_) => Options::UNLIMITED,
            None if options.wants_all() => CASES,
            None => 0,
        };
        options.cases = self.cases.unwrap_or(by_default);
        if !catalogue.scenarios.iter().any(|scenario| options.wants(scenario)) {
            return Err(Fault::harness("no scenario matches; `bgfspec list` shows what there is"));
        }
        Ok(options)
    }
}

fn capability(name: Option<&str>) -> Result<Option<Capability>, Fault> {
    let Some(name) = name else { return Ok(None) };
    let known: Vec<String> = Capability::ALL.into_iter().map(Capability::name).collect();
    match Capability::named(name) {
        Some(capability) => Ok(Some(capability)),
        None => Err(Fault::usage(names::unknown("capability", name, known.iter().map(String::as_str)))),
    }
}
