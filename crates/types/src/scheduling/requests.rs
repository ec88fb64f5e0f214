//! Asking the clinic for a visit, and the times it proposes.

use super::{
    AppointmentTypeName, Audience, ClinicPerson, Modality, OverrideRules, Place, SlotResource,
};
use crate::ids::{
    AppointmentId, AppointmentRequestId, AppointmentTypeId, ConversationId, EmployerId, LocationId,
    OfferId, PersonId, ResourceId,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use salus_domain::scheduling::offer::{MOST_TIMES, USUAL_HOURS};
pub use salus_domain::scheduling::request::{
    Act as RequestAct, Contact, DayPart, MOST_PREFERENCES, Preference, State as RequestState,
};

/// Ask the clinic for a visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RequestAppointment {
    /// The kind of visit.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub appointment_type_id: AppointmentTypeId,
    /// Where; anywhere when absent.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub location_id: Option<LocationId>,
    /// With whom; whoever is free when absent.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub resource_id: Option<ResourceId>,
    /// How.
    #[cfg_attr(feature = "openapi", schema(value_type = super::schema::Modality))]
    pub modality: Modality,
    /// Where the person will be, for a visit online: a country (`CA`) or a part of one (`US-IN`, ISO
    /// 3166).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub region: Option<String>,
    /// When it would suit, up to three.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<super::schema::Preference>))]
    #[serde(default)]
    pub preferences: Vec<Preference>,
    /// How one wants to hear from the clinic.
    #[cfg_attr(feature = "openapi", schema(value_type = super::schema::Contact))]
    pub contact: Contact,
    /// Something the clinic should know, at most 1,000 characters.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub comment: Option<String>,
}

/// Ask the clinic for a visit of a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RequestForReport {
    /// The kind of visit.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub appointment_type_id: AppointmentTypeId,
    /// Where; anywhere when absent.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub location_id: Option<LocationId>,
    /// With whom; whoever is free when absent.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub resource_id: Option<ResourceId>,
    /// How.
    #[cfg_attr(feature = "openapi", schema(value_type = super::schema::Modality))]
    pub modality: Modality,
    /// Where the person will be, when it takes place online: a country or a part of it (ISO 3166).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub region: Option<String>,
    /// When it would suit, up to three.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<super::schema::Preference>))]
    #[serde(default)]
    pub preferences: Vec<Preference>,
    /// Something the clinic should know, at most 500 characters; the person reads it too.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub comment: Option<String>,
}

/// A request for a visit of a report, as the supervisor who sent it sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TeamAppointmentRequest {
    /// Which one.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: AppointmentRequestId,
    /// Counts the changes.
    pub version: i32,
    /// For whom.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub person_id: PersonId,
    /// What the kind of visit is called.
    pub public_name: String,
    /// How far it has come.
    #[cfg_attr(feature = "openapi", schema(value_type = super::schema::RequestState))]
    pub state: RequestState,
    /// How.
    #[cfg_attr(feature = "openapi", schema(value_type = super::schema::Modality))]
    pub modality: Modality,
    /// When it would suit.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<super::schema::Preference>))]
    pub preferences: Vec<Preference>,
    /// When it was sent.
    pub sent_at: DateTime<Utc>,
    /// By when the clinic said it would answer.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub answer_by: Option<DateTime<Utc>>,
    /// The conversation with the clinic about it.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub conversation_id: ConversationId,
}

/// A request for a visit, as the person sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AppointmentRequest {
    /// Which one.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: AppointmentRequestId,
    /// Counts the changes.
    pub version: i32,
    /// How far it has come.
    #[cfg_attr(feature = "openapi", schema(value_type = super::schema::RequestState))]
    pub state: RequestState,
    /// The kind of visit.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub appointment_type_id: AppointmentTypeId,
    /// What it is called.
    pub public_name: String,
    /// Where; anywhere when absent.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub place: Option<Place>,
    /// With whom; whoever is free when absent.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub resource: Option<SlotResource>,
    /// How.
    #[cfg_attr(feature = "openapi", schema(value_type = super::schema::Modality))]
    pub modality: Modality,
    /// When it would suit.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<super::schema::Preference>))]
    pub preferences: Vec<Preference>,
    /// How the person wants to hear from the clinic.
    #[cfg_attr(feature = "openapi", schema(value_type = super::schema::Contact))]
    pub contact: Contact,
    /// What was written when asking.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub comment: Option<String>,
    /// Who asked: the person, or who supervises them.
    #[cfg_attr(feature = "openapi", schema(value_type = super::schema::Audience))]
    pub asked_by: Audience,
    /// When it was sent.
    pub sent_at: DateTime<Utc>,
    /// By when the clinic said it would answer.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub answer_by: Option<DateTime<Utc>>,
    /// When the clinic read it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub seen_at: Option<DateTime<Utc>>,
    /// Why the clinic has no time.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub decline_reason: Option<String>,
    /// The times the clinic keeps for it now, the soonest first.
    pub offers: Vec<Offer>,
    /// The visit it became.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub appointment_id: Option<AppointmentId>,
    /// The conversation with the clinic about it.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub conversation_id: Option<ConversationId>,
    /// What may be done with it now.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<super::schema::RequestAct>))]
    pub allowed: Vec<RequestAct>,
}

