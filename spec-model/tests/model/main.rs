//! Tests of the model, and snapshots of what is small enough to be pinned as a whole.

mod events;
mod host;
mod messages;
mod quirks;
mod snapshots;
