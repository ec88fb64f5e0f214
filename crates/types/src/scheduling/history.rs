//! How a visit came to be what it is.

use chrono::{DateTime, Utc};
use salus_domain::scheduling::history::StepKind;
use salus_domain::scheduling::{Audience, Modality};
use serde::{Deserialize, Serialize};

/// A step of a visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VisitStep {
    /// What was done.
    #[cfg_attr(feature = "openapi", schema(value_type = super::schema::StepKind))]
    pub kind: StepKind,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom; absent where the server did it, and where the person did by a link in a mail or a code at the
    /// door.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub by: Option<String>,
    /// On which side; absent where the server did it.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<super::schema::Audience>))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub side: Option<Audience>,
    /// When and where the visit was to be before the step; absent where that stayed.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub before: Option<VisitTime>,
    /// When and where it was to be after it.
    pub after: VisitTime,
}

/// When and where a visit is to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VisitTime {
    /// Its start.
    pub starts_at: DateTime<Utc>,
    /// The place's name.
    pub place: String,
    /// The place's IANA zone.
    pub zone: String,
    /// How.
    #[cfg_attr(feature = "openapi", schema(value_type = super::schema::Modality))]
    pub modality: Modality,
}
