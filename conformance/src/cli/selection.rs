//! Which scenarios are played.

use bgfspec::catalogue::Catalogue;
use bgfspec::generation::exhaustive::Space;
use bgfspec::names;
use bgfspec::runner::{Options, Order, Shard};
use bgfspec::scenario::Capability;

use super::Fault;

/// What the command line says of it.
#[derive(clap::Args)]
pub(super) struct Selection {
    /// Only scenarios whose title or requirement contains this
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,
    /// Only scenarios that need this capability
    #[arg(long, value_name = "NAME")]
    capability: Option<String>,
    /// How many generated scenarios are played as well [default: 1000, or none with --filter or --capability]
    #[arg(long, value_name = "N")]
    cases: Option<u64>,
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
        let mut options = Options { filter, capability, order, seed, shard: self.shard, cases: 0, exhaustive };
        options.cases = self.cases.unwrap_or(if options.wants_all() { CASES } else { 0 });
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
