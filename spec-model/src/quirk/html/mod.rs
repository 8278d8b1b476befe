//! Quirks of the HTML Standard.

pub(super) mod activate_an_event_handler;
pub(super) mod clean_up_after_running_script;
pub(super) mod deactivate_an_event_handler;
pub(super) mod event_handler_idl_attribute_getter;
pub(super) mod event_handler_idl_attribute_setter;
pub(super) mod event_loop_processing_model;
pub(super) mod host_enqueue_promise_job;
pub(super) mod notify_about_rejected_promises;
pub(super) mod perform_a_microtask_checkpoint;
pub(super) mod report_an_exception;
pub(super) mod run_a_classic_script;
pub(super) mod the_event_handler_processing_algorithm;
