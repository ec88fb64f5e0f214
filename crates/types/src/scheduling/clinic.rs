//! The clinic's calendar.

use super::{Act, Modality, Override, Place, ResourceKind, State};
use crate::ids::{AppointmentId, AppointmentTypeId, EmployerId, LocationId, PersonId, ResourceId};
use crate::page::PageQuery;
use chrono::{DateTime, NaiveDate, Utc};
use salus_domain::scheduling::Audience;
use serde::{Deserialize, Serialize};

/// Which day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct DaySheetQuery {
    /// The local date.
    pub date: NaiveDate,
    /// Where.
    #[cfg_attr(feature = "openapi", param(value_type = uuid::Uuid))]
    pub location: LocationId,
}

/// One day at one location, a column for each resource.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DaySheet {
    /// The local date.
    pub date: NaiveDate,
    /// Where.
    pub place: Place,
    /// The first instant of the day there.
    pub from: DateTime<Utc>,
    /// The first instant after it.
    pub until: DateTime<Utc>,
    /// Providers, then rooms, then equipment, by name.
    pub columns: Vec<DayColumn>,
    /// Every visit of the day, given back ones too, the soonest first.
    pub appointments: Vec<ClinicAppointment>,
}

/// A resource's day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DayColumn {
    /// Which one.
    pub resource: AppointmentResource,
    /// Whether it was deleted; its column is there as long as it has visits on the day.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub deleted: bool,
    /// When it works.
    pub open: Vec<Open>,
    /// When it is away.
    pub closed: Vec<Closed>,
    /// Its visits of the day.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<uuid::Uuid>))]
    pub appointment_ids: Vec<AppointmentId>,
}

/// A stretch in which a resource works.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Open {
    /// The first instant.
    pub from: DateTime<Utc>,
    /// The first instant after it.
    pub until: DateTime<Utc>,
}

/// A stretch in which a resource is away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Closed {
    /// The first instant.
    pub from: DateTime<Utc>,
    /// The first instant after it.
    pub until: DateTime<Utc>,
    /// Why.
    pub reason: String,
}

/// A resource of a visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AppointmentResource {
    /// Which one.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: ResourceId,
    /// Its name.
    pub name: String,
    /// What it is.
    #[cfg_attr(feature = "openapi", schema(value_type = super::schema::ResourceKind))]
    pub kind: ResourceKind,
}

/// Whose visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClinicPerson {
    /// Which one.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: PersonId,
    /// The person's name.
    pub name: String,
}

/// A kind of visit by its clinical name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AppointmentTypeName {
    /// Which one.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: AppointmentTypeId,
    /// Its short code.
    pub code: String,
    /// Its clinical name.
    pub name: String,
    /// The colour it has on the calendar.
    pub colour: String,
}

/// A visit, as the clinic sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClinicAppointment {
    /// Which one.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: AppointmentId,
    /// Counts the changes.
    pub version: i32,
    /// Whose.
    pub person: ClinicPerson,
    /// For which employer.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub employer_id: EmployerId,
    /// What kind.
    pub appointment_type: AppointmentTypeName,
    /// When it starts.
    pub starts_at: DateTime<Utc>,
    /// When the resources are done.
    pub ends_at: DateTime<Utc>,
    /// The end the person was told.
    pub shown_ends_at: DateTime<Utc>,
    /// The location's IANA zone.
    pub zone: String,
    /// Where.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub location_id: LocationId,
    /// How.
    #[cfg_attr(feature = "openapi", schema(value_type = super::schema::Modality))]
    pub modality: Modality,
    /// Where the person said they will be, for a visit online: a country (`CA`) or a part of one (`US-IN`, ISO
    /// 3166).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub region: Option<String>,
    /// With whom and where in the building.
    pub resources: Vec<AppointmentResource>,
    /// How far it has come.
    #[cfg_attr(feature = "openapi", schema(value_type = super::schema::State))]
    pub state: State,
    /// Hours with nothing but water before; 0 for none.
    pub fasting_hours: u8,
    /// Forms handed over for it that were submitted and that nobody at the clinic has reviewed; 0 for who
    /// does not read answers.
    pub unread_forms: u16,
    /// What was written when booking.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub comment: Option<String>,
    /// What the supervisor who booked it wrote.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub supervisor_comment: Option<String>,
    /// Who booked it.
    #[cfg_attr(feature = "openapi", schema(value_type = super::schema::Audience))]
    pub booked_by: Audience,
    /// Why it was given back.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cancel_reason: Option<String>,
    /// What was written when it was given back, and why it was marked as a mistake.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cancel_comment: Option<String>,
    /// Who gave it back.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<super::schema::Audience>))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cancelled_by: Option<Audience>,
    /// Why the clinic did not agree; the person reads it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub denial: Option<String>,
    /// Whether the person said that they will come.
    pub attends: bool,
    /// When the person came.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub checked_in_at: Option<DateTime<Utc>>,
    /// What was written at the door.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub check_in_comment: Option<String>,
    /// The rules that were set aside for its time, and why.
    #[serde(rename = "override", skip_serializing_if = "Option::is_none", default)]
    pub set_aside: Option<OverrideRules>,
    /// What may be done with it now.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<super::schema::Act>))]
    pub allowed: Vec<Act>,
}

