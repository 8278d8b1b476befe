//! `bgfspec completions`.

use clap::CommandFactory as _;
use clap_complete::Shell;

use super::{CONFORMS, Outcome, print};

/// Of `bgfspec completions`.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  bgfspec completions bash > ~/.local/share/bash-completion/completions/bgfspec
  bgfspec completions zsh > ~/.zfunc/_bgfspec
  bgfspec completions fish > ~/.config/fish/completions/bgfspec.fish")]
pub(super) struct Arguments {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// `bgfspec completions`.
pub(super) fn completions(arguments: &Arguments) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut super::Arguments::command(), "bgfspec", &mut script);
    print(&String::from_utf8_lossy(&script));
    Ok(CONFORMS)
}
