//! Setting blackouts up, and what becomes of the visits under them.

use super::Modality;
use super::clinic::ClinicAppointment;
use super::setup::Blackout;
use crate::ids::{AppointmentId, BlackoutId, LocationId, ResourceId, SchedulingTaskId};
use crate::patch::clearable;
use chrono::{DateTime, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};

/// Say when a resource, a location or everybody is away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateBlackout {
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
    /// To this wall-clock time; with whole days, the last of them.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "2026-12-26T00:00:00"))]
    pub ends_local: NaiveDateTime,
    /// Whether the ends are dates, both included.
    #[serde(default)]
    pub whole_days: bool,
    /// In this way only; both when absent.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<super::schema::Modality>))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub modality: Option<Modality>,
    /// Why, at most 200 characters; staff only.
    #[serde(default)]
    pub reason: String,
    /// Whether it comes back each year; 29 February in leap years only.
    #[serde(default)]
    pub yearly: bool,
    /// Do it although visits lie under it; they stay booked, and a task to move them is opened.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub confirm: bool,
}

impl From<Blackout> for CreateBlackout {
    fn from(blackout: Blackout) -> Self {
        Self {
            resource_id: blackout.resource_id,
            location_id: blackout.location_id,
            starts_local: blackout.starts_local,
            ends_local: blackout.ends_local,
            whole_days: blackout.whole_days,
            modality: blackout.modality,
            reason: blackout.reason,
            yearly: blackout.yearly,
            confirm: false,
        }
    }
}

/// Change a blackout: what is absent stays, what is null is cleared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct ChangeBlackout {
    /// Whose; null for a location or everybody.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "clearable"
    )]
    pub resource_id: Option<Option<ResourceId>>,
    /// Where; null for a resource or everybody.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "clearable"
    )]
    pub location_id: Option<Option<LocationId>>,
    /// From this wall-clock time.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, example = "2026-12-24T12:00:00"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub starts_local: Option<NaiveDateTime>,
    /// To this wall-clock time.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, example = "2026-12-26T00:00:00"))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ends_local: Option<NaiveDateTime>,
    /// Whether the ends are dates, both included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub whole_days: Option<bool>,
    /// In this way only; null is both.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<super::schema::Modality>))]
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "clearable"
    )]
    pub modality: Option<Option<Modality>>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Whether it comes back each year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub yearly: Option<bool>,
    /// Do it although visits lie under it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confirm: Option<bool>,
}

impl From<CreateBlackout> for ChangeBlackout {
    /// A change to exactly this.
    fn from(whole: CreateBlackout) -> Self {
        Self {
            resource_id: Some(whole.resource_id),
            location_id: Some(whole.location_id),
            starts_local: Some(whole.starts_local),
            ends_local: Some(whole.ends_local),
            whole_days: Some(whole.whole_days),
            modality: Some(whole.modality),
            reason: Some(whole.reason),
            yearly: Some(whole.yearly),
            confirm: Some(whole.confirm),
        }
    }
}

/// A visit under a blackout: when and where, of what kind, not whose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OverlappedAppointment {
    /// Which one.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: AppointmentId,
    /// When it starts.
    pub starts_at: DateTime<Utc>,
    /// The zone of the place.
    pub zone: String,
    /// The place.
    pub place: String,
    /// What kind.
    pub type_name: String,
}

/// Something that waits in the scheduling work queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SchedulingTask {
    /// Which one.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: SchedulingTaskId,
    /// What is to be done.
    pub kind: SchedulingTaskKind,
    /// The blackout that made it necessary.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub blackout_id: Option<BlackoutId>,
    /// Why there is a blackout; empty where there is none.
    pub reason: String,
    /// The visits that still are where they were, that the clinic never agreed to, or that were given
    /// back.
    pub appointments: Vec<ClinicAppointment>,
    /// Since when it waits.
    pub created_at: DateTime<Utc>,
    /// When it was closed, if it was.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub closed_at: Option<DateTime<Utc>>,
    /// By when the clinic is to answer.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub due_at: Option<DateTime<Utc>>,
    /// When the visit started before it was moved.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub moved_from: Option<DateTime<Utc>>,
    /// Counts the changes.
    pub version: i32,
}

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SchedulingTaskKind {
    /// Visits that lie under a blackout need another time.
    MoveAppointments,
    /// Somebody no longer works for the employer their visits are for.
    EmploymentEnded,
    /// A visit would start at another time of day than was promised: its place has other clocks now.
    ZoneChanged,
    /// A visit was given back because the clinic never agreed to it.
    NotConfirmed,
    /// A visit today or on the next business day was booked from outside.
    BookedOnline,
    /// Such a visit was moved from outside, or it became one.
    MovedOnline,
    /// Such a visit was given back from outside.
    CancelledOnline,
    /// Somebody asks for a time: the clinic is to agree or not.
    ToConfirm,
}
