//! All quirks in one table: the entries of the files, and the derived quirks that have none.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::{Departure, Entry, Quirk, background_fetch, dom, html, service_worker, web_idl};
use crate::step::{self, STEP_COUNT, StepId};

/// Lists the files with quirks.
macro_rules! files {
    ($($folder:ident::$file:ident,)*) => {
        /// The entries of each file, in the order of the quirks.
        pub(super) const FILES: &[&[Entry]] = &[$($folder::$file::ENTRIES),*];

        /// The hooks of each file.
        pub(super) const HOOKS: &[&[(&str, StepId)]] = &[$($folder::$file::HOOKS),*];
    };
}

files! {
    dom::abort_signal_abort,
    dom::abort_signal_add,
    dom::abort_signal_timeout,
    dom::abort_signal_timeout_in_task,
    dom::add_an_event_listener,
    dom::composed_path,
    dom::create_a_dependent_abort_signal,
    dom::create_an_event,
    dom::default_passive_value,
    dom::dispatch,
    dom::dispatch_event,
    dom::event_constructor,
    dom::init_custom_event,
    dom::init_event,
    dom::initialize,
    dom::inner_event_creation_steps,
    dom::inner_invoke,
    dom::invoke,
    dom::remove_an_event_listener,
    dom::remove_event_listener,
    dom::run_the_abort_steps,
    dom::set_cancel_bubble,
    dom::set_return_value,
    dom::set_the_canceled_flag,
    dom::signal_abort,
    dom::stop_immediate_propagation,
    dom::stop_propagation,
    html::activate_an_event_handler,
    html::clean_up_after_running_script,
    html::deactivate_an_event_handler,
    html::event_handler_idl_attribute_getter,
    html::event_handler_idl_attribute_setter,
    html::event_loop_processing_model,
    html::host_enqueue_promise_job,
    html::notify_about_rejected_promises,
    html::perform_a_microtask_checkpoint,
    html::report_an_exception,
    html::run_a_classic_script,
    html::the_event_handler_processing_algorithm,
    web_idl::attribute_getter,
    web_idl::attribute_setter,
    web_idl::call_a_user_objects_operation,
    web_idl::class_string,
    web_idl::convert_to_int,
    web_idl::create_a_sequence,
    web_idl::create_an_interface_object,
    web_idl::create_an_operation_function,
    web_idl::dom_string,
    web_idl::event_attribute,
    web_idl::invoke_a_callback_function,
    web_idl::members,
    web_idl::overload_resolution,
    web_idl::to_callback_interface,
    web_idl::to_dictionary,
    web_idl::to_interface,
    web_idl::to_nullable,
    web_idl::to_union,
    service_worker::activate,
    service_worker::add_lifetime_promise,
    service_worker::clear_registration,
    service_worker::client_unload,
    service_worker::extendable_event,
    service_worker::fire_functional_event,
    service_worker::focus,
    service_worker::has_no_pending_events,
    service_worker::install,
    service_worker::open_window,
    service_worker::open_window_in_parallel,
    service_worker::post_message,
    service_worker::run_service_worker,
    service_worker::setup_service_worker_global_scope,
    service_worker::should_skip_event,
    service_worker::skip_waiting,
    service_worker::terminate,
    service_worker::try_activate,
    service_worker::try_clear_registration,
    service_worker::unregister,
    service_worker::update,
    background_fetch::abort,
    background_fetch::background_fetch_click,
    background_fetch::click,
    background_fetch::complete_a_record,
    background_fetch::fetch,
    background_fetch::fetch_in_parallel,
    background_fetch::fire_a_background_fetch_click_event,
    background_fetch::get,
    background_fetch::get_ids,
    background_fetch::get_instance,
    background_fetch::match_all,
    background_fetch::perform,
    background_fetch::request,
    background_fetch::request_matches_cached_item,
    background_fetch::update_instances,
    background_fetch::update_ui,
}

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

pub(super) struct Table {
    pub(super) quirks: Vec<Entry>,
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
        for entry in FILES.iter().copied().flatten() {
            table.add(*entry);
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

    fn add(&mut self, entry: Entry) -> Quirk {
        let quirk = Quirk(self.quirks.len() as u16);
        self.ids.insert(entry.id, quirk);
        self.quirks.push(entry);
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
        let named = self.quirks.iter().position(|entry| (entry.step, entry.departure) == (step, departure));
        let Some(index) = named else {
            return self.add(Entry { id, title: leaked(title), should: None, areas: "", step, departure, with: &[] });
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
