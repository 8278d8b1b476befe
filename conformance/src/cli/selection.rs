//! Which scenarios are played.

use bgfspec::catalogue::Catalogue;
use bgfspec::names;
use bgfspec::runner::{Options, Order};
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
}

impl Selection {
    /// The same for the runner; a fault if no scenario is left.
    pub(super) fn options(&self, catalogue: &Catalogue, order: Order) -> Result<Options, Fault> {
        let capability = capability(self.capability.as_deref())?;
        let options = Options { filter: self.filter.clone(), capability, order };
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
