//! One's own work status.

use super::{Period, Phase, Sentence, Since, WorkStatus};
use crate::ids::RestrictionId;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// One's own work status on a date.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyWorkStatus {
    /// The date in the zone of the work location.
    pub on: NaiveDate,
    /// The status now; of another date the most limiting one.
    #[cfg_attr(feature = "openapi", schema(value_type = super::schema::WorkStatus))]
    pub status: WorkStatus,
    /// It changes within the date.
    pub part_day: bool,
    /// Since when, until when.
    pub since: Since,
    /// Restrictions that have not ended, by start.
    pub restrictions: Vec<MyRestriction>,
    /// Accommodations that have not ended, by start.
    pub accommodations: Vec<MyAccommodation>,
}

/// A restriction of one's own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyRestriction {
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
    /// What the clinic added for you and your supervisor.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub comment: Option<String>,
    /// Your supervisor does not see it.
    pub personal: bool,
    /// What it is about, when the clinic released that to you.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reason: Option<String>,
    /// Who ordered it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub provider: Option<String>,
}

/// An accommodation of one's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyAccommodation {
    /// Which accommodation.
    pub id: Uuid,
    /// Its type.
    pub kind: String,
    /// Details.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub details: Option<String>,
    /// From when, until when.
    pub period: Period,
    /// Your supervisor sees only that you are off work.
    pub away: bool,
}
