//! HR file runs, as administrators and auditors see them.

use chrono::{DateTime, Utc};
use salus_domain::ids::{EmployerId, FeedRunId, PersonId};
use salus_domain::intake::feed::Counts;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How a file is sent: parameters beside the body, which is the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
pub struct SendFeedFile {
    /// Code of the employer.
    pub employer: String,
    /// Name of the profile; `main` when absent.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub profile: Option<String>,
    /// The file's name, for the list of runs.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub file_name: Option<String>,
    /// Whether the same bytes may be sent again.
    #[serde(default)]
    pub replay: bool,
}

/// One reading of one HR file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FeedRun {
    /// The run.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: FeedRunId,
    /// The employer.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub employer_id: EmployerId,
    /// `received`, `dry_run`, `paused`, `applying`, `applied`, `rejected`, `expired`, `failed`.
    pub state: String,
    /// `upload`, `api`, `command`, `sandbox`.
    pub source: String,
    /// The file's name.
    pub file_name: String,
    /// The file's size in bytes.
    pub file_size: u32,
    /// Headers that mean nothing here; their columns were ignored.
    pub unmapped: Vec<String>,
    /// Whether no file of this profile was applied before; such a run waits for a decision.
    pub first_run: bool,
    /// What the file would do, or did.
    pub counts: FeedCounts,
    /// Changed values per field.
    pub fields: BTreeMap<String, u32>,
    /// Limits that are crossed.
    pub crossed: Vec<FeedCrossed>,
    /// People who supervise each other in a circle, by employee number.
    pub circles: Vec<Vec<String>>,
    /// Employee numbers of those who lose their last supervisor.
    pub lost_supervisor: Vec<String>,
    /// Why the file could not be read: the slug of the problem.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub failure: Option<String>,
    /// The byte offset or the header it failed at.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub failure_detail: Option<String>,
    /// What was decided.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub decision: Option<String>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reason: Option<String>,
    /// When the file came.
    pub received_at: DateTime<Utc>,
    /// When a paused run expires.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub decide_by: Option<DateTime<Utc>>,
    /// When it was decided.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub decided_at: Option<DateTime<Utc>>,
    /// When all was applied.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub applied_at: Option<DateTime<Utc>>,
    /// What this actor may decide now.
    pub allowed: Vec<Decision>,
    /// The version, for `If-Match`.
    pub version: i32,
}

macro_rules! counts {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// How many of what.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub struct FeedCounts {$(
            $(#[$doc])*
            pub $name: u32,
        )*}

        impl From<Counts> for FeedCounts {
            fn from(counts: Counts) -> Self {
                Self {$($name: counts.$name,)*}
            }
        }
    };
}

counts! {
    /// Data rows of the file.
    rows,
    /// New people, those who arrive ended among them.
    added,
    /// New people whose employment is over already.
    added_ended,
    /// Known people who change, those who end among them.
    changed,
    /// Rows that change nothing.
    unchanged,
    /// Known people whose employment ends.
    ended,
    /// People who are back.
    rehired,
    /// Rows that wait for somebody to decide.
    held,
    /// Rows in error.
    errors,
    /// Rows left out by the decision.
    spared,
    /// Rows applied in spite of something.
    warnings,
    /// Active people who get another supervisor.
    supervisor_changed,
    /// Active people who had a supervisor and have none.
    lost_supervisor,
    /// Active people who had no supervisor and have one.
    gained_supervisor,
    /// People whose supervisor by file changes while one set by hand stays.
    kept_by_hand,
    /// Accounts that are made.
    accounts,
    /// Active people of this profile before.
    active_before,
    /// Active people of this profile after, those on leave among them.
    active_after,
    /// Of the active people after, those on leave.
    on_leave_after,
    /// Of the active people after, those with a supervisor who works here.
    supervised_after,
}

/// A limit that is crossed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FeedCrossed {
    /// What was counted: `ended`, `lost_supervisor`, `supervisor_changed`, `added`, `errors`.
    pub measure: String,
    /// How many.
    pub count: u32,
    /// The limit, a decimal.
    #[cfg_attr(feature = "openapi", schema(example = "39.14"))]
    pub limit: String,
}

/// What can be decided about a paused run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Decision {
    /// Apply everything.
    Apply,
    /// Apply, but end no employment and take away nobody's last supervisor.
    ApplyWithoutEnded,
    /// Apply nothing.
    Reject,
}

impl Decision {
    /// The stored word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Apply => "apply",
            Self::ApplyWithoutEnded => "apply_without_ended",
            Self::Reject => "reject",
        }
    }
}

/// Decides about a paused run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"decision": "apply", "reason": "The plant in El Paso closed its night shift."})))]
pub struct DecideFeedRun {
    /// What to do.
    pub decision: Decision,
    /// Why, 1 to 500 characters.
    pub reason: String,
}

/// Which rows of a run are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
pub struct FeedRowQuery {
    /// `added`, `changed`, `unchanged`, `ended`, `rehired`, `held`, `error`, `spared`, or `warning`
    /// for rows applied in spite of something. `changed` includes `ended`.
    #[cfg_attr(feature = "openapi", param(inline, value_type = Option<schema::RowOutcome>))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    /// How many, 1 to 200; 50 when absent.
    #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 200))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// The `next_cursor` of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// What one row of a file does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FeedRunRow {
    /// The row as a spreadsheet counts: the header is 1.
    pub number: u32,
    /// The employee number, as in the file.
    pub employee_id: String,
    /// The person, once there is one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    pub person_id: Option<PersonId>,
    /// `added`, `changed`, `unchanged`, `ended`, `rehired`, `held`, `error`, `spared`.
    pub outcome: String,
    /// Values that change.
    pub changes: Vec<FeedChange>,
    /// Why it is refused or held.
    pub problems: Vec<FeedFinding>,
    /// What it is applied in spite of.
    pub warnings: Vec<FeedFinding>,
    /// When it was applied.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub applied_at: Option<DateTime<Utc>>,
}

/// A value that changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FeedChange {
    /// The field.
    pub field: String,
    /// What stood there.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub before: Option<String>,
    /// What will stand there.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub after: Option<String>,
}

/// Something found in a cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FeedFinding {
    /// The column, by the file's own header.
    pub column: String,
    /// What is wrong, such as `bad-date`.
    pub code: String,
    /// What stood there.
    pub found: String,
    /// What would be right, in a notation that needs no language.
    pub expected: String,
}

/// How the rules' words appear in the document.
#[cfg(feature = "openapi")]
#[allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    reason = "only their shape is used"
)]
mod schema {
    use serde::Serialize;
    use utoipa::ToSchema;

    #[derive(Serialize, ToSchema)]
    #[serde(rename_all = "snake_case")]
    pub enum RowOutcome {
        Added,
        Changed,
        Unchanged,
        Ended,
        Rehired,
        Held,
        Error,
        Spared,
        Warning,
    }
}
