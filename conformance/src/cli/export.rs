//! `bgfspec export`.

use std::path::{Path, PathBuf};

use bgfspec::catalogue::Catalogue;
use bgfspec::export::export as facts_of;
use bgfspec_reports::export::{self as reports, Export};
use clap::ValueEnum;

use super::{CONFORMS, Fault, Outcome, print, source};

/// Of `bgfspec export`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// A file with a scenario, the id of a requirement, or the id of a scenario
    source: String,
    /// As what
    #[arg(long = "as", value_enum)]
    form: Form,
    /// File to write instead of standard output; a folder where there are several files
    #[arg(long, value_name = "PATH")]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Form {
    /// A script that runs anywhere and says whether the host conforms
    Js,
    /// The scenario with all traces that are permitted
    Json,
}

/// `bgfspec export`.
pub(super) fn export(arguments: &Arguments) -> Outcome {
    let scenarios = source::scenarios(&arguments.source)?;
    let catalogue = Catalogue::load();
    let mut files = Vec::new();
    let mut refusals = Vec::new();
    for scenario in &scenarios {
        let facts = facts_of(&catalogue, scenario).map_err(Fault::harness)?;
        match written(&facts, arguments.form) {
            Ok(file) => files.push(file),
            Err(reason) => refusals.push(format!("{} ({}): {reason}", facts.id, facts.title())),
        }
    }
    if files.is_empty() {
        return Err(Fault::harness(format!("nothing can be exported: {}", refusals.join("; "))));
    }
    for refusal in &refusals {
        eprintln!("left out: {}", bgfspec_reports::line(refusal));
    }
    match &arguments.out {
        None => files.iter().for_each(|(_, text)| print(text)),
        Some(out) => write(out, &files)?,
    }
    Ok(CONFORMS)
}

/// The name and the text of a file.
type File = (String, String);

fn written(facts: &Export, form: Form) -> Result<File, String> {
    Ok(match form {
        Form::Js => (format!("{}.js", facts.id), reports::script(facts)?),
        Form::Json => (format!("{}.json", facts.id), facts.json()),
    })
}

fn write(out: &Path, files: &[File]) -> Result<(), Fault> {
    let save = |path: &Path, text: &str| {
        std::fs::write(path, text).map_err(|error| Fault::harness(format!("can't write `{}`: {error}", path.display())))
    };
    match files {
        [(_, text)] if !out.is_dir() => save(out, text),
        _ => {
            std::fs::create_dir_all(out)
                .map_err(|error| Fault::harness(format!("can't make the folder `{}`: {error}", out.display())))?;
            files.iter().try_for_each(|(name, text)| save(&out.join(name), text))
        }
    }
}
