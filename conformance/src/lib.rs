//! A conformance suite for the `backgroundfetchclick` event and the event semantics beneath it.
//!
//! An implementation plugs in through an [`adapter`]; it plays [`scenario`]s, whose [`trace`]s the [`judge`] compares
//! with all that the [`reference`](mod@reference) model permits. The [`catalogue`] says which rule each scenario decides; the
//! [`cross_check`](mod@cross_check) says where all deviate alike, so that the model is doubted too. Judging is
//! not an adapter's business, and showing the result not this library's.

pub mod adapter;
pub mod catalogue;
pub mod cross_check;
pub mod date;
pub mod diagnosis;
pub mod docs;
pub mod examples;
pub mod expectations;
pub mod export;
pub mod generation;
pub mod judge;
pub mod mutation;
pub mod names;
mod quiet;
pub mod reference;
pub mod runner;
pub mod scenario;
pub mod steps;
pub mod suite;
pub mod trace;
pub mod verification;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
#[doc = include_str!("../../README.md")]
struct Readme;
