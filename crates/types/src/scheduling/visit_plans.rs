//! One visit for everything due.

use super::{Place, Preparation, SlotResource};
use crate::ids::AppointmentTypeId;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// Plans for everything due, the best first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VisitPlans {
    /// At most three, on different dates: fewest visits first, then all in time, then the earliest
    /// finish. None where less than two are due.
    pub items: Vec<VisitPlan>,
    /// Where the next page begins.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub next_cursor: Option<String>,
    /// What is due and in none of the plans, by its public name.
    pub left_out: Vec<String>,
    /// Whether something can be written when booking.
    pub comments: bool,
}

/// Everything due in as few visits as possible.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VisitPlan {
    /// Names the plan by what is in it.
    pub id: String,
    /// How many visits fewer than if each thing were booked by itself.
    pub saves: u16,
    /// The visits in the order of time.
    pub visits: Vec<PlannedVisit>,
    /// Whether it cannot be booked without a comment.
    pub comment_required: bool,
}

/// One visit of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlannedVisit {
    /// When it starts.
    pub starts_at: DateTime<Utc>,
    /// The end to expect.
    pub ends_at: DateTime<Utc>,
    /// The location's IANA zone.
    pub zone: String,
    /// Where.
    pub place: Place,
    /// What happens, one after the other.
    pub parts: Vec<PlannedPart>,
}

/// What happens in a visit of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlannedPart {
    /// The kind of visit.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub appointment_type_id: AppointmentTypeId,
    /// What it is called.
    pub public_name: String,
    /// When it starts.
    pub starts_at: DateTime<Utc>,
    /// The end to expect.
    pub ends_at: DateTime<Utc>,
    /// The last day on which it is in time.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub due_on: Option<NaiveDate>,
    /// Whether it comes after that day.
    pub late: bool,
    /// With whom and where in the building; absent where the clinic chooses.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub resources: Option<Vec<SlotResource>>,
    /// What to do before.
    pub preparation: Preparation,
    /// Whether the person's supervisor will see time, place and public name.
    pub supervisor_sees: bool,
    /// Whether the clinic must agree first.
    pub clinic_confirms: bool,
}

/// Book all of a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BookVisitPlan {
    /// Something the clinic should know, at most 500 characters.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub comment: Option<String>,
}
