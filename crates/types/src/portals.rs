//! Portals: look, words and modules.

use chrono::{DateTime, Utc};
use salus_domain::ids::{AppointmentTypeId, EmployerId, PortalId};
pub use salus_domain::portals::modules::{has_page, is_link};
pub use salus_domain::portals::{PortalAudience, SupportContact, Term, layout, markup, slug};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How a portal presents itself before sign-in, in the asked language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Appearance {
    /// The portal's address name.
    #[cfg_attr(feature = "openapi", schema(example = "northwind"))]
    pub slug: String,
    /// `employee`, `supervisor` or `applicant`.
    pub audience: String,
    /// The name beside the logo.
    pub name: String,
    /// Colour of the primary action.
    #[cfg_attr(feature = "openapi", schema(example = "#1D4ED8"))]
    pub brand_color: String,
    /// Address of the logo.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub logo_url: Option<String>,
    /// What the logo shows, in words.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub logo_alt: Option<String>,
    /// Languages offered.
    pub languages: Vec<String>,
    /// The language texts fall back to.
    pub default_language: String,
    /// Words in place of Salus' own: `person`, `supervisor`, `employer`, `applicant`, `portal`,
    /// `product`.
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<String, schema::Term>))]
    pub terms: BTreeMap<String, Term>,
    /// Line under the greeting.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub welcome: Option<String>,
    /// Whom to ask for help.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<schema::SupportContact>))]
    pub support_contacts: Vec<SupportContact>,
}

/// The portal of the signed-in person: its look and what it offers, in the account's language.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Portal {
    /// How it looks.
    #[serde(flatten)]
    pub appearance: Appearance,
    /// Modules shown, in order.
    pub modules: Vec<Module>,
    /// How many of them stand side by side on the start page, 1 to 4; fewer where the screen is narrow.
    pub columns: u8,
    /// Above the box of a clinical message.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub emergency_text: Option<String>,
    /// The published version.
    pub version: i32,
    /// The portals one may choose among, where there are several.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub choices: Vec<PortalChoice>,
    /// Whether this is the only one or the one chosen; else one of `choices` is to be chosen.
    pub chosen: bool,
}

/// One of several portals of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PortalChoice {
    /// Its address name.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Address of its logo.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub logo_url: Option<String>,
    /// The employer it is of; absent for the provider organization's own.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub employer: Option<String>,
}

/// Choose one of several portals for this session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChoosePortal {
    /// Its address name.
    pub slug: String,
}

/// A module of a portal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Module {
    /// Which: `appointments`, `work_status`, `send_message`, …
    pub key: String,
    /// The portal's own name for it; absent for the module's usual name.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub name: Option<String>,
    /// Settings beside the name.
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<String, serde_json::Value>))]
    pub settings: serde_json::Map<String, serde_json::Value>,
}

/// A module of a portal, as administrators set it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DraftModule {
    /// Which: `appointments`, `supervisor_scheduling`, …
    pub key: String,
    /// Whether it is switched off: people do not see it, and it keeps its name and options.
    #[serde(default)]
    pub off: bool,
    /// The portal's own name for it by language, at most 60 characters; the usual one where it is
    /// missing.
    #[serde(default)]
    pub name: BTreeMap<String, String>,
    /// Its options. What is left out has its usual value; the warning of what is past due keeps its
    /// words. Words are written by language.
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<String, serde_json::Value>))]
    #[serde(default)]
    pub settings: serde_json::Map<String, serde_json::Value>,
}

/// Replace the modules of a portal's draft.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReplaceModules {
    /// The modules, in order, which is that of the navigation too. One that is left out is switched off.
    pub modules: Vec<DraftModule>,
    /// How many stand side by side on the start page, 1 to 4; as before when absent.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub columns: Option<u8>,
}

/// What will be published of a portal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PortalDraft {
    /// The portal.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub portal_id: PortalId,
    /// `employee`, `supervisor` or `applicant`.
    pub audience: String,
    /// Its name.
    pub name: String,
    /// Languages offered.
    pub languages: Vec<String>,
    /// The language texts fall back to.
    pub default_language: String,
    /// The version people see; 0 before the first publication.
    pub published_version: i32,
    /// Whether the modules differ from those that are published.
    pub changed: bool,
    /// When they were saved last.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub saved_at: Option<DateTime<Utc>>,
    /// Who saved them.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub saved_by: Option<String>,
    /// Counts the changes of the modules.
    pub version: i32,
    /// The IANA zone of the portal's clocks.
    pub zone: String,
    /// Colour of the primary action.
    pub brand_color: String,
    /// The publication that is planned, or could not be made and was not looked after since.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub planned: Option<PlannedPublication>,
    /// What will be other than it is published now.
    pub changes: Vec<PortalChange>,
    /// All modules there are, in order, each with all of its options; those that were never chosen come
    /// last.
    pub modules: Vec<DraftModule>,
    /// How many stand side by side on the start page.
    pub columns: u8,
    /// What stands in the way of publishing, as pointers into this answer.
    pub unmet: Vec<String>,
    /// The kinds of visits there are.
    pub appointment_types: Vec<KnownType>,
}

/// What will be published of a portal about what people are told outside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DraftNotifications {
    /// The portal.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub portal_id: PortalId,
    /// Its name.
    pub name: String,
    /// Whether it differs from what is published.
    pub changed: bool,
    /// When it was saved last.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub saved_at: Option<DateTime<Utc>>,
    /// Who saved it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub saved_by: Option<String>,
    /// Counts the changes.
    pub version: i32,
    /// How people are reminded of visits.
    pub reminders: ReminderSettings,
}

