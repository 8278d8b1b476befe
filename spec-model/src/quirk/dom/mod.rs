//! Quirks of the DOM Standard.

pub(super) mod dispatch;
pub(super) mod inner_invoke;
pub(super) mod invoke;
