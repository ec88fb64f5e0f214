//! Appointments in the supervisor portal: nothing clinical has a field here.

use super::{Act, ItemAct, Modality, Mode, OfferedProvider, Place, Slot, State};
use crate::ids::{
    AppointmentId, AppointmentTypeId, DueItemId, HoldId, LocationId, PersonId, ResourceId,
};
use crate::page::PageQuery;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// A report's visit: when, where, and by the name everybody may know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TeamAppointment {
    /// Which one.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: AppointmentId,
    /// Whose.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub person_id: PersonId,
    /// The person's name.
    pub person_name: String,
    /// When it starts.
    pub starts_at: DateTime<Utc>,
    /// The end the person was told.
    pub ends_at: DateTime<Utc>,
    /// The location's IANA zone.
    pub zone: String,
    /// Where.
    pub location: Place,
    /// How.
    #[cfg_attr(feature = "openapi", schema(value_type = super::schema::Modality))]
    pub modality: Modality,
    /// What it is called.
    pub public_name: String,
    /// How far it has come, as far as a supervisor is told.
    pub state: TeamState,
    /// What may be done with it now.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<super::schema::Act>))]
    pub allowed: Vec<Act>,
    /// Counts the changes.
    pub version: i32,
}

/// What a report still has to be scheduled for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TeamWaitListItem {
    /// The due item behind it.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: DueItemId,
    /// Who.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub person_id: PersonId,
    /// The person's name.
    pub person_name: String,
    /// What is due, by its public name.
    pub public_name: String,
    /// The last day on which it is in time.
    pub due_on: NaiveDate,
    /// That day has passed.
    pub past_due: bool,
    /// The zone `due_on` is meant in.
    pub zone: String,
    /// The kind of visit that answers it, where supervisors book that kind.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub appointment_type_id: Option<AppointmentTypeId>,
    /// What may be done about it now.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<super::schema::ItemAct>))]
    pub allowed: Vec<ItemAct>,
}

/// The kinds of visits a supervisor may get for somebody, with what the portals say about booking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TeamOfferedTypes {
    /// In the clinic's order.
    pub items: Vec<TeamOfferedType>,
    /// Where the next page begins.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub next_cursor: Option<String>,
    /// What holds for all of them.
    pub rules: TeamBookingRules,
}

/// What the portals let supervisors do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TeamBookingRules {
    /// What stands above the visits, with `**bold**`, `*italic*` and `[links](https://…)`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub alert_text: Option<String>,
    /// How supervisors get a time.
    #[cfg_attr(feature = "openapi", schema(value_type = super::schema::Mode))]
    pub mode: Mode,
    /// How many days ahead may be searched, today not counted.
    pub days_out: u16,
    /// How many days the list opens with; 0 is all at once.
    pub days_before_showing: u16,
    /// Whether a day can be looked up that the list does not show.
    pub calendar_search: bool,
    /// Whether "first available provider" heads the list of providers; where it does not, one of them is
    /// chosen before times are looked for.
    pub first_available: bool,
    /// Whether a comment can be given; the person reads it.
    pub comments: bool,
}

/// A kind of visit a supervisor may get for somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TeamOfferedType {
    /// Which one.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: AppointmentTypeId,
    /// What it is called.
    pub public_name: String,
    /// Minutes to expect.
    pub minutes: u16,
    /// How it can take place.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<super::schema::Modality>))]
    pub modalities: Vec<Modality>,
    /// Where, among the places of the person's employer.
    pub places: Vec<Place>,
    /// With whom, by name, to choose or to ask the clinic for; empty where the clinic chooses.
    pub providers: Vec<OfferedProvider>,
}

