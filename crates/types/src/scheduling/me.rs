//! Appointments in the employee portal.

use super::{Act, Modality, Place, State};
use crate::ids::{AppointmentId, AppointmentTypeId, DueItemId, HoldId, LocationId, ResourceId};
use crate::page::PageQuery;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};

/// The kinds of visits a person may book, with what the portal says about booking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OfferedTypes {
    /// In the clinic's order.
    pub items: Vec<OfferedType>,
    /// Where the next page begins.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub next_cursor: Option<String>,
    /// What holds for all of them.
    pub rules: BookingRules,
}

/// What a portal lets its people do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BookingRules {
    /// What stands above the visits, with `**bold**`, `*italic*` and `[links](https://…)`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub alert_text: Option<String>,
    /// Whether people book by themselves at all.
    pub schedule: bool,
    /// Whether people can ask the clinic for a visit.
    pub request: bool,
    /// Whether people are offered times that become free.
    pub earlier_offers: bool,
    /// How many days ahead may be searched, today not counted.
    pub days_out: u16,
    /// How many days the list opens with; 0 is all at once.
    pub days_before_showing: u16,
    /// Whether a day can be looked up that the list does not show.
    pub calendar_search: bool,
    /// Whether "first available provider" heads the list of providers; where it does not, one of them is
    /// chosen before times are looked for.
    pub first_available: bool,
    /// Whether the provider is chosen by the clinic and named after booking.
    pub force_any_provider: bool,
    /// Whether a comment can be given.
    pub comments: bool,
    /// What stands above the comment; absent for the usual words.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub comment_prompt: Option<String>,
    /// What the button for a new visit says; absent for the usual words.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub new_button_text: Option<String>,
}

/// A kind of visit a person may book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OfferedType {
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
    /// Whether it cannot be booked without a comment.
    pub comment_required: bool,
    /// What to do before.
    pub preparation: Preparation,
}

/// Somebody the clinic can be asked for by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OfferedProvider {
    /// Which one.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: ResourceId,
    /// The name.
    pub name: String,
    /// Where, among the places of the kind of visit.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<uuid::Uuid>))]
    pub location_ids: Vec<LocationId>,
}

/// What to do before a visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Preparation {
    /// In short.
    pub summary: String,
    /// In full.
    pub full: String,
    /// What to bring, line by line.
    pub bring: Vec<String>,
    /// Hours before the start with nothing but water; 0 for none.
    pub fasting_hours: u8,
}

/// Which free times are asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct SlotsQuery {
    /// The kind of visit.
    #[serde(rename = "type")]
    #[cfg_attr(feature = "openapi", param(value_type = uuid::Uuid))]
    pub appointment_type_id: AppointmentTypeId,
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

impl SlotsQuery {
    /// The page that is asked for.
    #[must_use]
    pub fn page(&self) -> PageQuery {
        PageQuery {
            limit: self.limit,
            cursor: self.cursor.clone(),
        }
    }
}

/// A free time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Slot {
    /// When it starts.
    pub starts_at: DateTime<Utc>,
    /// The end to expect.
    pub ends_at: DateTime<Utc>,
    /// The date at the location.
    pub local_date: NaiveDate,
    /// The wall-clock time there.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "14:30:00"))]
    pub local_time: NaiveTime,
    /// The location's IANA zone.
    pub zone: String,
    /// Where.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub location_id: LocationId,
    /// How.
    #[cfg_attr(feature = "openapi", schema(value_type = super::schema::Modality))]
    pub modality: Modality,
    /// With whom and where in the building; absent where the clinic chooses.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub resources: Option<Vec<SlotResource>>,
}

impl Slot {
    /// What leads the visit, mostly the provider; nothing where the clinic chooses.
    #[must_use]
    pub fn lead(&self) -> Option<&SlotResource> {
        self.resources.as_ref()?.first()
    }
}

/// A provider, room or piece of equipment of a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SlotResource {
    /// Which one.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: ResourceId,
    /// Its name.
    pub name: String,
}

/// Keep a time for a few minutes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct HoldSlot {
    /// The kind of visit.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub appointment_type_id: AppointmentTypeId,
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

