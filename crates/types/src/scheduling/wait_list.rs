//! Waiting for a time, and the times that become free.

use super::{AppointmentTypeName, ClinicPerson, DayPart, Modality, Offer, Place, SlotResource};
use crate::ids::{
    AppointmentId, AppointmentTypeId, DueItemId, EmployerId, LocationId, OfferRoundId, ResourceId,
    WaitListItemId,
};
use crate::patch::clearable;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

pub use salus_domain::scheduling::{
    FreedBy, ItemState, OfferState, Outcome as RoundOutcome, SkipReason,
};

/// Which times would suit; what is absent is left open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct TimeWishes {
    /// Where.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location_id: Option<LocationId>,
    /// With whom.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource_id: Option<ResourceId>,
    /// How.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<super::schema::Modality>))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modality: Option<Modality>,
    /// In which part of the day.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<super::schema::DayPart>))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<DayPart>,
    /// On which days of the week, 1 Monday to 7 Sunday (ISO 8601); every day when empty.
    #[cfg_attr(feature = "openapi", schema(example = json!([1, 3])))]
    pub weekdays: Vec<u8>,
}

/// Change which times would suit: what is absent stays, what is null is left open again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct ChangeWaitListItem {
    /// Where.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "clearable"
    )]
    pub location_id: Option<Option<LocationId>>,
    /// With whom.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "clearable"
    )]
    pub resource_id: Option<Option<ResourceId>>,
    /// How.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<super::schema::Modality>))]
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "clearable"
    )]
    pub modality: Option<Option<Modality>>,
    /// In which part of the day.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<super::schema::DayPart>))]
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "clearable"
    )]
    pub part: Option<Option<DayPart>>,
    /// On which days of the week, 1 Monday to 7 Sunday (ISO 8601); every day when empty.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Vec<u8>>, example = json!([1, 3])))]
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "clearable"
    )]
    pub weekdays: Option<Option<Vec<u8>>>,
}

/// Say whether one wants an earlier time for a visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WishEarlier {
    /// Whether one does.
    pub wanted: bool,
    /// Which times would suit.
    #[serde(default)]
    pub wishes: TimeWishes,
}

/// Something one waits for a time for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WaitListItem {
    /// Which one.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: WaitListItemId,
    /// Counts the changes.
    pub version: i32,
    /// How far it has come.
    #[cfg_attr(feature = "openapi", schema(value_type = super::schema::ItemState))]
    pub state: ItemState,
    /// The kind of visit.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub appointment_type_id: AppointmentTypeId,
    /// What it is called.
    pub public_name: String,
    /// The due item behind it.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub due_item_id: Option<DueItemId>,
    /// The last day on which it is in time.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub due_on: Option<NaiveDate>,
    /// That day has passed.
    pub past_due: bool,
    /// The visit that is to be earlier.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub appointment_id: Option<AppointmentId>,
    /// When that visit starts.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub starts_at: Option<DateTime<Utc>>,
    /// The IANA zone of that visit's place.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub zone: Option<String>,
    /// Which times would suit.
    pub wishes: TimeWishes,
    /// With whom one could wish to be, by name; none where the clinic chooses, or where there is a visit.
    #[serde(default)]
    pub providers: Vec<SlotResource>,
    /// The time that is kept for it now.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub offer: Option<Offer>,
    /// Since when one waits.
    pub since: DateTime<Utc>,
}

/// Who waits for a time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct WaitListQuery {
    /// Who wants to be seen by them, or by anybody.
    #[cfg_attr(feature = "openapi", param(value_type = Option<uuid::Uuid>))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub resource: Option<ResourceId>,
    /// Who wants to be seen there, or anywhere.
    #[cfg_attr(feature = "openapi", param(value_type = Option<uuid::Uuid>))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub location: Option<LocationId>,
    /// For this kind of visit.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(feature = "openapi", param(value_type = Option<uuid::Uuid>))]
    pub appointment_type_id: Option<AppointmentTypeId>,
    /// Due on or before this date.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub due: Option<NaiveDate>,
    /// Leave out what the person does not see yet.
    #[serde(default)]
    pub hide_future: bool,
}

