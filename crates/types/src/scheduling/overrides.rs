//! Times of a kind of visit that differ with a resource or at a location.

use crate::ids::{AppointmentTypeId, LocationId, ResourceId, TypeOverrideId};
use crate::patch::clearable;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Times of a kind of visit that differ with a resource, at a location, or with a resource at a
/// location. Field by field the most specific one counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TypeOverride {
    /// Which one.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: TypeOverrideId,
    /// Of which kind of visit.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub appointment_type_id: AppointmentTypeId,
    /// With this resource leading the visit; any when absent.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub resource_id: Option<ResourceId>,
    /// At this location; any when absent.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub location_id: Option<LocationId>,
    /// The times that differ.
    pub times: OverriddenTimes,
    /// When it was deleted, if it was.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub deleted_at: Option<DateTime<Utc>>,
    /// Counts the changes.
    pub version: i32,
}

/// Minutes that differ; what is absent is as usual.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OverriddenTimes {
    /// Minutes the resources are needed, 5 to 480 in steps of 5.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub duration: Option<u16>,
    /// Minutes the person is told, 5 to 720.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub shown_duration: Option<u16>,
    /// Minutes kept free before, 0 to 120.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub buffer_before: Option<u16>,
    /// Minutes kept free after, 0 to 120.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub buffer_after: Option<u16>,
}

/// Set overrides up: one for each kind of visit with each resource at each location. What there is
/// already is left alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateTypeOverrides {
    /// Of these kinds of visits.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<uuid::Uuid>))]
    pub appointment_type_ids: Vec<AppointmentTypeId>,
    /// With these resources; any when there are none.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<uuid::Uuid>))]
    #[serde(default)]
    pub resource_ids: Vec<ResourceId>,
    /// At these locations; any when there are none.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<uuid::Uuid>))]
    #[serde(default)]
    pub location_ids: Vec<LocationId>,
    /// The times that differ.
    pub times: OverriddenTimes,
}

/// What came of setting overrides up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreatedTypeOverrides {
    /// What was made.
    pub created: Vec<TypeOverride>,
    /// What there was already; it is as it was.
    pub left_alone: Vec<TypeOverride>,
}

/// Change the times of an override: what is absent stays, what is null is as usual again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct ChangeTypeOverride {
    /// Minutes the resources are needed.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<u16>))]
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "clearable"
    )]
    pub duration: Option<Option<u16>>,
    /// Minutes the person is told.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<u16>))]
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "clearable"
    )]
    pub shown_duration: Option<Option<u16>>,
    /// Minutes kept free before.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<u16>))]
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "clearable"
    )]
    pub buffer_before: Option<Option<u16>>,
    /// Minutes kept free after.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<u16>))]
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "clearable"
    )]
    pub buffer_after: Option<Option<u16>>,
}

impl From<OverriddenTimes> for ChangeTypeOverride {
    /// A change to exactly this.
    fn from(whole: OverriddenTimes) -> Self {
        Self {
            duration: Some(whole.duration),
            shown_duration: Some(whole.shown_duration),
            buffer_before: Some(whole.buffer_before),
            buffer_after: Some(whole.buffer_after),
        }
    }
}
