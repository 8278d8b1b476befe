//! `bgfspec man`.

use std::path::PathBuf;

use clap::CommandFactory as _;

use super::{CONFORMS, Fault, Outcome, print};

/// Of `bgfspec man`.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  bgfspec man | man -l -
  bgfspec man --out ~/.local/share/man/man1      then: man bgfspec-run")]
pub(super) struct Arguments {
    /// A folder for the page of the command and those of its subcommands
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// `bgfspec man`.
pub(super) fn man(arguments: &Arguments) -> Outcome {
    let command = super::Arguments::command();
    if let Some(out) = &arguments.out {
        std::fs::create_dir_all(out)
            .and_then(|()| clap_mangen::generate_to(command, out))
            .map_err(|error| Fault::harness(format!("can't write the pages to `{}`: {error}", out.display())))?;
        return Ok(CONFORMS);
    }
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page).map_err(|error| Fault::harness(error.to_string()))?;
    print(&String::from_utf8_lossy(&page));
    Ok(CONFORMS)
}
