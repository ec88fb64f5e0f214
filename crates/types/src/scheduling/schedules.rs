//! Setting schedules up, and what they would offer.

use super::setup::{Schedule, ScheduleWindow};
use super::{Modality, Place};
use crate::ids::{AppointmentTypeId, LocationId, ResourceId, ScheduleId};
use crate::patch::clearable;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use salus_domain::scheduling::Audience;
use serde::{Deserialize, Serialize};

/// Set a schedule up: when a resource is there, and for what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateSchedule {
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
    /// Every so many weeks, 1 to 4; absent when the windows name dates.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub every_n_weeks: Option<u8>,
    /// When, in the location's wall-clock; none may overlap another.
    pub windows: Vec<ScheduleWindow>,
    /// Minutes between starts: 5, 10, 15, 20, 30 or 60.
    #[serde(default = "usual_interval")]
    pub interval: u16,
    /// Minutes by which the starts are shifted, less than the interval.
    #[serde(default)]
    pub offset: u16,
    /// How many at the same time, 1 to 50.
    #[serde(default = "one")]
    pub capacity: u8,
    /// How many on one date.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub daily_cap: Option<u16>,
    /// How many more staff may force, 0 to 5.
    #[serde(default)]
    pub overbook: u8,
    /// From when portal users see it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub opens_at: Option<DateTime<Utc>>,
    /// Who sees it.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<super::schema::Audience>))]
    #[serde(default = "everybody")]
    pub audience: Vec<Audience>,
    /// 1 to 9; the higher is preferred.
    #[serde(default = "usual_priority")]
    pub priority: u8,
}

fn usual_interval() -> u16 {
    15
}

fn one() -> u8 {
    1
}

fn usual_priority() -> u8 {
    5
}

fn everybody() -> Vec<Audience> {
    Audience::ALL.to_vec()
}

impl From<Schedule> for CreateSchedule {
    fn from(schedule: Schedule) -> Self {
        Self {
            resource_id: schedule.resource_id,
            location_id: schedule.location_id,
            modality: schedule.modality,
            appointment_type_ids: schedule.appointment_type_ids,
            effective_from: schedule.effective_from,
            effective_until: schedule.effective_until,
            every_n_weeks: schedule.every_n_weeks,
            windows: schedule.windows,
            interval: schedule.interval,
            offset: schedule.offset,
            capacity: schedule.capacity,
            daily_cap: schedule.daily_cap,
            overbook: schedule.overbook,
            opens_at: schedule.opens_at,
            audience: schedule.audience,
            priority: schedule.priority,
        }
    }
}

/// Change a schedule: what is absent stays, what is null is cleared. Visits that were booked stay.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct ChangeSchedule {
    /// Whose.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource_id: Option<ResourceId>,
    /// Where.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location_id: Option<LocationId>,
    /// In this way only; null is both.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<super::schema::Modality>))]
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "clearable"
    )]
    pub modality: Option<Option<Modality>>,
    /// For these kinds only; null is all.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Vec<uuid::Uuid>>))]
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "clearable"
    )]
    pub appointment_type_ids: Option<Option<Vec<AppointmentTypeId>>>,
    /// The first date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effective_from: Option<NaiveDate>,
    /// The last date; null is none.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<NaiveDate>))]
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "clearable"
    )]
    pub effective_until: Option<Option<NaiveDate>>,
    /// Every so many weeks; null when the windows name dates.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<u8>))]
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "clearable"
    )]
    pub every_n_weeks: Option<Option<u8>>,
    /// When, all of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub windows: Option<Vec<ScheduleWindow>>,
    /// Minutes between starts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interval: Option<u16>,
    /// Minutes by which the starts are shifted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset: Option<u16>,
    /// How many at the same time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capacity: Option<u8>,
    /// How many on one date; null is as many as fit.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<u16>))]
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "clearable"
    )]
    pub daily_cap: Option<Option<u16>>,
    /// How many more staff may force.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overbook: Option<u8>,
    /// From when portal users see it; null is at once.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<DateTime<Utc>>))]
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "clearable"
    )]
    pub opens_at: Option<Option<DateTime<Utc>>>,
    /// Who sees it.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Vec<super::schema::Audience>>))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audience: Option<Vec<Audience>>,
    /// 1 to 9; the higher is preferred.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<u8>,
}

impl From<CreateSchedule> for ChangeSchedule {
    /// A change to exactly this.
    fn from(whole: CreateSchedule) -> Self {
        Self {
            resource_id: Some(whole.resource_id),
            location_id: Some(whole.location_id),
            modality: Some(whole.modality),
            appointment_type_ids: Some(whole.appointment_type_ids),
            effective_from: Some(whole.effective_from),
            effective_until: Some(whole.effective_until),
            every_n_weeks: Some(whole.every_n_weeks),
            windows: Some(whole.windows),
            interval: Some(whole.interval),
            offset: Some(whole.offset),
            capacity: Some(whole.capacity),
            daily_cap: Some(whole.daily_cap),
            overbook: Some(whole.overbook),
            opens_at: Some(whole.opens_at),
            audience: Some(whole.audience),
            priority: Some(whole.priority),
        }
    }
}

/// Whether what stands in the way was seen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct ConfirmQuery {
    /// Do it although visits lie ahead; they stay booked.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub confirm: Option<bool>,
}

/// A schedule that was deleted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeletedSchedule {
    /// The schedule.
    pub schedule: Schedule,
    /// How many visits lie ahead that were taken out of it; they stay booked.
    pub appointments_ahead: u32,
}

/// See what a schedule would offer before it is saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PreviewSchedule {
    /// What would be saved.
    pub schedule: CreateSchedule,
    /// For this kind of visit; the first it is for when absent.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub appointment_type_id: Option<AppointmentTypeId>,
    /// The schedule it would take the place of.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub schedule_id: Option<ScheduleId>,
    /// The first day; today, or the schedule's first date if that is later, when absent.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub from: Option<NaiveDate>,
}

/// What a schedule would offer, blackouts and taken times left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SchedulePreview {
    /// Where.
    pub place: Place,
    /// For which kind of visit.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub appointment_type_id: AppointmentTypeId,
    /// Fourteen days in order, those without a free time too.
    pub days: Vec<PreviewDay>,
}

/// One day of a preview.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PreviewDay {
    /// The date there.
    pub date: NaiveDate,
    /// The free times.
    pub starts: Vec<PreviewStart>,
}

/// A time a visit could start.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PreviewStart {
    /// When.
    pub starts_at: DateTime<Utc>,
    /// What the clock there shows.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "09:30:00"))]
    pub local_time: NaiveTime,
}
