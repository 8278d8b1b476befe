//! The command `bgfspec`.

mod cli;

fn main() -> std::process::ExitCode {
    cli::main()
}
