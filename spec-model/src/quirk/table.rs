//! All quirks in one table: the entries of the files, and the derived quirks that have none.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::{Departure, Entry, Quirk, background_fetch, dom, html, service_worker, web_idl};
use crate::step::{self, STEP_COUNT, StepId};

/// The files with entries, in the order of the quirks.
pub(super) const FILES: &[&[Entry]] = &[
    dom::abort_signal_abort::ENTRIES,
    dom::abort_signal_add::ENTRIES,
    dom::abort_signal_timeout::ENTRIES,
    dom::abort_signal_timeout_in_task::ENTRIES,
    dom::add_an_event_listener::ENTRIES,
    dom::composed_path::ENTRIES,
    dom::create_a_dependent_abort_signal::ENTRIES,
    dom::create_an_event::ENTRIES,
    dom::default_passive_value::ENTRIES,
    dom::dispatch::ENTRIES,
    dom::dispatch_event::ENTRIES,
    dom::event_constructor::ENTRIES,
    dom::init_custom_event::ENTRIES,
    dom::init_event::ENTRIES,
    dom::initialize::ENTRIES,
    dom::inner_event_creation_steps::ENTRIES,
    dom::inner_invoke::ENTRIES,
    dom::invoke::ENTRIES,
    dom::remove_an_event_listener::ENTRIES,
    dom::remove_event_listener::ENTRIES,
    dom::run_the_abort_steps::ENTRIES,
    dom::set_cancel_bubble::ENTRIES,
    dom::set_return_value::ENTRIES,
    dom::set_the_canceled_flag::ENTRIES,
    dom::signal_abort::ENTRIES,
    dom::stop_immediate_propagation::ENTRIES,
    dom::stop_propagation::ENTRIES,
    html::activate_an_event_handler::ENTRIES,
    html::clean_up_after_running_script::ENTRIES,
    html::deactivate_an_event_handler::ENTRIES,
    html::event_handler_idl_attribute_getter::ENTRIES,
    html::event_handler_idl_attribute_setter::ENTRIES,
    html::event_loop_processing_model::ENTRIES,
    html::host_enqueue_promise_job::ENTRIES,
    html::notify_about_rejected_promises::ENTRIES,
    html::perform_a_microtask_checkpoint::ENTRIES,
    html::report_an_exception::ENTRIES,
    html::the_event_handler_processing_algorithm::ENTRIES,
    web_idl::attribute_getter::ENTRIES,
    web_idl::attribute_setter::ENTRIES,
    web_idl::call_a_user_objects_operation::ENTRIES,
    web_idl::class_string::ENTRIES,
    web_idl::convert_to_int::ENTRIES,
    web_idl::create_a_sequence::ENTRIES,
    web_idl::create_an_interface_object::ENTRIES,
    web_idl::create_an_operation_function::ENTRIES,
    web_idl::dom_string::ENTRIES,
    web_idl::event_attribute::ENTRIES,
    web_idl::invoke_a_callback_function::ENTRIES,
    web_idl::members::ENTRIES,
    web_idl::overload_resolution::ENTRIES,
    web_idl::to_callback_interface::ENTRIES,
    web_idl::to_dictionary::ENTRIES,
    web_idl::to_interface::ENTRIES,
    web_idl::to_nullable::ENTRIES,
    web_idl::to_union::ENTRIES,
    service_worker::activate::ENTRIES,
    service_worker::add_lifetime_promise::ENTRIES,
    service_worker::clear_registration::ENTRIES,
    service_worker::client_unload::ENTRIES,
    service_worker::extendable_event::ENTRIES,
    service_worker::fire_functional_event::ENTRIES,
    service_worker::focus::ENTRIES,
    service_worker::has_no_pending_events::ENTRIES,
    service_worker::install::ENTRIES,
    service_worker::open_window::ENTRIES,
    service_worker::open_window_in_parallel::ENTRIES,
    service_worker::post_message::ENTRIES,
    service_worker::run_service_worker::ENTRIES,
    service_worker::setup_service_worker_global_scope::ENTRIES,
    service_worker::should_skip_event::ENTRIES,
    service_worker::skip_waiting::ENTRIES,
    service_worker::terminate::ENTRIES,
    service_worker::try_activate::ENTRIES,
    service_worker::try_clear_registration::ENTRIES,
    service_worker::unregister::ENTRIES,
    service_worker::update::ENTRIES,
    background_fetch::abort::ENTRIES,
    background_fetch::background_fetch_click::ENTRIES,
    background_fetch::click::ENTRIES,
    background_fetch::complete_a_record::ENTRIES,
    background_fetch::fetch::ENTRIES,
    background_fetch::fetch_in_parallel::ENTRIES,
    background_fetch::fire_a_background_fetch_click_event::ENTRIES,
    background_fetch::get::ENTRIES,
    background_fetch::get_ids::ENTRIES,
    background_fetch::get_instance::ENTRIES,
    background_fetch::match_all::ENTRIES,
    background_fetch::perform::ENTRIES,
    background_fetch::request::ENTRIES,
    background_fetch::request_matches_cached_item::ENTRIES,
    background_fetch::update_instances::ENTRIES,
    background_fetch::update_ui::ENTRIES,
];

