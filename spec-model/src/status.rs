//! Steps without code, and why.

pub mod todo {}
