//! What a run leaves: files, text and an exit status.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use bgfspec::catalogue::Catalogue;
use bgfspec::runner::{self, Options};
use bgfspec_report::{Report, Run};
use bgfspec_reports as reports;
use clap::ValueEnum;

use super::{CONFORMS, DEVIATIONS, Fault, NOTHING_RUN, print, style};

/// What the command line says of it.
#[derive(clap::Args)]
pub(super) struct Output {
    /// Folder for report.json, report.html, badge.svg, the deviations, and what --format asks for
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// What to write: text to standard output, the others to DIR/report.junit.xml, DIR/report.md and
    /// DIR/wptreport/NAME-VERSION.json; without --out to standard output too [default: text; of merge without --out: json]
    #[arg(long, value_name = "FORMAT", value_delimiter = ',')]
    format: Vec<Format>,
    /// Print the report as it stands in report.json, and nothing else on standard output
    #[arg(long, conflicts_with = "format")]
    pub(super) json: bool,
    /// Show every cause with its rule and its step, and every requirement that deviates
    #[arg(long, short)]
    verbose: bool,
}

/// A format of a report.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    Html,
    Junit,
    Markdown,
    Wptreport,
}

/// Whose being judged was asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Each of those that the report has.
    ByName,
    /// Whoever is on this machine.
    WhatIsThere,
}

/// A report that has no runs yet and is not complete.
pub(super) fn empty_report(catalogue: &Catalogue, options: &Options) -> Report {
    Report {
        bgfspec: env!("CARGO_PKG_VERSION").to_owned(),
        specs: specs(),
        seed: options.seed,
        date: bgfspec::date::today(),
        selection: options.selection(),
        os: std::env::consts::OS.to_owned(),
        catalogue: runner::catalogue_of_report(catalogue, options),
        mutation_score: Some(bgfspec::mutation::known()),
        ..Report::default()
    }
}

impl Output {
    /// The folder for files, if one is asked for.
    pub(super) fn folder(&self) -> Option<&Path> {
        self.out.as_deref()
    }

    /// Makes the folder, and takes what an earlier run left there.
    pub(super) fn prepare(&self) -> Result<(), Fault> {
        let Some(out) = &self.out else { return Ok(()) };
        std::fs::create_dir_all(out.join("deviations"))
            .map_err(|error| Fault::usage(format!("can't make the folder `{}`: {error}", out.display())))?;
        clear(&out.join("deviations"), |name| name.len() == 12 && name.bytes().all(|byte| byte.is_ascii_hexdigit()));
        if self.format.contains(&Format::Wptreport) {
            std::fs::create_dir_all(out.join("wptreport"))
                .map_err(|error| Fault::usage(format!("can't make a folder in `{}`: {error}", out.display())))?;
            clear(&out.join("wptreport"), |_| true);
        }
        Ok(())
    }

    /// Writes all files of a report that is whole.
    pub(super) fn write_all(&self, report: &Report) -> Result<(), Fault> {
        self.prepare()?;
        report.runs.iter().try_for_each(|run| self.write_deviations(run))?;
        self.write_files(report)
    }

    /// Writes the report; what was there is replaced as a whole.
    pub(super) fn write_files(&self, report: &Report) -> Result<(), Fault> {
        let Some(out) = &self.out else { return Ok(()) };
        let json = reports::json(report).map_err(|error| Fault::harness(error.to_string()))?;
        write(&out.join("report.json"), &json)?;
        write(&out.join("report.html"), &reports::html(report))?;
        write(&out.join("badge.svg"), &reports::badge(report))?;
        if self.format.contains(&Format::Junit) {
            write(&out.join("report.junit.xml"), &reports::junit(report))?;
        }
        if self.format.contains(&Format::Wptreport) {
            for product in products(report)? {
                write(&out.join("wptreport").join(format!("{}.json", product.name)), &product.json)?;
            }
        }
        if self.format.contains(&Format::Markdown) {
            write(&out.join("report.md"), &reports::markdown(report))?;
        }
        Ok(())
    }

    /// Writes the scenarios that an implementation deviates on, and those that show its causes.
    pub(super) fn write_deviations(&self, run: &Run) -> Result<(), Fault> {
        let Some(out) = &self.out else { return Ok(()) };
        let deviations = run.deviations.iter().map(|deviation| (&deviation.id, &deviation.scenario));
        let examples = run.causes.iter().filter_map(|cause| cause.example.as_ref());
        for (id, scenario) in deviations.chain(examples.map(|example| (&example.id, &example.scenario))) {
            let json = serde_json::to_string_pretty(scenario).unwrap_or_default();
            write(&out.join("deviations").join(format!("{id}.json")), &json)?;
        }
        Ok(())
    }