/// The hooks of these files.
pub(super) const HOOKS: &[&[(&str, StepId)]] = &[
    dom::abort_signal_abort::HOOKS,
    dom::abort_signal_add::HOOKS,
    dom::abort_signal_timeout::HOOKS,
    dom::abort_signal_timeout_in_task::HOOKS,
    dom::add_an_event_listener::HOOKS,
    dom::composed_path::HOOKS,
    dom::create_a_dependent_abort_signal::HOOKS,
    dom::create_an_event::HOOKS,
    dom::default_passive_value::HOOKS,
    dom::dispatch::HOOKS,
    dom::dispatch_event::HOOKS,
    dom::event_constructor::HOOKS,
    dom::init_custom_event::HOOKS,
    dom::init_event::HOOKS,
    dom::initialize::HOOKS,
    dom::inner_event_creation_steps::HOOKS,
    dom::inner_invoke::HOOKS,
    dom::invoke::HOOKS,
    dom::remove_an_event_listener::HOOKS,
    dom::remove_event_listener::HOOKS,
    dom::run_the_abort_steps::HOOKS,
    dom::set_cancel_bubble::HOOKS,
    dom::set_return_value::HOOKS,
    dom::set_the_canceled_flag::HOOKS,
    dom::signal_abort::HOOKS,
    dom::stop_immediate_propagation::HOOKS,
    dom::stop_propagation::HOOKS,
    html::activate_an_event_handler::HOOKS,
    html::clean_up_after_running_script::HOOKS,
    html::deactivate_an_event_handler::HOOKS,
    html::event_handler_idl_attribute_getter::HOOKS,
    html::event_handler_idl_attribute_setter::HOOKS,
    html::event_loop_processing_model::HOOKS,
    html::host_enqueue_promise_job::HOOKS,
    html::notify_about_rejected_promises::HOOKS,
    html::perform_a_microtask_checkpoint::HOOKS,
    html::report_an_exception::HOOKS,
    html::the_event_handler_processing_algorithm::HOOKS,
    web_idl::attribute_getter::HOOKS,
    web_idl::attribute_setter::HOOKS,
    web_idl::call_a_user_objects_operation::HOOKS,
    web_idl::class_string::HOOKS,
    web_idl::convert_to_int::HOOKS,
    web_idl::create_a_sequence::HOOKS,
    web_idl::create_an_interface_object::HOOKS,
    web_idl::create_an_operation_function::HOOKS,
    web_idl::dom_string::HOOKS,
    web_idl::event_attribute::HOOKS,
    web_idl::invoke_a_callback_function::HOOKS,
    web_idl::members::HOOKS,
    web_idl::overload_resolution::HOOKS,
    web_idl::to_callback_interface::HOOKS,
    web_idl::to_dictionary::HOOKS,
    web_idl::to_interface::HOOKS,
    web_idl::to_nullable::HOOKS,
    web_idl::to_union::HOOKS,
    service_worker::activate::HOOKS,
    service_worker::add_lifetime_promise::HOOKS,
    service_worker::clear_registration::HOOKS,
    service_worker::client_unload::HOOKS,
    service_worker::extendable_event::HOOKS,
    service_worker::fire_functional_event::HOOKS,
    service_worker::focus::HOOKS,
    service_worker::has_no_pending_events::HOOKS,
    service_worker::install::HOOKS,
    service_worker::open_window::HOOKS,
    service_worker::open_window_in_parallel::HOOKS,
    service_worker::post_message::HOOKS,
    service_worker::run_service_worker::HOOKS,
    service_worker::setup_service_worker_global_scope::HOOKS,
    service_worker::should_skip_event::HOOKS,
    service_worker::skip_waiting::HOOKS,
    service_worker::terminate::HOOKS,
    service_worker::try_activate::HOOKS,
    service_worker::try_clear_registration::HOOKS,
    service_worker::unregister::HOOKS,
    service_worker::update::HOOKS,
    background_fetch::abort::HOOKS,
    background_fetch::background_fetch_click::HOOKS,
    background_fetch::click::HOOKS,
    background_fetch::complete_a_record::HOOKS,
    background_fetch::fetch::HOOKS,
    background_fetch::fetch_in_parallel::HOOKS,
    background_fetch::fire_a_background_fetch_click_event::HOOKS,
    background_fetch::get::HOOKS,
    background_fetch::get_ids::HOOKS,
    background_fetch::get_instance::HOOKS,
    background_fetch::match_all::HOOKS,
    background_fetch::perform::HOOKS,
    background_fetch::request::HOOKS,
    background_fetch::request_matches_cached_item::HOOKS,
    background_fetch::update_instances::HOOKS,
    background_fetch::update_ui::HOOKS,
];

