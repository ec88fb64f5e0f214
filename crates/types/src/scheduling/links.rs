//! A visit as a link in a mail shows it: when and where, nothing of what it is for.

use super::{Act, Modality, OfferState, State};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A visit behind a link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LinkedVisit {
    /// The portal's name.
    pub brand: String,
    /// How far it has come.
    #[cfg_attr(feature = "openapi", schema(value_type = super::schema::State))]
    pub state: State,
    /// When it starts.
    pub starts_at: DateTime<Utc>,
    /// The location's IANA zone.
    pub zone: String,
    /// What stands for the location outside the portal, usually the city.
    pub place_label: String,
    /// The street address; absent online.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub address: Option<String>,
    /// Whom to call.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub phone: Option<String>,
    /// How.
    #[cfg_attr(feature = "openapi", schema(value_type = super::schema::Modality))]
    pub modality: Modality,
    /// What to do before, as far as it may be told outside the portal.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub preparation: Option<String>,
    /// What is typed, or held before the reader, at the clinic's door; where people check in there.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub check_in_code: Option<String>,
    /// Whether the person said that they will come.
    pub attends: bool,
    /// What may be done now: `attend`, `cancel`, `move`.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<super::schema::Act>))]
    pub allowed: Vec<Act>,
    /// Until when it may be given back.
    pub deadline_cancel: DateTime<Utc>,
    /// Until when it may be moved.
    pub deadline_move: DateTime<Utc>,
    /// The next free starts of the same kind, place and provider, at most ten.
    pub other_starts: Vec<DateTime<Utc>>,
    /// The time is offered and no visit yet: `accept` takes it, `decline` leaves it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub offer: Option<LinkedOffer>,
}

/// An offered time behind a link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LinkedOffer {
    /// What became of it.
    #[cfg_attr(feature = "openapi", schema(value_type = super::schema::OfferState))]
    pub offer_state: OfferState,
    /// Until when it is kept.
    pub expires_at: DateTime<Utc>,
    /// For how many seconds it is still kept, by the server's clock.
    pub seconds_left: u32,
    /// Whether it is kept; otherwise others were told too, and whoever takes it first has it.
    pub kept: bool,
}

/// Answer for a visit by a link.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AnswerLink {
    /// The new start; for `move` only, one of `other_starts`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub starts_at: Option<DateTime<Utc>>,
}