    /// Prints what was asked for, or the report as it is in a file where nothing was.
    pub(super) fn show_or_json(&self, report: &Report) -> Result<(), Fault> {
        if self.out.is_none() && self.format.is_empty() { show_json(report) } else { self.show(report) }
    }

    /// Whether standard output has JSON and nothing else.
    pub(super) fn is_json_alone(&self) -> bool {
        self.json || self.out.is_none() && self.format == [Format::Json]
    }

    /// Prints what was asked for of one of many reports: JSON on a line of its own.
    pub(super) fn show_line(&self, report: &Report) -> Result<(), Fault> {
        if !self.is_json_alone() {
            return self.show(report);
        }
        print(&(serde_json::to_string(report).map_err(|error| Fault::harness(error.to_string()))? + "\n"));
        Ok(())
    }

    /// Prints what was asked for.
    pub(super) fn show(&self, report: &Report) -> Result<(), Fault> {
        if self.json {
            return show_json(report);
        }
        let formats = if self.format.is_empty() { &[Format::Text] } else { self.format.as_slice() };
        for format in formats {
            match format {
                Format::Text => {
                    print(&reports::text(report, style(self.verbose)));
                    if let Some(out) = &self.out {
                        let page = out.join("report.html");
                        anstream::eprintln!("Report: {}", page.display());
                    }
                }
                Format::Json if self.out.is_none() => show_json(report)?,
                Format::Html if self.out.is_none() => print(&reports::html(report)),
                Format::Junit if self.out.is_none() => print(&reports::junit(report)),
                Format::Markdown if self.out.is_none() => print(&reports::markdown(report)),
                Format::Wptreport if self.out.is_none() => {
                    products(report)?.iter().for_each(|product| print(&product.json));
                }
                Format::Json | Format::Html | Format::Junit | Format::Markdown | Format::Wptreport => {}
            }
        }
        Ok(())
    }
}

fn show_json(report: &Report) -> Result<(), Fault> {
    print(&reports::json(report).map_err(|error| Fault::harness(error.to_string()))?);
    Ok(())
}

/// The exit status: a run that is not whole, or in which an implementation asked for was not judged, says nothing of
/// conformance; a deviation is one whatever else failed.
pub(super) fn status(report: &Report, wanted: Wanted) -> u8 {
    // A scope with nothing to play is no fault where the same implementation played in another.
    let same = |run: &Run, other: &Run| run.implementation.name == other.implementation.name;
    let not_run = |run: &Run| report.runs.iter().filter(|other| same(run, other)).all(|other| other.scenarios == 0);
    let nothing = report.runs.iter().all(not_run) || wanted == Wanted::ByName && report.runs.iter().any(not_run);
    let asked_in_vain = report.missing.iter().any(|missing| missing.asked_for);
    if nothing || asked_in_vain || !report.is_complete() {
        NOTHING_RUN
    } else if !report.runs.iter().all(Run::is_verified) {
        // Verdicts that come and go are none, and cast doubt on the others.
        NOTHING_RUN
    } else if report.runs.iter().any(Run::surprises) || report.broken_expectations().next().is_some() {
        DEVIATIONS
    } else if report.runs.iter().any(|run| run.scenarios > 0 && run.is_undecided()) {
        NOTHING_RUN
    } else {
        CONFORMS
    }
}

/// The commits of the texts that the model follows.
fn specs() -> BTreeMap<String, String> {
    bgfspec_model::SPECS
        .lines()
        .filter_map(|line| line.split_once(' '))
        .map(|(name, at)| (name.to_owned(), at.to_owned()))
        .collect()
}

fn products(report: &Report) -> Result<Vec<reports::Product>, Fault> {
    reports::wptreport(report).map_err(|error| Fault::harness(error.to_string()))
}

/// Writes a file as a whole or not at all.
pub(super) fn write(path: &Path, text: &str) -> Result<(), Fault> {
    let fault = |error: std::io::Error| Fault::harness(format!("can't write `{}`: {error}", path.display()));
    let partial = path.with_extension("partial");
    std::fs::write(&partial, text).and_then(|()| std::fs::rename(&partial, path)).map_err(|error| {
        // Half a file is in the way of what else might be written.
        let _ = std::fs::remove_file(&partial);
        fault(error)
    })
}

/// Takes away files of earlier runs with such names, which would look like this one's.
fn clear(folder: &Path, is_ours: impl Fn(&str) -> bool) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        if name.to_str().and_then(|name| name.strip_suffix(".json")).is_some_and(&is_ours) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}