/// A kept time, with everything the person wants to know before confirming.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SlotHold {
    /// Which one.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: HoldId,
    /// Until when it is kept.
    pub expires_at: DateTime<Utc>,
    /// For how many seconds it is still kept, by the server's clock.
    pub seconds_left: u32,
    /// Whether it can still be extended.
    pub can_extend: bool,
    /// The kind of visit.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub appointment_type_id: AppointmentTypeId,
    /// What it is called.
    pub public_name: String,
    /// The time.
    pub slot: Slot,
    /// Where.
    pub place: Place,
    /// What to do before.
    pub preparation: Preparation,
    /// Whether the person's supervisor will see time, place and public name.
    pub supervisor_sees: bool,
    /// Whether the clinic must agree first.
    pub clinic_confirms: bool,
    /// Counts the changes.
    pub version: i32,
}

/// Book the kept time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BookAppointment {
    /// The hold.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub hold_id: HoldId,
    /// Something the clinic should know, at most 500 characters.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub comment: Option<String>,
}

/// Move a visit to the kept time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MoveAppointment {
    /// The hold, taken for moving this visit.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub hold_id: HoldId,
}

/// Check in for a visit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CheckIn {
    /// Something to know at the desk, at most 100 characters.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub comment: Option<String>,
}

/// Which of one's visits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AppointmentView {
    /// What lies ahead, the soonest first.
    #[default]
    Upcoming,
    /// What is over, given back or missed, the latest first.
    Past,
}

/// Which of one's visits are asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct AppointmentsQuery {
    /// Upcoming or past.
    #[cfg_attr(feature = "openapi", param(inline))]
    #[serde(default)]
    pub view: AppointmentView,
}

/// A visit, as the person sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Appointment {
    /// Which one.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: AppointmentId,
    /// Counts the changes.
    pub version: i32,
    /// How far it has come.
    #[cfg_attr(feature = "openapi", schema(value_type = super::schema::State))]
    pub state: State,
    /// The kind of visit.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub appointment_type_id: AppointmentTypeId,
    /// What it is called.
    pub public_name: String,
    /// When it starts.
    pub starts_at: DateTime<Utc>,
    /// The end to expect.
    pub ends_at: DateTime<Utc>,
    /// The location's IANA zone.
    pub zone: String,
    /// Where.
    pub place: Place,
    /// How.
    #[cfg_attr(feature = "openapi", schema(value_type = super::schema::Modality))]
    pub modality: Modality,
    /// Where the person said they will be, for a visit online: a country (`CA`) or a part of one (`US-IN`, ISO
    /// 3166).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub region: Option<String>,
    /// When it can be joined; absent where there is nothing to join.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub joining: Option<Joining>,
    /// What to type at the clinic's door to check in; absent where that is not offered.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub check_in_code: Option<String>,
    /// With whom and where in the building.
    pub resources: Vec<SlotResource>,
    /// What the person wrote when booking.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub comment: Option<String>,
    /// What the supervisor who booked it wrote.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub supervisor_comment: Option<String>,
    /// Why it was given back.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cancel_reason: Option<String>,
    /// Why the clinic did not agree.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub denial: Option<String>,
    /// Whether the person said that they will come.
    pub attends: bool,
    /// When the person checked in.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub checked_in_at: Option<DateTime<Utc>>,
    /// What to do before.
    pub preparation: Preparation,
    /// Whether the person's supervisor sees time, place and public name.
    pub supervisor_sees: bool,
    /// What may be done with it now.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<super::schema::Act>))]
    pub allowed: Vec<Act>,
    /// The last instant at which it can be given back here.
    pub deadline_cancel: DateTime<Utc>,
    /// The last instant at which it can be moved here.
    pub deadline_move: DateTime<Utc>,
}

/// When a visit online can be joined, both ends included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Joining {
    /// From then on.
    pub opens_at: DateTime<Utc>,
    /// Until then.
    pub closes_at: DateTime<Utc>,
    /// Whether it is open now.
    pub open: bool,
}

/// Where a visit online is joined.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JoinLink {
    /// The address, `https`.
    pub url: String,
    /// Until when it is shown.
    pub closes_at: DateTime<Utc>,
}

/// Give a visit back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CancelAppointment {
    /// The reason's code.
    pub reason: String,
    /// More about it, at most 500 characters; read by staff only.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub comment: Option<String>,
}

/// A reason for giving a visit back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CancelReason {
    /// Its code.
    pub code: String,
    /// What people read.
    pub label: String,
    /// Whether a sentence is wanted with it.
    pub wants_text: bool,
}
