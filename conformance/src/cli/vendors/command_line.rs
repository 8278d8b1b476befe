//! Agents that are named by a command line.

use std::path::PathBuf;

use bgfspec::adapter::Adapter;
use bgfspec::adapter::stdio::{Launch, StdioAdapter};
use bgfspec::runner::Start;

use super::How;
use crate::cli::Fault;

/// How to start the agent behind a command line, as something to judge.
pub(in crate::cli) fn start_command(line: &str, how: &How) -> Result<Start, Fault> {
    let launch = command(line, how)?;
    Ok(Box::new(move || Ok(Box::new(StdioAdapter::start(launch)?) as Box<dyn Adapter>)))
}

/// How to start the agent behind a command line.
pub(in crate::cli) fn command(command: &str, how: &How) -> Result<Launch, Fault> {
    let mut words = words(command).into_iter();
    let Some(program) = words.next() else { return Err(Fault::usage("`--command` is empty")) };
    let How { timeout, stop, .. } = how.clone();
    let (program, arguments) = (PathBuf::from(program), words.collect());
    Ok(Launch { program, flags: Vec::new(), arguments, timeout, stop, files: None })
}

/// The words of a command line; quotes keep spaces.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    let (mut word, mut open, mut quote) = (String::new(), false, None);
    for character in command.chars() {
        match (character, quote) {
            (character, Some(end)) if character == end => quote = None,
            (character, Some(_)) => word.push(character),
            ('"' | '\'', None) => {
                quote = Some(character);
                open = true;
            }
            (' ' | '\t' | '\n', None) => {
                if open {
                    words.push(std::mem::take(&mut word));
                }
                open = false;
            }
            (character, None) => {
                word.push(character);
                open = true;
            }
        }
    }
    if open {
        words.push(word);
    }
    words
}