/// For what somebody waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum WaitsFor {
    /// Something that is due.
    DueItem,
    /// An earlier time than a visit has.
    Earlier,
    /// What the clinic was asked for and had no time for.
    Request,
}

impl WaitsFor {
    /// Its word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::DueItem => "due_item",
            Self::Earlier => "earlier",
            Self::Request => "request",
        }
    }
}

/// Somebody who waits for a time, as the clinic sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClinicWaitListItem {
    /// Which one.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: WaitListItemId,
    /// Counts the changes.
    pub version: i32,
    /// How far it has come.
    #[cfg_attr(feature = "openapi", schema(value_type = super::schema::ItemState))]
    pub state: ItemState,
    /// Who.
    pub person: ClinicPerson,
    /// For which employer.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub employer_id: EmployerId,
    /// What kind of visit.
    pub appointment_type: AppointmentTypeName,
    /// For what.
    pub waits_for: WaitsFor,
    /// The last day on which it is in time.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub due_on: Option<NaiveDate>,
    /// That day has passed.
    pub past_due: bool,
    /// From when on the person sees it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub visible_on: Option<NaiveDate>,
    /// The visit that is to be earlier.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub appointment_id: Option<AppointmentId>,
    /// When that visit starts.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub starts_at: Option<DateTime<Utc>>,
    /// The IANA zone of that visit's place.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub zone: Option<String>,
    /// Which times would suit.
    pub wishes: TimeWishes,
    /// Where the person wants to be seen; anywhere when absent.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub place: Option<Place>,
    /// By whom; by anybody when absent.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub resource: Option<SlotResource>,
    /// It stands before the others.
    pub escalated: bool,
    /// The time that is kept for it now.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub offer: Option<Offer>,
    /// Since when it waits.
    pub since: DateTime<Utc>,
}

/// Put somebody before the others, or back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EscalateWaitListItem {
    /// Whether it stands before the others.
    pub escalated: bool,
}

/// Which times that became free are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct OffersQuery {
    /// Those in which it was this item's turn; the latest of all when absent.
    #[cfg_attr(feature = "openapi", param(value_type = Option<uuid::Uuid>))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub item: Option<WaitListItemId>,
}

/// A time that became free, and whose turn it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OfferRound {
    /// Which one.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: OfferRoundId,
    /// Where.
    pub place: Place,
    /// From when it was free.
    pub starts_at: DateTime<Utc>,
    /// Until when.
    pub ends_at: DateTime<Utc>,
    /// What made it free.
    #[cfg_attr(feature = "openapi", schema(value_type = super::schema::FreedBy))]
    pub freed_by: FreedBy,
    /// 1 for a time that was given back, 2 for one that somebody left for such a time, and so on.
    pub depth: u8,
    /// Several were told at once, and it was kept for none of them.
    pub broadcast: bool,
    /// When it became free.
    pub begun_at: DateTime<Utc>,
    /// How it ended; absent while it goes on.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<super::schema::RoundOutcome>))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub round_outcome: Option<RoundOutcome>,
    /// When somebody's quiet hours end that are waited for.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub look_again_at: Option<DateTime<Utc>>,
    /// Whose turn it was, in the order of time.
    pub turns: Vec<OfferTurn>,
}

/// Somebody's turn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OfferTurn {
    /// For what they wait.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub item_id: WaitListItemId,
    /// Who.
    pub person: ClinicPerson,
    /// When it was their turn.
    pub at: DateTime<Utc>,
    /// What became of the offer; absent when they were passed over.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<super::schema::OfferState>))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub offer_state: Option<OfferState>,
    /// When the offered time starts.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub starts_at: Option<DateTime<Utc>>,
    /// Until when it was kept.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub expires_at: Option<DateTime<Utc>>,
    /// Why they were passed over.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<super::schema::SkipReason>))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub skipped: Option<SkipReason>,
}
