//! How a place offers times and what it does by itself.

use crate::ids::LocationId;
use serde::{Deserialize, Serialize};

/// How a place offers times that become free, and what it does by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LocationSettings {
    /// Of which place.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub location_id: LocationId,
    /// For how many minutes a time that became free is kept for each when it starts within 72 hours.
    pub offer_minutes_soon: u16,
    /// The same when it starts later.
    pub offer_minutes_later: u16,
    /// How many hours ahead such a time must start.
    pub offer_lead_hours: u16,
    /// Whether up to ten people are told at once and whoever takes it first has it, instead of one after
    /// the other.
    pub offer_broadcast: bool,
    /// Whether visits without a check-in count as missed from half past midnight on.
    pub settles_no_shows: bool,
    /// Counts the changes.
    pub version: i32,
}

/// Change how a place offers times and what it does by itself: what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct ChangeLocationSettings {
    /// For how many minutes a time that became free is kept for each when it starts within 72 hours: 5 to
    /// 240.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offer_minutes_soon: Option<u16>,
    /// The same when it starts later: 5 to 240.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offer_minutes_later: Option<u16>,
    /// How many hours ahead such a time must start: 1 to 72.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offer_lead_hours: Option<u16>,
    /// Whether up to ten people are told at once and whoever takes it first has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offer_broadcast: Option<bool>,
    /// Whether visits without a check-in count as missed from half past midnight on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settles_no_shows: Option<bool>,
}

impl From<&LocationSettings> for ChangeLocationSettings {
    /// A change to exactly this.
    fn from(whole: &LocationSettings) -> Self {
        Self {
            offer_minutes_soon: Some(whole.offer_minutes_soon),
            offer_minutes_later: Some(whole.offer_minutes_later),
            offer_lead_hours: Some(whole.offer_lead_hours),
            offer_broadcast: Some(whole.offer_broadcast),
            settles_no_shows: Some(whole.settles_no_shows),
        }
    }
}
