//! Setting kinds of visits up and changing them.

use super::setup::{AfterType, AppointmentType};
use super::{Modality, ResourceKind};
use crate::ids::{LocationId, OrderItemId, QuestionnaireId, ResourceId};
use crate::patch::clearable;
use crate::work_status::LintConfirmation;
use serde::{Deserialize, Serialize};

/// Set a kind of visit up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateAppointmentType {
    /// Its short code, 1 to 15 of A-Z, 0-9 and the hyphen; it stays.
    #[cfg_attr(feature = "openapi", schema(example = "AUDIO"))]
    pub code: String,
    /// Its rules and texts.
    pub settings: AppointmentTypeSettings,
    /// That a public name stays although it looks like health information.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub lint_confirmation: Option<LintConfirmation>,
}

/// What people read about a kind of visit, in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AppointmentTypeText {
    /// Language tag.
    pub language: String,
    /// The name everybody may know, at most 60 characters.
    pub public_name: String,
    /// Preparation in short, at most 300 characters; it may travel.
    #[serde(default)]
    pub prep_public: String,
    /// Preparation in full, at most 4,000 characters.
    #[serde(default)]
    pub prep_full: String,
    /// What to bring, at most ten lines of 80 characters.
    #[serde(default)]
    pub bring: Vec<String>,
}

/// Something a visit takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AppointmentTypeNeed {
    /// What kind of resource.
    #[cfg_attr(feature = "openapi", schema(value_type = super::schema::ResourceKind))]
    pub kind: ResourceKind,
    /// One with this skill.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub skill: Option<String>,
    /// This one.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub resource_id: Option<ResourceId>,
    /// How many at once, 1 to 4.
    #[serde(default = "one")]
    pub count: u8,
}

/// The rules and texts of a kind of visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AppointmentTypeSettings {
    /// Its clinical name, at most 60 characters.
    pub name: String,
    /// What people read, by language; at least one.
    pub texts: Vec<AppointmentTypeText>,
    /// What it takes, the leading one first; one provider when there are none.
    #[serde(default)]
    pub needs: Vec<AppointmentTypeNeed>,
    /// Forms handed over at booking.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<uuid::Uuid>))]
    #[serde(default)]
    pub questionnaire_ids: Vec<QuestionnaireId>,
    /// What of the catalogue it answers where that is due.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<uuid::Uuid>))]
    #[serde(default)]
    pub fulfils: Vec<OrderItemId>,
    /// Minutes the resources are needed, 5 to 480 in steps of 5.
    pub duration: u16,
    /// Minutes the person is told, 5 to 720; as long as it takes when absent.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub shown_duration: Option<u16>,
    /// Minutes kept free before, 0 to 120.
    #[serde(default)]
    pub buffer_before: u16,
    /// Minutes kept free after, 0 to 120.
    #[serde(default)]
    pub buffer_after: u16,
    /// How it can take place.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<super::schema::Modality>))]
    #[serde(default = "in_person")]
    pub modalities: Vec<Modality>,
    /// Where.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<uuid::Uuid>))]
    #[serde(default)]
    pub location_ids: Vec<LocationId>,
    /// Whether employees book it themselves.
    #[serde(default)]
    pub employee_bookable: bool,
    /// Whether supervisors book it for a report.
    #[serde(default)]
    pub supervisor_bookable: bool,
    /// Whether a supervisor may know of such a visit; when absent, they may where they book it or where it
    /// answers something of the catalogue.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub visible_to_supervisor: Option<bool>,
    /// Whether a portal booking waits for the clinic's word.
    #[serde(default)]
    pub clinic_confirms: bool,
    /// Hours between booking and start, 0 to 336.
    #[serde(default = "an_hour")]
    pub min_notice_to_book: u16,
    /// Hours of notice for giving it back, 0 to 336.
    #[serde(default = "a_day")]
    pub cancel_notice: u16,
    /// Hours of notice for moving it, 0 to 336.
    #[serde(default = "a_day")]
    pub move_notice: u16,
    /// How often a portal user may move a visit, 0 to 20.
    #[serde(default = "three")]
    pub max_moves: u8,
    /// Visits of the kind for one person on one date, 1 to 10.
    #[serde(default = "one")]
    pub max_per_day: u8,
    /// Where it comes among visits made one after the other, 1 to 99; the lower is earlier.
    #[serde(default = "middle")]
    pub bundle_order: u8,
    /// Which visit it follows: people who have that one take only times within the hours after it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub after: Option<AfterType>,
    /// Hours with nothing but water before, 0 to 24.
    #[serde(default)]
    pub fasting_hours: u8,
    /// Its place in lists, 1 to 99.
    #[serde(default = "middle")]
    pub display_order: u8,
    /// The colour it has on the calendar.
    #[serde(default = "teal")]
    pub colour: String,
    /// Whether it can be booked at all.
    #[serde(default = "yes")]
    pub active: bool,
}

fn one() -> u8 {
    1
}

fn three() -> u8 {
    3
}

fn middle() -> u8 {
    50
}

fn an_hour() -> u16 {
    1
}

fn a_day() -> u16 {
    24
}

fn in_person() -> Vec<Modality> {
    vec![Modality::InPerson]
}

fn teal() -> String {
    "teal".to_owned()
}

fn yes() -> bool {
    true
}

