//! Quirks of Web IDL.

pub(super) mod dom_string;
