//! The clinic's places: what they are called, where they are, and their clocks.

use crate::ids::LocationId;
use crate::patch::clearable;
use serde::{Deserialize, Serialize};

/// A place of the clinic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClinicLocation {
    /// Which one.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: LocationId,
    /// What it is called.
    pub name: String,
    /// What stands for it in mails and calendars, such as the city.
    pub public_label: String,
    /// Street and number.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub street: Option<String>,
    /// City.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub city: Option<String>,
    /// State or province.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub state: Option<String>,
    /// Postal code.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub zip: Option<String>,
    /// Telephone.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub phone: Option<String>,
    /// Its IANA zone.
    pub zone: String,
    /// Counts the changes.
    pub version: i32,
}

/// Change a place: what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct ChangeClinicLocation {
    /// What it is called, 1 to 120 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What stands for it in mails and calendars, 1 to 80 characters, and never its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_label: Option<String>,
    /// Street and number, at most 120 characters; null takes it away.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "clearable"
    )]
    pub street: Option<Option<String>>,
    /// City, the same.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "clearable"
    )]
    pub city: Option<Option<String>>,
    /// State or province, the same.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "clearable"
    )]
    pub state: Option<Option<String>>,
    /// Postal code, the same.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "clearable"
    )]
    pub zip: Option<Option<String>>,
    /// Telephone, the same.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "clearable"
    )]
    pub phone: Option<Option<String>>,
    /// Its IANA zone. Visits ahead stay at their instants; those that would be at another time of day
    /// than was promised become tasks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
}

impl From<&ClinicLocation> for ChangeClinicLocation {
    /// A change to exactly this.
    fn from(whole: &ClinicLocation) -> Self {
        let kept = |field: &Option<String>| field.clone().map(Some);
        Self {
            name: Some(whole.name.clone()),
            public_label: Some(whole.public_label.clone()),
            street: kept(&whole.street),
            city: kept(&whole.city),
            state: kept(&whole.state),
            zip: kept(&whole.zip),
            phone: kept(&whole.phone),
            zone: Some(whole.zone.clone()),
        }
    }
}
