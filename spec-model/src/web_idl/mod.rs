//! Web IDL, where script can see it: what exists where, conversions of arguments, getting, setting, calling,
//! constructing. <https://webidl.spec.whatwg.org/>

pub mod call;
pub mod callback;
pub mod construct;
pub mod convert;
pub mod describe;
pub mod get;
pub mod interfaces;
pub mod prototypes;
pub mod set;
