//! Appointments: what can be booked, holding and booking a time, giving it back, the calendar.

mod appointments;
mod blackouts;
mod booking;
mod calendar_file;
mod cancel_reasons;
mod changes;
mod check_in;
mod clinic;
mod digests;
mod freed;
mod history;
mod holds;
mod holidays;
mod joining;
mod kinds;
mod links;
mod locations;
mod moving;
mod nightly;
mod notices;
mod offered;
mod overrides;
mod overriding;
mod places;
mod progress;
mod reminders;
mod requests;
mod resources;
mod revisions;
mod rounds;
mod schedules;
mod setup;
mod shown;
mod slots;
mod taking;
mod tasks;
mod team;
mod team_booking;
mod templates;
mod visit_plans;
mod wait_list;

use std::time::Duration;

use crate::error::ApiError;
use crate::routes::Operations;
use crate::state::AppState;

pub use appointments::{
    book_my_appointment, cancel_my_appointment, get_my_appointment, list_my_appointments,
    list_my_cancel_reasons,
};
pub(crate) use blackouts::keep_first_blackout;
pub use blackouts::{
    change_blackout, create_blackout, delete_blackout, get_blackout, list_blackout_revisions,
    list_blackouts, restore_blackout,
};
pub use calendar_file::get_my_calendar_file;
pub(crate) use cancel_reasons::keep_first_cancel_reason;
pub use cancel_reasons::{
    change_cancel_reason, create_cancel_reason, delete_cancel_reason, list_cancel_reason_revisions,
    list_cancel_reasons, restore_cancel_reason,
};
pub(crate) use changes::KIND as CHANGES;
pub use check_in::check_in_at_door;
pub use clinic::{
    book_appointment, cancel_appointment, get_appointment, get_day_sheet, list_appointments,
    list_slots,
};
pub use digests::write_digests_once;
pub use history::list_appointment_history;
pub use holds::{extend_my_slot_hold, hold_my_slot, release_my_slot_hold};
pub use holidays::{add_holiday, list_holidays, remove_holiday};
pub use joining::get_my_join_link;
pub use nightly::{look_after_once, settle, settle_once};
pub(crate) use notices::{KINDS as NOTICES, tell};
pub(crate) use requests::notices::KINDS as REQUEST_NOTICES;

pub(crate) use kinds::keep_first_type;
pub use kinds::{
    change_appointment_type, create_appointment_type, delete_appointment_type,
    get_appointment_type, list_appointment_type_revisions, list_appointment_types,
    restore_appointment_type,
};
pub use links::{answer_link, get_link};
pub use locations::{change_location, get_location};
pub use moving::{move_appointment, move_my_appointment};
pub use offered::{list_my_appointment_types, list_my_slots};
pub use overrides::{
    change_type_override, create_type_overrides, delete_type_override,
    list_type_override_revisions, list_type_overrides, restore_type_override,
};
pub use places::{
    change_location_settings, get_location_settings, list_location_settings_revisions,
};
pub use progress::{
    begin_appointment, check_in_appointment, check_in_to_my_appointment, complete_appointment,
    confirm_appointment, confirm_my_appointment, correct_appointment, deny_appointment,
    mark_appointment_as_error, miss_appointment, undo_cancellation, undo_check_in,
};
pub use requests::{
    accept_my_appointment_offer, book_appointment_request, decline_appointment_request,
    get_appointment_request, get_my_appointment_request, list_appointment_requests,
    list_my_appointment_requests, offer_appointment_times, refuse_my_appointment_offers,
    request_for_report, request_my_appointment, see_appointment_request,
    withdraw_my_appointment_request,
};
pub(crate) use resources::keep_first_resource;
pub use resources::{
    change_resource, create_resource, delete_resource, list_clinicians, list_resource_revisions,
    list_resources, restore_resource,
};
pub use rounds::{offer_freed_times, offer_freed_times_once};
pub(crate) use schedules::keep_first_schedule;
pub use schedules::{
    change_schedule, create_schedule, delete_schedule, get_schedule, list_schedule_revisions,
    list_schedules, preview_schedule, restore_schedule,
};
pub use setup::list_locations;
pub(crate) use taking::portal_options;
pub use tasks::{close_scheduling_task, list_scheduling_tasks};
pub use team::{
    list_report_appointments, list_report_wait_list_items, list_team_appointments,
    list_team_wait_list_items,
};
pub use team_booking::{
    book_for_report, cancel_for_report, hold_slot_for_report, list_report_appointment_types,
    list_report_slots, move_for_report,
};
pub use templates::{create_schedule_template, delete_schedule_template, list_schedule_templates};
pub use visit_plans::{book_my_visit_plan, list_my_visit_plans};
pub(crate) use wait_list::wait_for_due_item;
pub use wait_list::{
    accept_my_offer, change_my_wait_list_item, close_wait_list_item, escalate_wait_list_item,
    list_my_wait_list_items, list_offer_rounds, list_wait_list_items, refuse_my_offer,
    wish_earlier_appointment,
};

