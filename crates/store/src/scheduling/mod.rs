//! Appointments: what the clinic set up, what is taken, and taking it.
//!
//! Two statements never stand alone here: whoever takes time first locks the person and the
//! resources ([`lock`]), then reads again, then writes. The exclusion constraints of `claims` are
//! the last word.

mod appointments;
mod blackouts;
mod book;
mod cancel_reasons;
mod cancelling;
mod changes;
mod check_in;
mod claims;
mod digests;
mod history;
mod holds;
mod holidays;
mod items;
mod kinds;
mod links;
mod locations;
mod moving;
mod nightly;
mod offers;
mod overrides;
mod places;
mod progress;
mod reminders;
mod reports;
mod requests;
mod resources;
mod revisions;
mod rounds;
mod schedules;
mod setup;
mod tasks;
mod team;
mod templates;
mod types;
mod wait_list;

pub use appointments::{
    AppointmentRecord, NewAppointment, appointment_resources, appointments_of_day,
    appointments_of_person, find_appointment, insert_appointment, lock_appointment, record_of,
    set_aside, some_appointments,
};
pub use blackouts::{
    BlackoutRecord, NewBlackout, VisitToCome, find_blackout, insert_blackout, list_blackouts,
    lock_blackout, save_blackout, set_blackout_deleted, visits_to_come,
};
pub use book::{Book, load_book, load_calendar, load_explained_book, providers_at};
pub use cancel_reasons::{
    CancelReasonRecord, NewCancelReason, cancel_reasons, insert_cancel_reason, lock_cancel_reason,
    save_cancel_reason, set_cancel_reason_deleted,
};
pub use cancelling::{Cancellation, cancel_appointment, restore_appointment, strike_appointment};
pub use changes::{Counted, NewChange, insert_change, last_known_start};
pub use check_in::{org_of_clinic, visits_at_door};
pub use claims::{
    HeldClaims, begin_attempt, claim_person, claim_resources, free_appointment, free_hold,
    free_offer, give_up_attempt, keep_held, keep_offered, lock, lock_all, person_calendar,
};
pub use digests::{
    ReaderRecord, begin_digest, changes_at, changes_of, choose_digest, digest_choice,
    homes_of_providers, last_digests, leading_readers, people_led_by, places_of_employers,
    staff_readers, visits_booked_by, visits_with,
};
pub use history::snapshots;
pub use holds::{
    HoldRecord, NewHold, end_hold, extend_hold, find_hold, insert_hold, live_hold, lock_hold,
    recent_holds, sweep,
};
pub use holidays::{HolidayRecord, delete_holiday, holidays_at, insert_holiday, list_holidays};
pub use items::{FittingItem, fitting_items, items_to_visit};
pub use kinds::{
    VisitAhead, is_questionnaire, is_type_code_taken, lock_type, retime_visits, set_type_deleted,
    taken_of, visits_of_type,
};
pub use links::{LinkRow, find_link, forget_links, insert_link, spend_link};
pub use locations::{
    EmploymentAt, LocationRecord, employments_at, find_clinic, find_location, find_locations,
    linked_locations, list_clinics, location_ids, lock_clinic, resource_names, save_clinic,
};
pub use moving::{
    TakenClaim, claims_of_hold, claims_of_offer, claims_of_visit, dates_of_visit, move_appointment,
};
pub use nightly::{
    PromisedVisit, SettledPlace, open_before, promised_visits, settled_places, visits_of_ended,
};
pub use offers::{
    NewOffer, OfferFor, OfferRecord, end_offer, expire_offers, find_offer, insert_offer,
    lock_offer, lock_offers, offers_of, offers_of_items, offers_of_round, take_offer,
};
pub use overrides::{
    OverrideRecord, find_override, insert_override, list_overrides, lock_override, save_override,
    set_override_deleted,
};
pub use places::{PlaceSettingsRecord, lock_place_settings, place_settings, save_place_settings};
pub use progress::progress_appointment;
pub use reminders::{
    DueReminder, drop_reminders, due_reminders, plan_reminders, put_reminder_off, settle_reminder,
    zone_of_person, zone_of_reader,
};
pub use reports::{
    ReportVisitRow, ReportVisits, appointment_of_report, appointments_of_report,
    appointments_of_reports,
};
pub use requests::{
    NewRequest, RequestEnd, RequestRecord, WhichRequests, expired_requests, find_request,
    insert_request, list_requests, lock_request, requests_of_person, save_request,
};
pub use resources::{
    ClinicianRecord, NewResource, ResourceRecord, deleted_among, find_resource, insert_resource,
    join_links_of, list_clinicians, list_resources, lock_resource, save_resource,
    set_resource_deleted, visits_ahead_with,
};
pub use revisions::{NewRevision, RevisionRecord, insert_revision, list_revisions};
pub use rounds::{
    NewSkip, RoundRecord, TurnOutcome, TurnRecord, end_round, find_round, insert_round,
    latest_rounds, lock_round, note_skip, open_rounds, places_that_offer, put_round_off,
    taken_by_visit, turns_of,
};
pub use schedules::{
    NewSchedule, ScheduleRecord, find_schedule, insert_schedule, list_schedules, lock_schedule,
    save_schedule, set_schedule_deleted, visits_ahead,
};
pub use setup::{NewType, NewTypeText, insert_type, save_type};
pub use tasks::{
    NewTask, OpenNotice, TaskKind, TaskRecord, close_settled_notices, close_task, close_tasks_of,
    late_tasks, lock_task, open_notices, open_task, open_tasks, visits_of_open_tasks,
    visits_with_task,
};
pub use team::{
    ReportVisit, find_report_type, find_report_visit, free_report_holds, lock_report_visit,
    provider_names, report_calendar, report_types,
};
pub use templates::{TemplateRecord, delete_template, insert_template, list_templates};
pub use types::{
    TypeRecord, TypeText, deleted_types, find_type, list_types, questionnaire_by_key, shown_types,
    whole_type, whole_types,
};
pub use wait_list::{
    Candidate, DueToVisit, NewWaitListItem, WaitListFilter, WaitListRecord, WaitingVisit, WaitsFor,
    candidates_at, close_wait_list_item, due_items_not_waiting, earlier_wish_of,
    escalate_wait_list_item, find_wait_list_item, insert_wait_list_item, list_wait_list,
    lock_wait_list_item, save_wishes, settled_items, wait_list_of_person,
};