/// A time that is kept for somebody and proposed to them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Offer {
    /// Which one.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: OfferId,
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
    /// With whom and where in the building; absent where the clinic chooses.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub resources: Option<Vec<SlotResource>>,
    /// Until when it is kept.
    pub expires_at: DateTime<Utc>,
    /// For how many seconds it is still kept, by the server's clock.
    pub seconds_left: u32,
    /// Whether it is kept; otherwise others were told too, and whoever takes it first has it.
    pub kept: bool,
}

/// Which requests the clinic asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RequestView {
    /// Those of which something is still to come, the oldest first.
    #[default]
    Waiting,
    /// Those of which nothing more comes, the latest first.
    Ended,
}

/// Which requests the clinic asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct RequestsQuery {
    /// Waiting or ended.
    #[cfg_attr(feature = "openapi", param(inline))]
    #[serde(default)]
    pub view: RequestView,
}

/// A request for a visit, as the clinic sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClinicAppointmentRequest {
    /// Which one.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: AppointmentRequestId,
    /// Counts the changes.
    pub version: i32,
    /// How far it has come.
    #[cfg_attr(feature = "openapi", schema(value_type = super::schema::RequestState))]
    pub state: RequestState,
    /// For whom.
    pub person: ClinicPerson,
    /// For which employer.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub employer_id: EmployerId,
    /// What kind of visit.
    pub appointment_type: AppointmentTypeName,
    /// Where; anywhere when absent.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub place: Option<Place>,
    /// With whom; whoever is free when absent.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub resource: Option<SlotResource>,
    /// How.
    #[cfg_attr(feature = "openapi", schema(value_type = super::schema::Modality))]
    pub modality: Modality,
    /// Where the person will be, for a visit online: a country (`CA`) or a part of one (`US-IN`, ISO
    /// 3166).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub region: Option<String>,
    /// When it would suit.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<super::schema::Preference>))]
    pub preferences: Vec<Preference>,
    /// How the person wants to hear from the clinic.
    #[cfg_attr(feature = "openapi", schema(value_type = super::schema::Contact))]
    pub contact: Contact,
    /// What was written when asking.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub comment: Option<String>,
    /// Who asked: the person, or who supervises them.
    #[cfg_attr(feature = "openapi", schema(value_type = super::schema::Audience))]
    pub asked_by: Audience,
    /// When it was sent.
    pub sent_at: DateTime<Utc>,
    /// By when the clinic said it would answer.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub answer_by: Option<DateTime<Utc>>,
    /// It waits for the clinic longer than the clinic said.
    pub overdue: bool,
    /// When the clinic read it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub seen_at: Option<DateTime<Utc>>,
    /// Why the clinic has no time.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub decline_reason: Option<String>,
    /// The times the clinic keeps for it now, the soonest first.
    pub offers: Vec<Offer>,
    /// The visit it became.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub appointment_id: Option<AppointmentId>,
    /// The conversation about it.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub conversation_id: Option<ConversationId>,
    /// What may be done with it now.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<super::schema::RequestAct>))]
    pub allowed: Vec<RequestAct>,
}

/// A time for a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RequestTime {
    /// When it starts.
    pub starts_at: DateTime<Utc>,
    /// Where.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub location_id: LocationId,
    /// How.
    #[cfg_attr(feature = "openapi", schema(value_type = super::schema::Modality))]
    pub modality: Modality,
    /// With whom; whoever is free when absent.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub resource_id: Option<ResourceId>,
}

/// Keep one to five times for a person and propose them; they take the place of those proposed
/// before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OfferTimes {
    /// The times; none overlaps another.
    pub times: Vec<RequestTime>,
    /// For how many hours they are kept, 1 to 72; 24 when absent.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub hours: Option<u16>,
    /// Rules to set aside for these times, after `override-needed` named them.
    #[serde(rename = "override", skip_serializing_if = "Option::is_none", default)]
    pub set_aside: Option<OverrideRules>,
}

/// Book a visit for a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BookRequest {
    /// When, where and with whom.
    pub time: RequestTime,
    /// Something to know, at most 500 characters.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub comment: Option<String>,
    /// Rules to set aside, after `override-needed` named them.
    #[serde(rename = "override", skip_serializing_if = "Option::is_none", default)]
    pub set_aside: Option<OverrideRules>,
}

/// Say that there is no time for a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DeclineRequest {
    /// Why, for the person to read; 1 to 500 characters.
    pub reason: String,
    /// Whether the person waits on for a time that becomes free.
    #[serde(default)]
    pub wait_list: bool,
}