/// Registers the operations of this feature.
pub fn routes(config: &mut impl Operations) {
    config
        .service(list_my_appointment_types)
        .service(list_my_slots)
        .service(hold_my_slot)
        .service(extend_my_slot_hold)
        .service(release_my_slot_hold)
        .service(list_my_appointments)
        .service(book_my_appointment)
        .service(get_my_appointment)
        .service(get_my_calendar_file)
        .service(get_my_join_link)
        .service(cancel_my_appointment)
        .service(move_my_appointment)
        .service(confirm_my_appointment)
        .service(check_in_to_my_appointment)
        .service(list_my_cancel_reasons)
        .service(list_my_appointment_requests)
        .service(request_my_appointment)
        .service(get_my_appointment_request)
        .service(withdraw_my_appointment_request)
        .service(accept_my_appointment_offer)
        .service(refuse_my_appointment_offers)
        .service(list_my_wait_list_items)
        .service(change_my_wait_list_item)
        .service(wish_earlier_appointment)
        .service(accept_my_offer)
        .service(refuse_my_offer)
        .service(list_my_visit_plans)
        .service(book_my_visit_plan)
        .service(list_report_appointments)
        .service(list_report_appointment_types)
        .service(list_report_slots)
        .service(list_report_wait_list_items)
        .service(hold_slot_for_report)
        .service(book_for_report)
        .service(request_for_report)
        .service(cancel_for_report)
        .service(move_for_report)
        .service(list_team_appointments)
        .service(list_team_wait_list_items)
        .service(get_link)
        .service(answer_link)
        .service(check_in_at_door)
        .service(get_day_sheet)
        .service(list_slots)
        .service(list_appointments)
        .service(book_appointment)
        .service(get_appointment)
        .service(list_appointment_history)
        .service(cancel_appointment)
        .service(move_appointment)
        .service(confirm_appointment)
        .service(deny_appointment)
        .service(check_in_appointment)
        .service(undo_check_in)
        .service(begin_appointment)
        .service(complete_appointment)
        .service(miss_appointment)
        .service(correct_appointment)
        .service(undo_cancellation)
        .service(mark_appointment_as_error)
        .service(list_cancel_reasons)
        .service(create_cancel_reason)
        .service(change_cancel_reason)
        .service(delete_cancel_reason)
        .service(restore_cancel_reason)
        .service(list_cancel_reason_revisions)
        .service(list_appointment_requests)
        .service(get_appointment_request)
        .service(see_appointment_request)
        .service(offer_appointment_times)
        .service(book_appointment_request)
        .service(decline_appointment_request)
        .service(list_wait_list_items)
        .service(escalate_wait_list_item)
        .service(close_wait_list_item)
        .service(list_offer_rounds)
        .service(list_locations)
        .service(list_holidays)
        .service(add_holiday)
        .service(remove_holiday)
        .service(get_location_settings)
        .service(change_location_settings)
        .service(list_location_settings_revisions)
        .service(get_location)
        .service(change_location)
        .service(list_resources)
        .service(list_clinicians)
        .service(create_resource)
        .service(change_resource)
        .service(delete_resource)
        .service(restore_resource)
        .service(list_resource_revisions)
        .service(list_appointment_types)
        .service(list_schedules)
        .service(create_schedule)
        .service(get_schedule)
        .service(change_schedule)
        .service(delete_schedule)
        .service(restore_schedule)
        .service(list_schedule_revisions)
        .service(preview_schedule)
        .service(list_schedule_templates)
        .service(create_schedule_template)
        .service(delete_schedule_template)
        .service(list_blackouts)
        .service(create_blackout)
        .service(get_blackout)
        .service(change_blackout)
        .service(delete_blackout)
        .service(restore_blackout)
        .service(list_blackout_revisions)
        .service(create_appointment_type)
        .service(get_appointment_type)
        .service(change_appointment_type)
        .service(delete_appointment_type)
        .service(restore_appointment_type)
        .service(list_appointment_type_revisions)
        .service(list_type_overrides)
        .service(create_type_overrides)
        .service(change_type_override)
        .service(delete_type_override)
        .service(restore_type_override)
        .service(list_type_override_revisions)
        .service(list_scheduling_tasks)
        .service(close_scheduling_task);
}

/// Clears away, each minute, holds and proposed times that have run out. They count as absent before;
/// this keeps the table small.
pub async fn sweep(state: AppState) {
    let mut stopping = state.stop.follow();
    loop {
        if let Err(error) = sweep_once(&state).await {
            tracing::warn!(
                error = error.logged(),
                "holds that have run out could not be cleared away"
            );
        }
        if !stopping.pause(Duration::from_secs(60)).await {
            return;
        }
    }
}

/// Clears away what has run out by now.
///
/// # Errors
/// What the database says.
pub async fn sweep_once(state: &AppState) -> Result<(), ApiError> {
    for org in state.organizations().await? {
        state
            .run_system(org, "sweep_slot_holds", async |tx| {
                let now = tx.now;
                salus_store::scheduling::sweep(tx.conn(), now).await?;
                requests::sweep(tx).await?;
                links::forget(tx).await
            })
            .await?;
    }
    Ok(())
}
