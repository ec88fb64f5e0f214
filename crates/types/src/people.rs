//! Persons, as the clinic and they themselves see them.

use chrono::NaiveDate;
use salus_domain::ids::{EmployerId, LocationId, PersonId};
use serde::{Deserialize, Serialize};

use crate::page::PageQuery;

/// A person in the clinic's search and chart header.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Person {
    /// The person.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: PersonId,
    /// The name shown: preferred first name and last name.
    pub name: String,
    /// The legal first name.
    pub first_name: String,
    /// The last name.
    pub last_name: String,
    /// The preferred first name.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub preferred_name: Option<String>,
    /// The birth date.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub birth_date: Option<NaiveDate>,
    /// The preferred language, BCP 47.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub language: Option<String>,
    /// The zone "today" is judged by for this person.
    pub time_zone: String,
    /// The employment that counts now.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub employment: Option<Employment>,
    /// The other employments that are not over.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub other_employments: Vec<Employment>,
    /// The row's version.
    pub version: i32,
}

/// An employment, with its names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Employment {
    /// The employer.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub employer_id: EmployerId,
    /// The employer's name.
    pub employer: String,
    /// `employee`, `contractor`, `visitor` or `applicant`.
    pub kind: String,
    /// `active`, `leave` or `ended`.
    pub status: String,
    /// The job's title.
    pub job: String,
    /// The department's name.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub department: Option<String>,
    /// The work location.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    pub location_id: Option<LocationId>,
    /// The work location's name.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub location: Option<String>,
    /// The employer's number of the person.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub employee_number: Option<String>,
}

/// Which people are looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
pub struct PeopleQuery {
    /// Beginnings of names, or an employee number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// How many, 1 to 200; 50 when absent.
    #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 200))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// The `next_cursor` of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

impl PeopleQuery {
    /// The page that is asked for.
    #[must_use]
    pub fn page(&self) -> PageQuery {
        PageQuery {
            limit: self.limit,
            cursor: self.cursor.clone(),
        }
    }
}
