//! What a supervisor gets about the people who report to them. Reasons have no field here.

use super::{Period, Phase, Sentence, Since, WorkStatus};
use crate::ids::{AppointmentId, PersonId, RestrictionId};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Which reports are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TeamFilter {
    /// No work.
    OffWork,
    /// Work with limits.
    Restricted,
    /// Everything.
    FullDuty,
}

/// Which reports are asked for, and which page of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct TeamPeopleQuery {
    /// Only people with this status now.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(feature = "openapi", param(inline))]
    pub status: Option<TeamFilter>,
    /// Only people whose status changes within so many days, 1 to 30.
    #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 30))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub ending_within: Option<u16>,
    /// Only people with something past due.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub past_due: Option<bool>,
    /// How many, 1 to 200; 50 when absent.
    #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 200))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub limit: Option<u16>,
    /// The `next_cursor` of the page before.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cursor: Option<String>,
}

/// The people who report to the caller, by name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TeamPeople {
    /// A row for each person.
    pub items: Vec<TeamPerson>,
    /// Where the next page begins.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub next_cursor: Option<String>,
}

/// A row of the team table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TeamPerson {
    /// Who.
    #[serde(flatten)]
    pub person: TeamPersonSummary,
    /// The status now.
    #[cfg_attr(feature = "openapi", schema(value_type = super::schema::WorkStatus))]
    pub status: WorkStatus,
    /// It changes within today.
    pub part_day: bool,
    /// Since when, until when.
    pub since: Since,
    /// How many restrictions are in force.
    pub restrictions: u32,
    /// What is due next.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub next_due: Option<TeamNextDue>,
    /// The next visit.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub next_appointment: Option<TeamNextAppointment>,
}

/// A report's name and place in the organization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TeamPersonSummary {
    /// Which person.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: PersonId,
    /// The name.
    pub name: String,
    /// The job; empty when not known.
    pub job: String,
    /// The department.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub department: Option<String>,
}

/// What a report is due for next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TeamNextDue {
    /// Its public name.
    pub name: String,
    /// The last day on which it is in time.
    pub due_on: NaiveDate,
    /// That day has passed.
    pub past_due: bool,
}

/// A report's next visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TeamNextAppointment {
    /// Which visit.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: AppointmentId,
    /// Its public name.
    pub name: String,
    /// When.
    pub starts_at: DateTime<Utc>,
    /// The zone of its place.
    pub time_zone: String,
}

/// A report's work status.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TeamWorkStatus {
    /// Who.
    pub person: TeamPersonSummary,
    /// The date in the zone of the person's work location.
    pub on: NaiveDate,
    /// The status now.
    #[cfg_attr(feature = "openapi", schema(value_type = super::schema::WorkStatus))]
    pub status: WorkStatus,
    /// It changes within the date.
    pub part_day: bool,
    /// Since when, until when.
    pub since: Since,
    /// Restrictions at work that have not ended, by start.
    pub restrictions: Vec<TeamRestriction>,
    /// Accommodations at work that have not ended, by start.
    pub accommodations: Vec<TeamAccommodation>,
    /// The next visit.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub follow_up: Option<TeamNextAppointment>,
    /// Whom to ask.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub clinic: Option<ClinicContact>,
}

/// A report's restriction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TeamRestriction {
    /// Which restriction.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: RestrictionId,
    /// What it says.
    pub sentences: Vec<Sentence>,
    /// From when, until when.
    pub period: Period,
    /// Planned or active.
    #[cfg_attr(feature = "openapi", schema(value_type = super::schema::Phase))]
    pub phase: Phase,
    /// What the clinic added for the person and their supervisor.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub comment: Option<String>,
}

/// A report's accommodation at work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TeamAccommodation {
    /// Which accommodation.
    pub id: Uuid,
    /// Its type.
    pub kind: String,
    /// Details.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub details: Option<String>,
    /// From when, until when.
    pub period: Period,
}

/// The clinic to ask.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClinicContact {
    /// The clinic's name.
    pub name: String,
    /// Its telephone.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub phone: Option<String>,
}
