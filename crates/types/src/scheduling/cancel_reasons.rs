//! Setting up why visits can be given back, and who may say so.

use crate::ids::CancelReasonId;
use chrono::{DateTime, Utc};
use salus_domain::scheduling::Audience;
use serde::{Deserialize, Serialize};

/// A reason for giving a visit back, as the clinic sets it up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClinicCancelReason {
    /// Which one.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: CancelReasonId,
    /// Its code.
    pub code: String,
    /// What people read, in the reader's language.
    pub label: String,
    /// What people read, by language.
    pub labels: Vec<CancelReasonLabel>,
    /// Who may give it; nobody gives what only the night gives.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<super::schema::Audience>))]
    pub used_by: Vec<Audience>,
    /// Whether it means that the person did not come.
    pub no_show: bool,
    /// Whether a sentence is wanted with it.
    pub wants_text: bool,
    /// Its place in lists.
    pub position: u8,
    /// Whether it can still be given.
    pub active: bool,
    /// Whether staff may give it now.
    pub offered: bool,
    /// Whether only the night gives it: it is not deleted, and nobody is let choose it.
    pub fixed: bool,
    /// When it was deleted, if it was.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub deleted_at: Option<DateTime<Utc>>,
    /// Counts the changes.
    pub version: i32,
}

/// A cancel reason as people read it, in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CancelReasonLabel {
    /// Language tag.
    pub language: String,
    /// At most 80 characters.
    pub label: String,
}

/// Set a cancel reason up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateCancelReason {
    /// Its code, 1 to 40 of a-z, 0-9 and the underscore; it stays.
    pub code: String,
    /// What people read, in each language.
    pub labels: Vec<CancelReasonLabel>,
    /// Who may give it.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<super::schema::Audience>))]
    pub used_by: Vec<Audience>,
    /// Whether it means that the person did not come.
    #[serde(default)]
    pub no_show: bool,
    /// Whether a sentence is wanted with it.
    #[serde(default)]
    pub wants_text: bool,
    /// Its place in lists, 1 to 99.
    #[serde(default = "middle")]
    pub position: u8,
    /// Whether it can be given.
    #[serde(default = "yes")]
    pub active: bool,
}

fn middle() -> u8 {
    50
}

fn yes() -> bool {
    true
}

impl From<ClinicCancelReason> for CreateCancelReason {
    fn from(reason: ClinicCancelReason) -> Self {
        Self {
            code: reason.code,
            labels: reason.labels,
            used_by: reason.used_by,
            no_show: reason.no_show,
            wants_text: reason.wants_text,
            position: reason.position,
            active: reason.active,
        }
    }
}

/// Change a cancel reason: what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct ChangeCancelReason {
    /// What people read, in each language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub labels: Option<Vec<CancelReasonLabel>>,
    /// Who may give it.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Vec<super::schema::Audience>>))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub used_by: Option<Vec<Audience>>,
    /// Whether it means that the person did not come.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub no_show: Option<bool>,
    /// Whether a sentence is wanted with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wants_text: Option<bool>,
    /// Its place in lists, 1 to 99.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<u8>,
    /// Whether it can be given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub active: Option<bool>,
}

impl From<CreateCancelReason> for ChangeCancelReason {
    /// A change to exactly this; the code stays.
    fn from(whole: CreateCancelReason) -> Self {
        Self {
            labels: Some(whole.labels),
            used_by: Some(whole.used_by),
            no_show: Some(whole.no_show),
            wants_text: Some(whole.wants_text),
            position: Some(whole.position),
            active: Some(whole.active),
        }
    }
}
