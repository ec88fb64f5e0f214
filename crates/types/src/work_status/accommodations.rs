//! Accommodations as the clinic writes and reads them.

use super::{AccommodationType, Coverage, LintConfirmation, LocalMoment, Period, Phase, State};
use crate::ids::{PersonId, RestrictionId};
use crate::patch::clearable;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A person's accommodations, and what nobody answers yet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClinicAccommodations {
    /// By start, the newest first.
    pub items: Vec<ClinicAccommodation>,
    /// The active restrictions that affect work and that no active accommodation answers.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<uuid::Uuid>))]
    pub not_accommodated: Vec<RestrictionId>,
    /// Where the next page begins; the list comes whole, so there is none.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub next_cursor: Option<String>,
}

/// What can be done with an accommodation now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AccommodationAct {
    /// Change what it says.
    Change,
    /// End it, or cancel it before it began.
    End,
    /// Mark it as a mistake.
    MarkAsError,
}

/// An accommodation as the clinic has it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClinicAccommodation {
    /// Which accommodation.
    pub id: Uuid,
    /// Whose.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub person_id: PersonId,
    /// Its type.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "transitional_duty"))]
    pub kind: AccommodationType,
    /// The person is away: the supervisor reads "Off work" and nothing of this.
    pub away: bool,
    /// Shared with the person and, unless they are away, their supervisor.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub details: Option<String>,
    /// From when, until when.
    pub period: Period,
    /// Planned, active or ended.
    #[cfg_attr(feature = "openapi", schema(value_type = super::schema::Phase))]
    pub phase: Phase,
    /// What became of it.
    #[cfg_attr(feature = "openapi", schema(value_type = super::schema::State))]
    pub state: State,
    /// Why it is marked as a mistake.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub error_reason: Option<String>,
    /// How far it answers its restrictions.
    #[cfg_attr(feature = "openapi", schema(value_type = super::schema::Coverage))]
    pub coverage: Coverage,
    /// The restrictions it answers.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<uuid::Uuid>))]
    pub restrictions: Vec<RestrictionId>,
    /// People are told of this version.
    pub notify: bool,
    /// When this version was saved.
    pub saved_at: DateTime<Utc>,
    /// By whom.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub saved_by: Option<String>,
    /// What may be done with it now.
    pub allowed: Vec<AccommodationAct>,
    /// Counts the versions.
    pub version: i32,
}

/// Writes an accommodation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WriteAccommodation {
    /// Its type.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "transitional_duty"))]
    pub kind: AccommodationType,
    /// Shared with the person and, unless they are away, their supervisor; up to 500 characters.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub details: Option<String>,
    /// From when, in the zone of the person's work location; now when absent.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, example = "2026-03-02"))]
    pub starts: Option<LocalMoment>,
    /// Until when; a date alone means 23:59; permanent when absent.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, example = "2026-03-31"))]
    pub ends: Option<LocalMoment>,
    /// How far it answers its restrictions.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = super::schema::Coverage))]
    pub coverage: Coverage,
    /// The restrictions of the person it answers, up to 50.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<uuid::Uuid>))]
    pub restrictions: Vec<RestrictionId>,
    /// Off = nobody is told of this version.
    #[serde(default = "yes")]
    pub notify: bool,
    /// Confirms details that look like health information.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub lint_confirmation: Option<LintConfirmation>,
}

fn yes() -> bool {
    true
}

/// Changes what an accommodation says: absent keeps, null clears.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct ChangeAccommodation {
    /// Another type.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub kind: Option<AccommodationType>,
    /// Shared with the person and, unless they are away, their supervisor.
    #[serde(
        deserialize_with = "clearable",
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub details: Option<Option<String>>,
    /// From when.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub starts: Option<LocalMoment>,
    /// Until when; null makes it permanent.
    #[serde(
        deserialize_with = "clearable",
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub ends: Option<Option<LocalMoment>>,
    /// How far it answers its restrictions.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<super::schema::Coverage>))]
    pub coverage: Option<Coverage>,
    /// The restrictions it answers, all of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Vec<uuid::Uuid>>))]
    pub restrictions: Option<Vec<RestrictionId>>,
    /// Off = nobody is told of this version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notify: Option<bool>,
    /// Confirms details that look like health information.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lint_confirmation: Option<LintConfirmation>,
}

/// Ends an accommodation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct EndAccommodation {
    /// With this local moment; now when absent. A planned one is cancelled when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, example = "2026-03-15"))]
    pub ends: Option<LocalMoment>,
}

/// Marks an accommodation as a mistake.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MarkAccommodationAsError {
    /// Why, 1 to 200 characters.
    pub reason: String,
}