/// Replace what a portal's draft says about what people are told outside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReplaceNotifications {
    /// How people are reminded of visits.
    pub reminders: ReminderSettings,
}

/// How people are reminded of visits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReminderSettings {
    /// Some business days before, usually three.
    pub three_days: ReminderByDays,
    /// Some days before, usually one.
    pub one_day: ReminderByDays,
    /// What to do before; two hours before a fast begins where that is earlier.
    pub preparation: ReminderByHours,
}

/// A reminder so many days before, at a time of day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReminderByDays {
    /// Whether it is sent.
    pub on: bool,
    /// How many days before, 0 to 30.
    pub days: u8,
    /// The minute of the reader's day, 0 to 1439.
    pub minute: u16,
    /// The ways it goes out on; at least one where it is sent.
    pub channels: Vec<ReminderChannel>,
}

/// A reminder so many hours before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReminderByHours {
    /// Whether it is sent.
    pub on: bool,
    /// How many hours before, 1 to 72.
    pub hours: u8,
    /// The ways it goes out on; at least one where it is sent.
    pub channels: Vec<ReminderChannel>,
}

/// A way on which a reminder goes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReminderChannel {
    /// By mail.
    Email,
}

/// A publication at a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlannedPublication {
    /// When it is due.
    pub publish_at: DateTime<Utc>,
    /// The version that comes back; the draft when absent.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub version: Option<i32>,
    /// What is new.
    pub note: String,
    /// Who planned it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub planned_by: Option<String>,
    /// `waiting`, or `failed` where it could not be published any more.
    pub state: String,
}

/// Something that differs between two versions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PortalChange {
    /// Where: `/modules/appointments/settings/days_out`.
    pub pointer: String,
    /// What was said there; absent where nothing was.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub before: Option<serde_json::Value>,
    /// What is said there; absent where nothing is.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub after: Option<serde_json::Value>,
}

/// Which version another one is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct ComparisonQuery {
    /// Its number; the version that people see when absent.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub against: Option<i32>,
}

/// What one version says otherwise than another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VersionComparison {
    /// The version.
    pub number: i32,
    /// The one it is compared with.
    pub against: i32,
    /// What differs, by place: from the second to the first.
    pub changes: Vec<PortalChange>,
}

/// A kind of visit a portal may leave out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KnownType {
    /// Which one.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: AppointmentTypeId,
    /// What the clinic calls it.
    pub name: String,
}

/// Publish a portal's draft, or what an earlier version said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PublishPortal {
    /// The version of the draft that was read.
    pub draft_version: i32,
    /// The published version that is to come back; the draft when absent.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub version: Option<i32>,
    /// What is new, at most 500 characters.
    #[serde(default)]
    pub note: String,
    /// When people will see it, five minutes to a year ahead; at once when absent.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub publish_at: Option<DateTime<Utc>>,
}

/// A version of a portal that was published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PortalVersion {
    /// Which one.
    pub number: i32,
    /// Whether people see it now.
    pub published: bool,
    /// When it was published.
    pub published_at: DateTime<Utc>,
    /// By whom.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub published_by: Option<String>,
    /// What was new.
    pub note: String,
}

/// A portal in the administration's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PortalSummary {
    /// The portal.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: PortalId,
    /// The employer it belongs to; absent for the provider organization's own.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    pub employer_id: Option<EmployerId>,
    /// What that employer is called.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub employer: Option<String>,
    /// `employee`, `supervisor` or `applicant`.
    pub audience: String,
    /// Its address name.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Whether people may enter it.
    pub enabled: bool,
    /// The version that is published; absent before the first publication.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub published_version: Option<i32>,
    /// Whether something was changed and is not published yet.
    pub changed: bool,
    /// When something was changed last: made, saved or published.
    pub changed_at: DateTime<Utc>,
    /// Counts its publications and whatever else changes it but its draft.
    pub version: i32,
    /// Colour of the primary action.
    pub brand_color: String,
    /// Keys of the modules it shows, in order.
    pub modules: Vec<String>,
}

/// Make a portal. Nobody sees it before it is published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreatePortal {
    /// The employer it belongs to; absent for the provider organization's own, which everybody gets whose
    /// employer has none.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    pub employer_id: Option<EmployerId>,
    /// `employee` or `supervisor`.
    pub audience: String,
    /// Its address name: 3 to 40 small letters, digits and single hyphens between them.
    pub slug: String,
    /// A portal it begins as a copy of: what that one shows, or is to show. Another owner's name and logo
    /// are left out, and so are another audience's modules.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    pub copy_of: Option<PortalId>,
}

/// An employer that may have portals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EmployerName {
    /// Which one.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: EmployerId,
    /// What it is called.
    pub name: String,
}

/// How the domain's types appear in the document.
#[cfg(feature = "openapi")]
#[allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    reason = "only their shape is used"
)]
pub(crate) mod schema {
    use serde::Serialize;
    use utoipa::ToSchema;

    /// A replacement word in one language.
    #[derive(Serialize, ToSchema)]
    pub struct Term {
        /// One of it.
        pub singular: String,
        /// Several of it.
        pub plural: String,
    }

    /// Whom to ask for help.
    #[derive(Serialize, ToSchema)]
    pub struct SupportContact {
        /// Who or what it is.
        pub label: String,
        /// A telephone number.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub phone: Option<String>,
        /// An e-mail address.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub email: Option<String>,
        /// When somebody answers.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub hours: Option<String>,
    }
}