use diesel::QueryResult;
use diesel::result::Error as DieselError;
use salus_domain::time::Tz;

/// A stored word that the rules do not know: the database was changed behind their back.
fn unknown(what: &'static str, word: &str) -> DieselError {
    DieselError::DeserializationError(format!("unknown {what}: {word}").into())
}

fn zone(name: &str) -> QueryResult<Tz> {
    salus_domain::time::parse_zone(name).ok_or_else(|| unknown("time zone", name))
}

fn region(code: &str) -> QueryResult<salus_domain::scheduling::Region> {
    salus_domain::scheduling::Region::parse(code).ok_or_else(|| unknown("region", code))
}

/// `both` is none.
fn modality(word: &str) -> QueryResult<Option<salus_domain::scheduling::Modality>> {
    if word == "both" {
        return Ok(None);
    }
    salus_domain::scheduling::Modality::parse(word)
        .map(Some)
        .ok_or_else(|| unknown("modality", word))
}

fn modality_word(modality: Option<salus_domain::scheduling::Modality>) -> &'static str {
    modality.map_or("both", salus_domain::scheduling::Modality::as_str)
}

fn audience(word: &str) -> QueryResult<salus_domain::scheduling::Audience> {
    salus_domain::scheduling::Audience::parse(word).ok_or_else(|| unknown("audience", word))
}

fn small<T: TryFrom<i16>>(value: i16) -> QueryResult<T> {
    T::try_from(value).map_err(|_| unknown("number", &value.to_string()))
}
