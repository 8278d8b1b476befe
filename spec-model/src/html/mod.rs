//! The HTML Standard: event loops, event handlers, reporting exceptions. <https://html.spec.whatwg.org/>

pub(crate) mod activate_an_event_handler;
pub(crate) mod clean_up_after_running_script;
pub(crate) mod deactivate_an_event_handler;
pub(crate) mod determine_the_target_of_an_event_handler;
pub mod event_handler_idl_attribute_getter;
pub mod event_handler_idl_attribute_setter;
pub mod event_handlers;
pub mod event_loop;
pub(crate) mod event_loop_processing_model;
pub(crate) mod extract_error_information;
pub(crate) mod get_the_current_value_of_the_event_handler;
pub(crate) mod host_enqueue_promise_job;
pub(crate) mod host_promise_rejection_tracker;
pub(crate) mod notify_about_rejected_promises;
pub(crate) mod perform_a_microtask_checkpoint;
pub(crate) mod prepare_to_run_script;
pub(crate) mod queue_a_global_task;
pub(crate) mod queue_a_microtask;
pub(crate) mod queue_a_task;
pub mod report_an_exception;
pub mod run_a_classic_script;
mod run_until_idle;
pub(crate) mod the_event_handler_processing_algorithm;