/// Rules that are set aside, each by its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OverrideRules {
    /// Which ones: just those `override-needed` named.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<super::schema::Override>))]
    pub kinds: Vec<Override>,
    /// Why, 10 to 500 characters; staff read it.
    pub reason: String,
}

/// Which visits of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct PersonAppointmentsQuery {
    /// Whose.
    #[cfg_attr(feature = "openapi", param(value_type = uuid::Uuid))]
    pub person: PersonId,
}

/// Which free times are asked for, for whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct ClinicSlotsQuery {
    /// For whom.
    #[cfg_attr(feature = "openapi", param(value_type = uuid::Uuid))]
    pub person: PersonId,
    /// The kind of visit.
    #[serde(rename = "type")]
    #[cfg_attr(feature = "openapi", param(value_type = uuid::Uuid))]
    pub appointment_type_id: AppointmentTypeId,
    /// Where.
    #[cfg_attr(feature = "openapi", param(value_type = uuid::Uuid))]
    pub location: LocationId,
    /// With whom; everybody when absent.
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

impl ClinicSlotsQuery {
    /// The page that is asked for.
    #[must_use]
    pub fn page(&self) -> PageQuery {
        PageQuery {
            limit: self.limit,
            cursor: self.cursor.clone(),
        }
    }
}

/// Book a visit for a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BookForPerson {
    /// For whom.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub person_id: PersonId,
    /// For which employer; needed only when the person has several.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub employer_id: Option<EmployerId>,
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
    /// Something to know, at most 500 characters.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub comment: Option<String>,
    /// Whether the person is there: the visit begins with the next minute, whatever `starts_at` says,
    /// and they are checked in.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub walk_in: bool,
    /// Rules to set aside, after `override-needed` named them.
    #[serde(rename = "override", skip_serializing_if = "Option::is_none", default)]
    pub set_aside: Option<OverrideRules>,
}

/// Move a visit of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MoveForPerson {
    /// When it starts now.
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
    /// Rules to set aside, after `override-needed` named them.
    #[serde(rename = "override", skip_serializing_if = "Option::is_none", default)]
    pub set_aside: Option<OverrideRules>,
}

/// Do not agree to a visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DenyAppointment {
    /// Why, for the person to read; 1 to 500 characters.
    pub reason: String,
}

/// Mark a visit as a mistake: it should never have been written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MarkAppointmentAsError {
    /// Why; 1 to 500 characters, staff read it.
    pub reason: String,
}

/// Say what became of a visit that was taken for missed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CorrectAppointment {
    /// `booked` or `fulfilled`.
    #[cfg_attr(feature = "openapi", schema(value_type = super::schema::State))]
    pub state: State,
    /// Why, for the audit trail; 1 to 500 characters.
    pub reason: String,
}
