//! What is due, and the catalogue of what can be asked for.

use crate::ids::{AppointmentId, AppointmentTypeId, DueItemId, OrderItemId, PersonId};
use crate::patch::clearable;
use crate::problem::Kind;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

pub use salus_domain::surveillance::{OrderItemKind, Status, WaiverReason, preset_visible_on};

/// The due item is closed already.
pub const ORDER_LINE_CLOSED: Kind = Kind::new("order-line-closed", 409);
/// The catalogue entry is no longer offered.
pub const ITEM_NOT_ORDERABLE: Kind = Kind::new("item-not-orderable", 422);
/// The same is due already; `existing` says which. Repeat with `confirm_duplicate` to enter it all
/// the same.
pub const DUPLICATE_ORDER: Kind = Kind::new("duplicate-order", 409);
/// A reason is needed.
pub const REASON_REQUIRED: Kind = Kind::new("reason-required", 422);
/// It cannot have been done in the future.
pub const COMPLETION_IN_FUTURE: Kind = Kind::new("completion-in-future", 422);

/// The kinds of problem of this feature.
pub const PROBLEMS: &[Kind] = &[
    ORDER_LINE_CLOSED,
    ITEM_NOT_ORDERABLE,
    DUPLICATE_ORDER,
    REASON_REQUIRED,
    COMPLETION_IN_FUTURE,
];

/// What the person has to do about a due item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DueState {
    /// Nothing is booked.
    Open,
    /// A visit is booked for it.
    Booked,
    /// It was done.
    Done,
    /// It need not be done.
    Waived,
    /// It is no longer asked for.
    Cancelled,
}

impl DueState {
    /// What a status and a booked visit mean for the person.
    #[must_use]
    pub fn of(status: Status, booked: bool) -> Self {
        match status {
            Status::Pending | Status::Ordered | Status::InProgress if booked => Self::Booked,
            Status::Pending | Status::Ordered | Status::InProgress => Self::Open,
            Status::Completed | Status::Repeat => Self::Done,
            Status::Waived => Self::Waived,
            Status::Declined | Status::NotNeeded | Status::EnteredInError => Self::Cancelled,
        }
    }
}

/// What the person may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DueItemAct {
    /// Book a visit.
    Book,
    /// Change dates and comment.
    Change,
    /// Say that it was done.
    Complete,
    /// Say that it need not be done.
    Waive,
}

/// What is due for the signed-in person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyDueItems {
    /// By due date.
    pub items: Vec<MyDueItem>,
    /// Where the next page begins; the list comes whole, so there is none.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub next_cursor: Option<String>,
    /// What the portal says beside something past due that cannot be booked any more; absent for the
    /// usual words.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub past_due_warning: Option<String>,
    /// What comes next, when nothing is due yet.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub upcoming: Option<UpcomingDueItem>,
}

/// Something that will be due later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UpcomingDueItem {
    /// Its name.
    pub name: String,
    /// From when it can be done.
    pub visible_on: NaiveDate,
}

/// Something the signed-in person has to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyDueItem {
    /// Which item.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: DueItemId,
    /// Its name.
    pub name: String,
    /// The last day on which it is in time.
    pub due_on: NaiveDate,
    /// That day has passed, in the zone of the work location.
    pub past_due: bool,
    /// What there is to do about it.
    pub state: DueState,
    /// How many minutes it takes.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub minutes: Option<i16>,
    /// The kind of visit that answers it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    pub appointment_type_id: Option<AppointmentTypeId>,
    /// The visit booked for it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    pub appointment_id: Option<AppointmentId>,
    /// When that visit is.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub appointment_starts_at: Option<DateTime<Utc>>,
    /// The zone of that visit's place.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub appointment_time_zone: Option<String>,
    /// The day it was done.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub completed_on: Option<NaiveDate>,
    /// What may be done now.
    pub allowed: Vec<DueItemAct>,
}

/// Which of one's own items are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct MyDueItemsQuery {
    /// Those of the past instead of those still open.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub past: Option<bool>,
}

/// What is due for a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TeamDueItems {
    /// By due date.
    pub items: Vec<TeamDueItem>,
    /// Where the next page begins; the list comes whole, so there is none.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub next_cursor: Option<String>,
}

