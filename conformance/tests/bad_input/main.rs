//! What bad input gets: a sentence that helps, the right exit status, and nothing lost or left running.

mod agents;
mod files;
mod hostile;
mod injected;
mod interrupted;
mod names;
mod support;
