//! Quirks of Web IDL.

pub(super) mod attribute_getter;
pub(super) mod attribute_setter;
pub(super) mod call_a_user_objects_operation;
pub(super) mod class_string;
pub(super) mod convert_to_int;
pub(super) mod create_a_sequence;
pub(super) mod create_an_interface_object;
pub(super) mod create_an_operation_function;
pub(super) mod dom_string;
pub(super) mod event_attribute;
pub(super) mod invoke_a_callback_function;
pub(super) mod members;
pub(super) mod overload_resolution;
pub(super) mod rows;
pub(super) mod to_callback_interface;
pub(super) mod to_dictionary;
pub(super) mod to_interface;
pub(super) mod to_nullable;
pub(super) mod to_union;
