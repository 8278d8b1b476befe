//! Scenarios that generation once found something by, made small. They are data under their content hash, and everybody plays them
//! from then on.

use std::collections::BTreeMap;

use crate::scenario::Scenario;

/// Scenarios by their ids.
///
/// What is kept decides no requirement: a scenario that does gets a name, and a place among the others.
#[derive(Clone, PartialEq, Default, Debug)]
pub struct Kept(BTreeMap<String, Scenario>);

impl Kept {
    /// Reads what [`Kept::to_json`] wrote.
    ///
    /// # Errors
    /// Says where it is not of this form, or which scenario is not that of its id.
    pub fn parse(text: &str) -> Result<Self, String> {
        let kept: BTreeMap<String, Scenario> = serde_json::from_str(text).map_err(|error| error.to_string())?;
        match kept.iter().find(|(id, scenario)| scenario.id() != **id) {
            Some((id, scenario)) => {
                Err(format!("the scenario of {id} has the id {}: it was changed after it was kept", scenario.id()))
            }
            None => Ok(Kept(kept)),
        }
    }

    /// An object with a member for each scenario, in the order of their ids.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(&self.0).expect("scenarios are JSON") + "\n"
    }

    /// Keeps a scenario; whether it was not kept yet.
    pub fn insert(&mut self, scenario: Scenario) -> bool {
        self.0.insert(scenario.id(), scenario).is_none()
    }

    /// The scenario of an id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Scenario> {
        self.0.get(id)
    }

    /// All of them with their ids, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Scenario)> {
        self.0.iter().map(|(id, scenario)| (id.as_str(), scenario))
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
