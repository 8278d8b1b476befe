//! The file of `--keep`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use bgfspec::catalogue::{Catalogue, Kept};
use bgfspec::scenario::Scenario;
use bgfspec_report::Run;
use serde::Deserialize as _;

use super::{Fault, output};

/// Scenarios that are kept in a file.
pub(super) struct Keeping {
    file: PathBuf,
    kept: Kept,
}

impl Keeping {
    /// Reads the file, if there is one yet, and has its scenarios played.
    pub(super) fn read(file: &Path, catalogue: &mut Catalogue) -> Result<Self, Fault> {
        let name = file.display();
        let kept = match std::fs::read_to_string(file) {
            Ok(text) => Kept::parse(&text).map_err(|error| Fault::usage(format!("{name}: {error}")))?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Kept::default(),
            Err(error) => return Err(Fault::usage(format!("can't read `{name}`: {error}"))),
        };
        for (_, scenario) in kept.iter() {
            catalogue.kept.insert(scenario.clone());
        }
        if let Some(problem) = catalogue.problems().first() {
            return Err(Fault::usage(format!("{name}: {problem}")));
        }
        Ok(Keeping { file: file.to_owned(), kept })
    }

    /// Keeps what generated scenarios showed and no named or kept one does.
    pub(super) fn add(&mut self, run: &Run, catalogue: &Catalogue) -> Result<(), Fault> {
        let new =
            run.generated_deviations().into_iter().filter(|deviation| catalogue.kept.get(&deviation.id).is_none());
        let scenarios = new.filter_map(|deviation| Scenario::deserialize(&deviation.scenario).ok());
        // One that was not asked for may have been found again.
        let named: BTreeSet<String> = catalogue.scenarios.iter().map(Scenario::id).collect();
        let scenarios = scenarios.filter(|scenario| !named.contains(&scenario.id()));
        let added = scenarios.filter(|scenario| self.kept.insert(scenario.clone())).count();
        if added > 0 { output::write(&self.file, &self.kept.to_json()) } else { Ok(()) }
    }
}
