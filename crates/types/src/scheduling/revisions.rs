//! Who saved what of the set-up.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One save of something the clinic sets up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Revision {
    /// The version it made.
    pub version: i32,
    /// What was done.
    pub act: RevisionAct,
    /// When.
    pub saved_at: DateTime<Utc>,
    /// By whom; absent for what came with the installation.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub saved_by: Option<String>,
    /// The fields that changed, by name.
    pub changes: Vec<RevisionChange>,
}

/// What was done to something the clinic sets up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RevisionAct {
    /// It was made.
    Created,
    /// It was changed.
    Changed,
    /// It was deleted.
    Deleted,
    /// It was taken back from the deleted.
    Restored,
}

impl RevisionAct {
    /// The stored word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Changed => "changed",
            Self::Deleted => "deleted",
            Self::Restored => "restored",
        }
    }

    /// Reads the stored word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Created, Self::Changed, Self::Deleted, Self::Restored]
            .into_iter()
            .find(|act| act.as_str() == word)
    }
}

/// A field before and after.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RevisionChange {
    /// Its name in the thing's JSON.
    pub field: String,
    /// What it was; absent when it was not there.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub before: Option<Value>,
    /// What it is then; absent when it is not there any more.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub after: Option<Value>,
}
