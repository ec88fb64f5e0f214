//! What a clinic sets up: resources, kinds of visits, schedules, blackouts.

use super::kinds::{AppointmentTypeNeed, AppointmentTypeText};
use super::{Modality, ResourceKind};
use crate::ids::{
    AccountId, AppointmentTypeId, BlackoutId, LocationId, OrderItemId, QuestionnaireId, ResourceId,
    ScheduleId,
};
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use salus_domain::scheduling::Audience;
use serde::{Deserialize, Serialize};

/// Which part of what is set up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct SetupQuery {
    /// At this location only.
    #[cfg_attr(feature = "openapi", param(value_type = Option<uuid::Uuid>))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub location: Option<LocationId>,
    /// What was deleted instead of what is in force.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub deleted: Option<bool>,
}

/// Which part of what is set up, wherever it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct DeletedQuery {
    /// What was deleted instead of what is in force.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub deleted: Option<bool>,
}

/// A provider, a room or a piece of equipment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Resource {
    /// Which one.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: ResourceId,
    /// What it is.
    #[cfg_attr(feature = "openapi", schema(value_type = super::schema::ResourceKind))]
    pub kind: ResourceKind,
    /// Its name.
    pub name: String,
    /// What it can do.
    pub skills: Vec<String>,
    /// Where it belongs.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub home_location_id: LocationId,
    /// A provider's account.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub account_id: Option<AccountId>,
    /// Where a provider sees people online, `https`; `{appointment}` stands for the visit's id.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub join_link: Option<String>,
    /// Where people may be whom a provider sees online: countries (`CA`) and parts of them (`US-IN`,
    /// ISO 3166); anywhere when empty.
    pub regions: Vec<String>,
    /// Whether it is in use.
    pub active: bool,
    /// Whether it is the reader: a provider is one account.
    pub own: bool,
    /// When it was deleted, if it was.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub deleted_at: Option<DateTime<Utc>>,
    /// Counts the changes.
    pub version: i32,
}

/// A kind of visit and its rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AppointmentType {
    /// Which one.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: AppointmentTypeId,
    /// Its short code.
    pub code: String,
    /// Its clinical name.
    pub name: String,
    /// The name everybody may know, in the reader's language.
    pub public_name: String,
    /// What people read, by language.
    pub texts: Vec<AppointmentTypeText>,
    /// What it takes, the leading one first.
    pub needs: Vec<AppointmentTypeNeed>,
    /// Forms handed over at booking.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<uuid::Uuid>))]
    pub questionnaire_ids: Vec<QuestionnaireId>,
    /// What of the catalogue it answers where that is due.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<uuid::Uuid>))]
    pub fulfils: Vec<OrderItemId>,
    /// Minutes the resources are needed.
    pub duration: u16,
    /// Minutes the person is told.
    pub shown_duration: u16,
    /// Minutes kept free before.
    pub buffer_before: u16,
    /// Minutes kept free after.
    pub buffer_after: u16,
    /// How it can take place.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<super::schema::Modality>))]
    pub modalities: Vec<Modality>,
    /// Where.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<uuid::Uuid>))]
    pub location_ids: Vec<LocationId>,
    /// Whether employees book it themselves.
    pub employee_bookable: bool,
    /// Whether supervisors book it for a report.
    pub supervisor_bookable: bool,
    /// Whether a supervisor may know of such a visit.
    pub visible_to_supervisor: bool,
    /// Whether a portal booking waits for the clinic's word.
    pub clinic_confirms: bool,
    /// Hours between booking and start.
    pub min_notice_to_book: u16,
    /// Hours of notice for giving it back.
    pub cancel_notice: u16,
    /// Hours of notice for moving it.
    pub move_notice: u16,
    /// How often a portal user may move a visit.
    pub max_moves: u8,
    /// Visits of the kind for one person on one date.
    pub max_per_day: u8,
    /// Where it comes among visits made one after the other, 1 to 99; the lower is earlier.
    pub bundle_order: u8,
    /// Which visit it follows: people who have that one take only times within the hours after it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub after: Option<AfterType>,
    /// Hours with nothing but water before.
    pub fasting_hours: u8,
    /// Its place in lists.
    pub display_order: u8,
    /// The colour it has on the calendar.
    pub colour: String,
    /// Whether it can be booked at all.
    pub active: bool,
    /// When it was deleted, if it was.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub deleted_at: Option<DateTime<Utc>>,
    /// Counts the changes.
    pub version: i32,
}

/// A kind of visit that must be over before another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AfterType {
    /// Which one.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub appointment_type_id: AppointmentTypeId,
    /// Hours from its end to the start of the later one, at least.
    pub least_hours: u16,
    /// The same, at most.
    pub most_hours: u16,
}

/// Recurring availability of a resource.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Schedule {
    /// Which one.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: ScheduleId,
    /// Whose.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub resource_id: ResourceId,
    /// Where.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub location_id: LocationId,
    /// In this way only; both when absent.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<super::schema::Modality>))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub modality: Option<Modality>,
    /// For these kinds only; all when absent.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Vec<uuid::Uuid>>))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub appointment_type_ids: Option<Vec<AppointmentTypeId>>,
    /// The first date.
    pub effective_from: NaiveDate,
    /// The last date.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub effective_until: Option<NaiveDate>,
    /// Every so many weeks; absent when the windows name dates.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub every_n_weeks: Option<u8>,
    /// When, in the location's wall-clock.
    pub windows: Vec<ScheduleWindow>,
    /// Minutes between starts.
    pub interval: u16,
    /// Minutes by which the starts are shifted.
    pub offset: u16,
    /// How many at the same time.
    pub capacity: u8,
    /// How many on one date.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub daily_cap: Option<u16>,
    /// How many more staff may force.
    pub overbook: u8,
    /// From when portal users see it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub opens_at: Option<DateTime<Utc>>,
    /// Who sees it.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<super::schema::Audience>))]
    pub audience: Vec<Audience>,
    /// 1 to 9; the higher is preferred.
    pub priority: u8,
    /// When it was deleted, if it was.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub deleted_at: Option<DateTime<Utc>>,
    /// Counts the changes.
    pub version: i32,
}

/// A window of a schedule, as minutes after local midnight.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ScheduleWindow {
    /// 1 Monday to 7 Sunday; absent when it names a date.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub weekday: Option<u8>,
    /// The date it is for.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub on_date: Option<NaiveDate>,
    /// From this minute.
    pub start_minute: u16,
    /// To this minute; 1440 is the end of the day.
    pub end_minute: u16,
}

/// A time in which a resource, a location or everybody is away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Blackout {
    /// Which one.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: BlackoutId,
    /// Whose; absent for a location or everybody.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub resource_id: Option<ResourceId>,
    /// Where; absent for a resource or everybody.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub location_id: Option<LocationId>,
    /// From this wall-clock time.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "2026-12-24T12:00:00"))]
    pub starts_local: NaiveDateTime,
    /// To this wall-clock time.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "2026-12-26T00:00:00"))]
    pub ends_local: NaiveDateTime,
    /// Whether the ends are dates, both included.
    pub whole_days: bool,
    /// In this way only; both when absent.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<super::schema::Modality>))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub modality: Option<Modality>,
    /// Why; staff only.
    pub reason: String,
    /// Whether it comes back each year.
    pub yearly: bool,
    /// Whether it is the reader's own.
    pub own: bool,
    /// When it was deleted, if it was.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub deleted_at: Option<DateTime<Utc>>,
    /// Counts the changes.
    pub version: i32,
}
