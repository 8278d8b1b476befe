//! `bgfspec export`.

use std::path::{Path, PathBuf};

use bgfspec::catalogue::Catalogue;
use bgfspec::export::export as facts_of;
use bgfspec_reports::export::{self as reports, Export, File};
use clap::ValueEnum;
use serde_json::json;

use super::{Answer, CONFORMS, Fault, Outcome, known, print, print_json, source};

/// Of `bgfspec export`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Files with scenarios, ids of requirements, ids of scenarios
    #[arg(required = true, value_name = "SOURCE", value_parser = known::subject(), hide_possible_values = true)]
    sources: Vec<String>,
    /// As what
    #[arg(long = "as", value_enum)]
    form: Form,
    /// File to write instead of standard output; where there are several files, a folder, which can be copied into a checkout
    #[arg(long, value_name = "PATH")]
    out: Option<PathBuf>,
    #[command(flatten)]
    answer: Answer,
}

#[derive(Clone, Copy, ValueEnum)]
enum Form {
    /// A plain script that ends in PASS or FAIL
    Js,
    /// A test for the web platform's suite
    Wpt,
    /// The scenario with all traces that are permitted
    Json,
}

/// `bgfspec export`.
pub(super) fn export(arguments: &Arguments) -> Outcome {
    let scenarios = arguments.sources.iter().map(|source| source::scenarios(source));
    let scenarios = scenarios.collect::<Result<Vec<_>, _>>()?.concat();
    let catalogue = Catalogue::load();
    let mut files = Vec::new();
    let mut refusals = Vec::new();
    for scenario in &scenarios {
        let facts = facts_of(&catalogue, scenario).map_err(Fault::harness)?;
        match written(&facts, arguments.form) {
            Ok(more) => files.extend(more),
            Err(reason) => refusals.push(format!("{} ({}): {reason}", facts.id, facts.title())),
        }
    }
    if files.is_empty() {
        return Err(Fault::harness(format!("nothing can be exported: {}", refusals.join("; "))));
    }
    for refusal in &refusals {
        eprintln!("left out: {}", bgfspec_report::printable::line(refusal));
    }
    if let Some(out) = &arguments.out {
        write(out, &files)?;
    }
    if arguments.answer.json {
        let files = files.iter().map(|File { path, text }| json!({ "path": path, "text": text }));
        print_json(&json!({ "files": files.collect::<Vec<_>>(), "refused": refusals }))?;
    } else if arguments.out.is_none() {
        // Several files are told apart by their names, but JSON has no comments.
        let is_named = files.len() > 1 && !matches!(arguments.form, Form::Json);
        for File { path, text } in &files {
            print(&(if is_named { format!("// {path}\n") } else { String::new() } + text));
        }
    }
    Ok(CONFORMS)
}

fn written(facts: &Export, form: Form) -> Result<Vec<File>, String> {
    let one = |ending: &str, text: String| vec![File { path: format!("{}.{ending}", facts.id), text }];
    Ok(match form {
        Form::Js => one("js", reports::script(facts)?),
        Form::Wpt => reports::wpt(facts)?,
        Form::Json => one("json", facts.json()),
    })
}

/// The endings of what can be exported, and of pages.
const FILES: [&str; 4] = ["js", "json", "mjs", "html"];

fn write(out: &Path, files: &[File]) -> Result<(), Fault> {
    let fault = |what: &str, path: &Path, error: std::io::Error| {
        Fault::harness(format!("can't {what} `{}`: {error}", path.display()))
    };
    // A name without an ending is a folder's.
    if let [File { text, .. }] = files
        && !out.is_dir()
        && (out.exists() || out.extension().is_some())
    {
        return std::fs::write(out, text).map_err(|error| fault("write", out, error));
    }
    let looks_like_a_file = out.extension().is_some_and(|ending| FILES.iter().any(|one| ending == *one));
    if out.is_file() || looks_like_a_file && !out.is_dir() {
        let (name, count) = (out.display(), files.len());
        return Err(Fault::usage(format!(
            "{count} files can't go to the file `{name}`: name a folder with `--out`, or export one scenario that is one file"
        )));
    }
    for File { path, text } in files {
        let path = out.join(path);
        let folder = path.parent().unwrap_or(out);
        std::fs::create_dir_all(folder).map_err(|error| fault("make the folder", folder, error))?;
        std::fs::write(&path, text).map_err(|error| fault("write", &path, error))?;
    }
    Ok(())
}
