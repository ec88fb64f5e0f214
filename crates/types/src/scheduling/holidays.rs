//! Days on which a place does not work.

use crate::ids::HolidayId;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A day on which a place does not work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Holiday {
    /// Which one.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: HolidayId,
    /// Its name.
    pub name: String,
    /// The date there.
    pub date: NaiveDate,
    /// Whether it comes back each year; 29 February only in leap years.
    pub yearly: bool,
}

/// Add a day on which a place does not work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AddHoliday {
    /// Its name, at most 60 characters.
    pub name: String,
    /// The date there; not one that is in the list already.
    pub date: NaiveDate,
    /// Whether it comes back each year; 29 February only in leap years.
    #[serde(default)]
    pub yearly: bool,
}