/// Ids that quirks had formerly, with those that they have today.
const FORMER: &[(&str, &str)] = &[];

/// At least the number of quirks.
pub(super) const MOST: usize = {
    let (mut file, mut entries) = (0, 0);
    while file < FILES.len() {
        entries += FILES[file].len();
        file += 1;
    }
    entries + step::EFFECT_COUNT + 2 * step::CONDITION_COUNT
};

/// What is known of a quirk.
pub(super) struct Info {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    pub(super) areas: &'static str,
    pub(super) step: StepId,
    pub(super) departure: Departure,
    pub(super) with: &'static [&'static str],
}

pub(super) struct Table {
    pub(super) quirks: Vec<Info>,
    /// How many of them have entries.
    pub(super) entries: usize,
    pub(super) ids: HashMap<&'static str, Quirk>,
    /// The quirk that skips a step, by the step.
    pub(super) skipping: Vec<Option<Quirk>>,
    /// The quirks that take a condition to hold always and never, by its line.
    pub(super) deciding: Vec<[Quirk; 2]>,
}

/// The table, made when it is first asked for.
pub(super) fn table() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(Table::new);
    &TABLE
}

impl Table {
    fn new() -> Self {
        let mut table =
            Table { quirks: Vec::new(), entries: 0, ids: HashMap::new(), skipping: Vec::new(), deciding: Vec::new() };
        for &Entry { id, title, areas, step, departure, with } in FILES.iter().copied().flatten() {
            table.add(Info { id, title, areas, step, departure, with });
        }
        table.entries = table.quirks.len();
        table.skipping = vec![None; STEP_COUNT];
        for (step, does) in step::effects() {
            let quirk = table.derived(step, Departure::Skip, &format!("Does not {does}."));
            table.skipping[step.index()] = Some(quirk);
        }
        for (step, that) in step::conditions() {
            let always = table.derived(step, Departure::Always, &format!("Always acts as if {that}."));
            let never = table.derived(step, Departure::Never, &format!("Never acts as if {that}."));
            table.deciding.push([always, never]);
        }
        for (former, id) in FORMER {
            let quirk = table.ids[id];
            table.ids.insert(former, quirk);
        }
        table
    }

    fn add(&mut self, info: Info) -> Quirk {
        let quirk = Quirk(self.quirks.len() as u16);
        self.ids.insert(info.id, quirk);
        self.quirks.push(info);
        quirk
    }

    /// The derived quirk of a step, under its own name where it has an entry.
    fn derived(&mut self, step: StepId, departure: Departure, title: &str) -> Quirk {
        let how = match departure {
            Departure::Skip => "skip",
            Departure::Always => "always",
            Departure::Never => "never",
            Departure::Written => unreachable!("only the others are derived"),
        };
        let id = leaked(&format!("{how} {}", step.name()));
        let named = self.quirks.iter().position(|info| (info.step, info.departure) == (step, departure));
        let Some(index) = named else {
            return self.add(Info { id, title: leaked(title), areas: "", step, departure, with: &[] });
        };
        let quirk = Quirk(index as u16);
        self.ids.insert(id, quirk);
        quirk
    }
}

/// The table is made once.
fn leaked(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}
