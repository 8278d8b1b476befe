//! Web IDL, where script can see it: what exists where, conversions of arguments, getting, setting, calling,
//! constructing. <https://webidl.spec.whatwg.org/>

pub mod call;
pub(crate) mod call_a_user_objects_operation;
pub mod callback;
pub mod construct;
pub mod convert;
pub(crate) mod create_an_operation_function;
pub mod describe;
pub(crate) mod dictionary_types;
pub mod get;
pub mod interfaces;
pub(crate) mod invoke_a_callback_function;
pub(crate) mod overload_resolution;
pub mod prototypes;
pub mod set;
pub(crate) mod to_dictionary;
pub(crate) mod to_interface;
pub(crate) mod to_nullable;
pub(crate) mod to_numbers;
pub(crate) mod to_sequence;
pub(crate) mod to_strings;
pub(crate) mod to_union;