impl From<AppointmentType> for AppointmentTypeSettings {
    fn from(kind: AppointmentType) -> Self {
        Self {
            name: kind.name,
            texts: kind.texts,
            needs: kind.needs,
            questionnaire_ids: kind.questionnaire_ids,
            fulfils: kind.fulfils,
            duration: kind.duration,
            shown_duration: Some(kind.shown_duration),
            buffer_before: kind.buffer_before,
            buffer_after: kind.buffer_after,
            modalities: kind.modalities,
            location_ids: kind.location_ids,
            employee_bookable: kind.employee_bookable,
            supervisor_bookable: kind.supervisor_bookable,
            visible_to_supervisor: Some(kind.visible_to_supervisor),
            clinic_confirms: kind.clinic_confirms,
            min_notice_to_book: kind.min_notice_to_book,
            cancel_notice: kind.cancel_notice,
            move_notice: kind.move_notice,
            max_moves: kind.max_moves,
            max_per_day: kind.max_per_day,
            bundle_order: kind.bundle_order,
            after: kind.after,
            fasting_hours: kind.fasting_hours,
            display_order: kind.display_order,
            colour: kind.colour,
            active: kind.active,
        }
    }
}

/// For which visits a change of times counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ApplyTo {
    /// For those booked from now on.
    #[default]
    NewOnly,
    /// For those booked already too, unless one would collide.
    AlsoBooked,
}

/// Change a kind of visit: what is absent stays, what is null is cleared; lists are replaced.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct ChangeAppointmentType {
    /// For which visits a change of times counts; for new ones only when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub apply_to: Option<ApplyTo>,
    /// That a public name stays although it looks like health information.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lint_confirmation: Option<LintConfirmation>,
    /// Its clinical name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What people read, by language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub texts: Option<Vec<AppointmentTypeText>>,
    /// What it takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub needs: Option<Vec<AppointmentTypeNeed>>,
    /// Forms handed over at booking.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Vec<uuid::Uuid>>))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub questionnaire_ids: Option<Vec<QuestionnaireId>>,
    /// What of the catalogue it answers.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Vec<uuid::Uuid>>))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fulfils: Option<Vec<OrderItemId>>,
    /// Minutes the resources are needed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration: Option<u16>,
    /// Minutes the person is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shown_duration: Option<u16>,
    /// Minutes kept free before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub buffer_before: Option<u16>,
    /// Minutes kept free after.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub buffer_after: Option<u16>,
    /// How it can take place.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Vec<super::schema::Modality>>))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modalities: Option<Vec<Modality>>,
    /// Where.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Vec<uuid::Uuid>>))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location_ids: Option<Vec<LocationId>>,
    /// Whether employees book it themselves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub employee_bookable: Option<bool>,
    /// Whether supervisors book it for a report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supervisor_bookable: Option<bool>,
    /// Whether a supervisor may know of such a visit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visible_to_supervisor: Option<bool>,
    /// Whether a portal booking waits for the clinic's word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clinic_confirms: Option<bool>,
    /// Hours between booking and start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_notice_to_book: Option<u16>,
    /// Hours of notice for giving it back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cancel_notice: Option<u16>,
    /// Hours of notice for moving it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub move_notice: Option<u16>,
    /// How often a portal user may move a visit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_moves: Option<u8>,
    /// Visits of the kind for one person on one date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_per_day: Option<u8>,
    /// Where it comes among visits made one after the other.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bundle_order: Option<u8>,
    /// Which visit it follows; null is none.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<AfterType>))]
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "clearable"
    )]
    pub after: Option<Option<AfterType>>,
    /// Hours with nothing but water before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fasting_hours: Option<u8>,
    /// Its place in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_order: Option<u8>,
    /// The colour it has on the calendar.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub colour: Option<String>,
    /// Whether it can be booked at all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub active: Option<bool>,
}

impl From<AppointmentTypeSettings> for ChangeAppointmentType {
    /// A change to exactly this.
    fn from(whole: AppointmentTypeSettings) -> Self {
        Self {
            apply_to: None,
            lint_confirmation: None,
            name: Some(whole.name),
            texts: Some(whole.texts),
            needs: Some(whole.needs),
            questionnaire_ids: Some(whole.questionnaire_ids),
            fulfils: Some(whole.fulfils),
            duration: Some(whole.duration),
            shown_duration: whole.shown_duration,
            buffer_before: Some(whole.buffer_before),
            buffer_after: Some(whole.buffer_after),
            modalities: Some(whole.modalities),
            location_ids: Some(whole.location_ids),
            employee_bookable: Some(whole.employee_bookable),
            supervisor_bookable: Some(whole.supervisor_bookable),
            visible_to_supervisor: whole.visible_to_supervisor,
            clinic_confirms: Some(whole.clinic_confirms),
            min_notice_to_book: Some(whole.min_notice_to_book),
            cancel_notice: Some(whole.cancel_notice),
            move_notice: Some(whole.move_notice),
            max_moves: Some(whole.max_moves),
            max_per_day: Some(whole.max_per_day),
            bundle_order: Some(whole.bundle_order),
            after: Some(whole.after),
            fasting_hours: Some(whole.fasting_hours),
            display_order: Some(whole.display_order),
            colour: Some(whole.colour),
            active: Some(whole.active),
        }
    }
}
