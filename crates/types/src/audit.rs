//! Who opened a record, and the audit trail.

use chrono::{DateTime, Utc};
use salus_domain::ids::{AuditEventId, PersonId};
use serde::{Deserialize, Serialize};

/// One line of "Who opened my record": somebody's look or change, in the person's own words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LedgerEntry {
    /// The line's id.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: AuditEventId,
    /// When.
    pub at: DateTime<Utc>,
    /// The name of who did it; absent for the system.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub by: Option<String>,
    /// `employee`, `proxy`, `supervisor`, `clinic`, `administration` or `system`: in which capacity.
    pub capacity: String,
    /// The role held: `clinician`, `scheduler`, …; absent where none was used.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub role: Option<String>,
    /// Whether it was the person themselves.
    pub own: bool,
    /// Which class of data: `appointment`, `message`, `work_status`, …
    pub data_class: String,
    /// `read`, `create`, `change` or `review`.
    pub act: String,
    /// What for: `visit`, `message`, `work_status`, …
    pub purpose: String,
}

/// One event of the audit trail, for privacy officers and auditors.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditEvent {
    /// The event's id.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: AuditEventId,
    /// When.
    pub at: DateTime<Utc>,
    /// The name of the acting account; absent for the system.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub by: Option<String>,
    /// The hat worn: `me`, `team`, `clinic`, `admin`, `account`, `system`.
    pub hat: String,
    /// The roles held at the time.
    pub roles: Vec<String>,
    /// Whose data.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    pub person_id: Option<PersonId>,
    /// Which class of data.
    pub data_class: String,
    /// What was done.
    pub act: String,
    /// By which operation.
    pub operation: String,
    /// What for.
    pub purpose: String,
    /// `allowed` or `denied`.
    pub outcome: String,
    /// The request's id.
    pub request_id: String,
}