/// Something a report has to do: its public name and its date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TeamDueItem {
    /// Which item.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: DueItemId,
    /// Its public name.
    pub name: String,
    /// The last day on which it is in time.
    pub due_on: NaiveDate,
    /// That day has passed, in the zone of the person's work location.
    pub past_due: bool,
    /// A visit is booked for it.
    pub booked: bool,
}

/// The catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderItems {
    /// By name.
    pub items: Vec<OrderItem>,
    /// Where the next page begins; the catalogue comes whole, so there is none.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub next_cursor: Option<String>,
}

/// A catalogue entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderItem {
    /// Which entry.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: OrderItemId,
    /// Its code.
    pub code: String,
    /// The clinic's name.
    pub name: String,
    /// The name employees and supervisors read.
    pub public_name: String,
    /// `test`, `procedure`, `injection`, `questionnaire`, `opinion` or `consent`.
    pub kind: String,
    /// How many minutes it takes.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub minutes: Option<i16>,
}

/// Which due items are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct DueItemsQuery {
    /// Of this person only.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(feature = "openapi", param(value_type = Option<uuid::Uuid>))]
    pub person: Option<PersonId>,
    /// `open` (when absent), `past_due` or `closed`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(feature = "openapi", param(inline))]
    pub state: Option<DueFilter>,
    /// How many, 1 to 200; 50 when absent.
    #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 200))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub limit: Option<u16>,
    /// The `next_cursor` of the page before.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cursor: Option<String>,
}

/// Which state of due items is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DueFilter {
    /// Still to be done.
    Open,
    /// Still to be done, and late.
    PastDue,
    /// Done, or not to be done.
    Closed,
}

/// Due items of the clinic's people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClinicDueItems {
    /// By due date.
    pub items: Vec<ClinicDueItem>,
    /// Where the next page begins.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub next_cursor: Option<String>,
}

/// A due item as the clinic has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClinicDueItem {
    /// Which item.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: DueItemId,
    /// Whose.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub person_id: PersonId,
    /// The person's name.
    pub person_name: String,
    /// What is to be done.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub order_item_id: OrderItemId,
    /// Its code.
    pub code: String,
    /// The clinic's name for it.
    pub name: String,
    /// The last day on which it is in time.
    pub due_on: NaiveDate,
    /// From when the person and their supervisor see it.
    pub visible_on: NaiveDate,
    /// That day has passed, in the zone of the person's work location.
    pub past_due: bool,
    /// `pending`, `ordered`, `in_progress`, `completed`, `declined`, `waived`, `repeat`,
    /// `not_needed` or `entered_in_error`.
    pub status: String,
    /// The visit booked for it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    pub appointment_id: Option<AppointmentId>,
    /// The clinic's comment; clinicians only.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub comment: Option<String>,
    /// The day it was done.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub completed_on: Option<NaiveDate>,
    /// Why it need not be done; clinicians only.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub waiver_reason: Option<String>,
    /// In words; clinicians only.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub waiver_note: Option<String>,
    /// What may be done with it now.
    pub allowed: Vec<DueItemAct>,
    /// Counts the changes.
    pub version: i32,
}

/// Enters a due item by hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EnterDueItem {
    /// For whom.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub person_id: PersonId,
    /// What is to be done.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub order_item_id: OrderItemId,
    /// The last day on which it is in time.
    pub due_on: NaiveDate,
    /// From when it is seen; 30 days before when absent.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub visible_on: Option<NaiveDate>,
    /// For the clinic, up to 500 characters.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub comment: Option<String>,
    /// Enter it though the same is due already.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub confirm_duplicate: bool,
}

/// Changes a due item: absent keeps, null clears.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct ChangeDueItem {
    /// Another due date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_on: Option<NaiveDate>,
    /// Another first day of being seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visible_on: Option<NaiveDate>,
    /// Another comment.
    #[serde(
        deserialize_with = "clearable",
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub comment: Option<Option<String>>,
}

/// Says that a due item was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CompleteDueItem {
    /// The day it was done.
    pub completed_on: NaiveDate,
}

/// Says that a due item need not be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WaiveDueItem {
    /// Why: `exemption_approved`, `equivalent_evidence`, `not_exposed`, `job_changed`,
    /// `done_elsewhere` or `other`.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "done_elsewhere"))]
    pub reason: WaiverReason,
    /// In words, 1 to 500 characters.
    pub note: String,
}
