//! Values that completions and help know, of arguments that take others too: `node` of `node=PATH`, `MUT-009` of a file's name.

use std::ffi::OsStr;

use bgfspec::catalogue::Catalogue;
use bgfspec::names;
use bgfspec::scenario::Capability;
use bgfspec_model::Quirk;
use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};

use super::vendors::{Asked, VENDORS};

/// Reads any text, and names known values.
#[derive(Clone)]
pub(super) struct Known<T> {
    read: fn(String) -> Result<T, String>,
    names: fn() -> Vec<String>,
}

impl<T: Clone + Send + Sync + 'static> TypedValueParser for Known<T> {
    type Value = T;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<T, clap::Error> {
        StringValueParser::new().try_map(self.read).parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new((self.names)().into_iter().map(PossibleValue::new)))
    }
}

/// A vendor.
pub(super) fn vendor() -> Known<Asked> {
    let names = || VENDORS.iter().map(|vendor| vendor.name.to_owned()).collect();
    Known { read: |text| text.parse(), names }
}

/// A capability.
pub(super) fn capability() -> Known<String> {
    Known { read: Ok, names: || Capability::ALL.into_iter().map(Capability::name).collect() }
}

/// An area or a requirement.
pub(super) fn requirement() -> Known<String> {
    Known { read: Ok, names: || areas_and_requirements(&Catalogue::load()) }
}

/// A requirement, a quirk or an area.
pub(super) fn subject() -> Known<String> {
    Known { read: Ok, names: || subjects(&Catalogue::load()) }
}

/// The subject that is most like a name that nothing has, as a question; nothing where none is.
pub(super) fn meant(catalogue: &Catalogue, name: &str) -> String {
    let subjects = subjects(catalogue);
    let nearest = names::nearest(name, subjects.iter().map(String::as_str));
    nearest.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default()
}

fn subjects(catalogue: &Catalogue) -> Vec<String> {
    let quirks = Quirk::with_names().map(|quirk| quirk.id().to_owned());
    areas_and_requirements(catalogue).into_iter().chain(quirks).collect()
}

fn areas_and_requirements(catalogue: &Catalogue) -> Vec<String> {
    let areas = catalogue.areas.iter().map(|area| area.code.clone());
    areas.chain(catalogue.adopted().map(|requirement| requirement.id.clone())).collect()
}
