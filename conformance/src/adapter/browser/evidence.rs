//! What is kept of the acts at a browser's own interface, so that a reader of the report sees that they happened.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use bgfspec_report as report;

use super::act::Deed;
use super::shared::lock;
use crate::scenario::Scenario;
use crate::trace::Trace;

/// The most characters of a scenario's title that the name of a picture has.
const LONGEST_NAME: usize = 80;

/// The folder of the pictures, beside the report.
const FOLDER: &str = "clicks";

/// What is kept of the acts of a run. Clones are the same evidence.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// The folder of the report, if there is one.
    folder: Option<PathBuf>,
    kept: Arc<Mutex<Kept>>,
}

#[derive(Debug, Default)]
struct Kept {
    /// The names of pictures, and the ids of the scenarios that they were taken for.
    names: HashMap<String, String>,
    /// The acts of scenarios that have not ended yet, by their ids.
    acts: HashMap<String, Vec<report::Act>>,
    clicks: Vec<report::Click>,
}

/// Two that are told apart by where they are kept.
impl PartialEq for Evidence {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.kept, &other.kept)
    }
}

impl Eq for Evidence {}

impl Evidence {
    /// Evidence whose pictures go beside a report in this folder, if there is one.
    #[must_use]
    pub fn beside(folder: Option<&Path>) -> Self {
        Evidence { folder: folder.map(Path::to_owned), kept: Arc::default() }
    }

    /// Notes an act, and takes a picture of it with this; one that can't be taken is missing and stops nothing.
    ///
    /// Gives the file of the picture, relative to the report.
    pub(super) fn note(
        &self,
        deed: &Deed,
        done: bool,
        take: impl FnOnce(&Path) -> Result<(), String>,
    ) -> Option<String> {
        let mut kept = lock(&self.kept);
        let id = deed.scenario.id();
        let number = kept.acts.get(&id).map_or(0, Vec::len) + 1;
        let picture = self.folder.as_ref().and_then(|folder| {
            let name = format!("{FOLDER}/{}", kept.name(&deed.scenario.title, &id, number, done));
            std::fs::create_dir_all(folder.join(FOLDER)).ok()?;
            take(&folder.join(&name)).ok().map(|()| name)
        });
        let act = report::Act { act: deed.act.to_string(), done, picture: picture.clone() };
        kept.acts.entry(id).or_default().push(act);
        picture
    }

    /// Keeps what was done for a scenario that has ended. If it was played before, this takes the place of that.
    pub(super) fn ended(&self, scenario: &Scenario, trace: Option<&Trace>) {
        let mut kept = lock(&self.kept);
        let id = scenario.id();
        let Some(acts) = kept.acts.remove(&id) else { return };
        let trace = trace.and_then(|trace| trace.observations().ok()).unwrap_or_default();
        let click = report::Click { scenario: id, title: scenario.title.clone(), acts, trace };
        match kept.clicks.iter_mut().find(|known| known.scenario == click.scenario) {
            Some(known) => *known = click,
            None => kept.clicks.push(click),
        }
    }

    /// Forgets what was done for scenarios that did not come to an end.
    pub(super) fn begin_anew(&self) {
        lock(&self.kept).acts.clear();
    }

    /// Gives away what was kept.
    #[must_use]
    pub fn take(&self) -> Vec<report::Click> {
        std::mem::take(&mut lock(&self.kept).clicks)
    }
}

impl Kept {
    /// A name for a picture that no picture of another scenario has: the scenario's title, or else its id.
    fn name(&mut self, title: &str, id: &str, number: usize, done: bool) -> String {
        let title = plain(title);
        let title = if title.is_empty() { id } else { &title };
        let end = if done { "" } else { "-missing" };
        let mut same = 1;
        loop {
            let again = if same == 1 { String::new() } else { format!("-{same}") };
            let name = format!("{title}{again}-{number}{end}.png");
            let owner = self.names.entry(name.clone()).or_insert_with(|| id.to_owned());
            if owner == id {
                return name;
            }
            same += 1;
        }
    }
}

/// Nothing of what a scenario is called may lead elsewhere.
fn plain(text: &str) -> String {
    let text = text.to_lowercase();
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-").chars().take(LONGEST_NAME).collect()
}
