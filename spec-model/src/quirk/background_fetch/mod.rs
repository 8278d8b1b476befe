//! Quirks of Background Fetch.

pub(super) mod abort;
pub(super) mod background_fetch_click;
pub(super) mod click;
pub(super) mod complete_a_record;
pub(super) mod fetch;
pub(super) mod fetch_in_parallel;
pub(super) mod fire_a_background_fetch_click_event;
pub(super) mod get;
pub(super) mod get_ids;
pub(super) mod get_instance;
pub(super) mod match_all;
pub(super) mod perform;
pub(super) mod request;
pub(super) mod request_matches_cached_item;
pub(super) mod update_instances;
pub(super) mod update_ui;
