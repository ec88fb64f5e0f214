//! Checking in at a clinic's door, without signing in: nothing is said of who comes or what for.

use crate::ids::LocationId;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Check in at a clinic's door.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CheckInAtDoor {
    /// The visit's code, from its mail or its page.
    pub code: String,
    /// Where the door is.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub location_id: LocationId,
}

/// Somebody is checked in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CheckedInAtDoor {
    /// When they checked in.
    pub checked_in_at: DateTime<Utc>,
    /// The location's IANA zone.
    pub zone: String,
}