/// Which free times for somebody are asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct TeamSlotsQuery {
    /// The kind of visit; that of the visit when one is moved.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(feature = "openapi", param(value_type = Option<uuid::Uuid>))]
    pub appointment_type_id: Option<AppointmentTypeId>,
    /// Where; every offered place when absent.
    #[cfg_attr(feature = "openapi", param(value_type = Option<uuid::Uuid>))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub location: Option<LocationId>,
    /// With whom; whoever is free when absent.
    #[cfg_attr(feature = "openapi", param(value_type = Option<uuid::Uuid>))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub resource: Option<ResourceId>,
    /// How; in person when absent.
    #[cfg_attr(feature = "openapi", param(value_type = Option<super::schema::Modality>))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub modality: Option<Modality>,
    /// Where the person will be, for a visit online: a country (`CA`) or a part of one (`US-IN`, ISO
    /// 3166).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub region: Option<String>,
    /// The due item the visit is for.
    #[cfg_attr(feature = "openapi", param(value_type = Option<uuid::Uuid>))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub item: Option<DueItemId>,
    /// The visit that is to be moved; its own time counts as free.
    #[cfg_attr(feature = "openapi", param(value_type = Option<uuid::Uuid>))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub moving: Option<AppointmentId>,
    /// First local date.
    pub from: NaiveDate,
    /// Last local date, at most 31 days in all.
    pub to: NaiveDate,
    /// How many times, 1 to 200; 50 when absent.
    #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 200))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub limit: Option<u16>,
    /// The `next_cursor` of the page before.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cursor: Option<String>,
}

impl TeamSlotsQuery {
    /// The page that is asked for.
    #[must_use]
    pub fn page(&self) -> PageQuery {
        PageQuery {
            limit: self.limit,
            cursor: self.cursor.clone(),
        }
    }
}

/// Keep a time for somebody for a few minutes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct HoldForReport {
    /// The kind of visit; that of the visit when one is moved.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub appointment_type_id: Option<AppointmentTypeId>,
    /// When it starts.
    pub starts_at: DateTime<Utc>,
    /// Where.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub location_id: LocationId,
    /// How.
    #[cfg_attr(feature = "openapi", schema(value_type = super::schema::Modality))]
    pub modality: Modality,
    /// Where the person will be, for a visit online: a country (`CA`) or a part of one (`US-IN`, ISO
    /// 3166).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub region: Option<String>,
    /// With whom; whoever is free when absent.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub resource_id: Option<ResourceId>,
    /// The due item the visit is for.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub item_id: Option<DueItemId>,
    /// The visit that is to be moved there; only what it does not have already is taken.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub moving: Option<AppointmentId>,
}

/// A time kept for somebody for a few minutes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TeamSlotHold {
    /// Which one.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: HoldId,
    /// Until when it is kept.
    pub expires_at: DateTime<Utc>,
    /// For how many seconds it is still kept, by the server's clock.
    pub seconds_left: u32,
    /// What the visit is called.
    pub public_name: String,
    /// The time.
    pub slot: Slot,
    /// Where.
    pub place: Place,
    /// Whether the clinic must agree first.
    pub clinic_confirms: bool,
    /// Counts the changes.
    pub version: i32,
}

/// Book the kept time for somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BookForReport {
    /// The hold.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub hold_id: HoldId,
    /// Something the person and the clinic should know, at most 500 characters; the person reads it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub comment: Option<String>,
}

/// How far a visit has come, as far as a supervisor is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TeamState {
    /// The clinic has to agree.
    WaitingForClinic,
    /// Agreed.
    Booked,
    /// The person is or was there.
    Done,
    /// The person did not come.
    Missed,
    /// It was given back.
    Cancelled,
}

impl TeamState {
    /// What a supervisor is told of a state; nothing of a visit that was written in error.
    #[must_use]
    pub fn of(state: State) -> Option<Self> {
        Some(match state {
            State::Pending => Self::WaitingForClinic,
            State::Booked => Self::Booked,
            State::CheckedIn | State::InProgress | State::Fulfilled => Self::Done,
            State::NoShow => Self::Missed,
            State::Cancelled => Self::Cancelled,
            State::EnteredInError => return None,
        })
    }
}
