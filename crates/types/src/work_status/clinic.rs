//! Restrictions as the clinic writes and reads them.

use super::{
    Limit, LocalMoment, Period, Phase, RestrictionType, Sentence, Side, Since, Source, State,
    TeamAccommodation, TeamRestriction, WorkStatus, lint,
};
use crate::ids::{AccountId, PersonId, RestrictionId};
use crate::patch::clearable;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// A person's status as their supervisor sees it: the preview beside every shared text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClinicWorkStatus {
    /// Whose.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub person_id: PersonId,
    /// The date in the zone of the person's work location.
    pub on: NaiveDate,
    /// The status now; of another date the most limiting one.
    #[cfg_attr(feature = "openapi", schema(value_type = super::schema::WorkStatus))]
    pub status: WorkStatus,
    /// It changes within the date.
    pub part_day: bool,
    /// Since when, until when.
    pub since: Since,
    /// Calendar days of the current spell of whole days off, the date included.
    pub lost_time_days: u32,
    /// Restrictions the supervisor sees.
    pub restrictions: Vec<TeamRestriction>,
    /// Accommodations the supervisor sees.
    pub accommodations: Vec<TeamAccommodation>,
}

/// Which restrictions are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct RestrictionsQuery {
    /// Also ended, cancelled and mistaken ones.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub ended: Option<bool>,
}

/// A person's restrictions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClinicRestrictions {
    /// By start, the newest first.
    pub items: Vec<ClinicRestriction>,
    /// Where the next page begins; the list comes whole, so there is none.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub next_cursor: Option<String>,
}

/// What can be done with a restriction now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RestrictionAct {
    /// Change what it says.
    Change,
    /// Set a later end.
    Extend,
    /// End it, or cancel it before it began.
    End,
    /// Mark it as a mistake.
    MarkAsError,
}

/// A restriction as the clinic has it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClinicRestriction {
    /// Which restriction.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: RestrictionId,
    /// Whose.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub person_id: PersonId,
    /// Its type.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "lift"))]
    pub kind: RestrictionType,
    /// How much is allowed.
    #[cfg_attr(feature = "openapi", schema(value_type = super::schema::Limit))]
    pub limit: Limit,
    /// Which side of the body.
    #[cfg_attr(feature = "openapi", schema(value_type = super::schema::Side))]
    pub side: Side,
    /// What it says.
    pub sentences: Vec<Sentence>,
    /// From when, until when.
    pub period: Period,
    /// It never ends.
    pub permanent: bool,
    /// Planned, active or ended.
    #[cfg_attr(feature = "openapi", schema(value_type = super::schema::Phase))]
    pub phase: Phase,
    /// What became of it.
    #[cfg_attr(feature = "openapi", schema(value_type = super::schema::State))]
    pub state: State,
    /// Why it is marked as a mistake.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub error_reason: Option<String>,
    /// Off for a personal restriction.
    pub affects_work: bool,
    /// Shared with the person and their supervisor.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub comment: Option<String>,
    /// The cause is occupational.
    pub occupational: bool,
    /// For the clinic only.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub clinical_note: Option<String>,
    /// What it is about.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub problem: Option<String>,
    /// The person may read what it is about.
    pub reason_released: bool,
    /// Meets the criteria of a disability.
    pub disability_criteria: bool,
    /// The clinician who ordered it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    pub provider_account_id: Option<AccountId>,
    /// The name of who ordered it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub provider_name: Option<String>,
    /// People are told of this version.
    pub notify: bool,
    /// Where it comes from.
    #[cfg_attr(feature = "openapi", schema(value_type = super::schema::Source))]
    pub source: Source,
    /// When this version was saved.
    pub saved_at: DateTime<Utc>,
    /// By whom.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub saved_by: Option<String>,
    /// What may be done with it now.
    pub allowed: Vec<RestrictionAct>,
    /// Counts the versions.
    pub version: i32,
}

/// Writes a restriction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WriteRestriction {
    /// Its type.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "lift"))]
    pub kind: RestrictionType,
    /// How much is allowed.
    #[cfg_attr(feature = "openapi", schema(value_type = super::schema::Limit))]
    pub limit: Limit,
    /// Which side of the body.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = super::schema::Side))]
    pub side: Side,
    /// From when, in the zone of the person's work location; now when absent.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, example = "2026-03-02"))]
    pub starts: Option<LocalMoment>,
    /// Until when; a date alone means 23:59. Either this or `permanent`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, example = "2026-03-31"))]
    pub ends: Option<LocalMoment>,
    /// It never ends.
    #[serde(default)]
    pub permanent: bool,
    /// Off for a personal restriction, which the supervisor does not see.
    #[serde(default = "yes")]
    pub affects_work: bool,
    /// Shared with the person and their supervisor, up to 500 characters.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub comment: Option<String>,
    /// The cause is occupational.
    #[serde(default)]
    pub occupational: bool,
    /// For the clinic only, up to 2,000 characters.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub clinical_note: Option<String>,
    /// What it is about, up to 200 characters.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub problem: Option<String>,
    /// The person may read what it is about.
    #[serde(default)]
    pub reason_released: bool,
    /// Meets the criteria of a disability.
    #[serde(default)]
    pub disability_criteria: bool,
    /// The clinician who ordered it; the caller when neither this nor a name is given.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    pub provider_account_id: Option<AccountId>,
    /// Who outside ordered it, up to 120 characters.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub provider_name: Option<String>,
    /// Off = nobody is told of this version.
    #[serde(default = "yes")]
    pub notify: bool,
    /// Confirms a comment that looks like health information.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub lint_confirmation: Option<LintConfirmation>,
}

fn yes() -> bool {
    true
}

/// Changes what a restriction says: absent keeps, null clears.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct ChangeRestriction {
    /// How much is allowed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<super::schema::Limit>))]
    pub limit: Option<Limit>,
    /// Which side of the body.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<super::schema::Side>))]
    pub side: Option<Side>,
    /// From when.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub starts: Option<LocalMoment>,
    /// Until when.
    #[serde(
        deserialize_with = "clearable",
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub ends: Option<Option<LocalMoment>>,
    /// It never ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permanent: Option<bool>,
    /// Off for a personal restriction.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub affects_work: Option<bool>,
    /// Shared with the person and their supervisor.
    #[serde(
        deserialize_with = "clearable",
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub comment: Option<Option<String>>,
    /// The cause is occupational.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub occupational: Option<bool>,
    /// For the clinic only.
    #[serde(
        deserialize_with = "clearable",
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub clinical_note: Option<Option<String>>,
    /// What it is about.
    #[serde(
        deserialize_with = "clearable",
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub problem: Option<Option<String>>,
    /// The person may read what it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason_released: Option<bool>,
    /// Meets the criteria of a disability.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disability_criteria: Option<bool>,
    /// Off = nobody is told of this version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notify: Option<bool>,
    /// Confirms a comment that looks like health information.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lint_confirmation: Option<LintConfirmation>,
}

/// Sets a later end: exactly one of the three.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct ExtendRestriction {
    /// To this local moment.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, example = "2026-04-30"))]
    pub ends: Option<LocalMoment>,
    /// By an ISO 8601 duration of days, weeks, months or years: `P14D`, `P2W`, `P3M`, `P1Y`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "P1M"))]
    pub by: Option<String>,
    /// For good.
    pub permanent: bool,
}

/// Ends a restriction.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct EndRestriction {
    /// With this local moment; now when absent. A planned one is cancelled when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, example = "2026-03-15"))]
    pub ends: Option<LocalMoment>,
}

/// Marks a restriction as a mistake.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MarkRestrictionAsError {
    /// Why, 1 to 200 characters.
    pub reason: String,
}

/// Ends every active restriction today and cancels those that start later.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EndAllRestrictions {
    /// The restrictions that were listed for confirmation; when the list has changed meanwhile,
    /// nothing is done.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<uuid::Uuid>))]
    pub confirmed: Vec<RestrictionId>,
}

/// What ending everything did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EndedRestrictions {
    /// Now ending today.
    pub ended: Vec<ClinicRestriction>,
    /// Planned ones, cancelled.
    pub cancelled: Vec<ClinicRestriction>,
}

/// Confirms a shared text that looks like health information.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LintConfirmation {
    /// The token of the problem, for exactly this text.
    pub token: String,
    /// Why it is shared all the same, 10 to 200 characters; kept in the audit trail.
    pub reason: String,
}

/// A place in a shared text that looks like health information.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LintFinding {
    /// JSON pointer to the text.
    pub pointer: String,
    /// The first character, counted from 0.
    pub start: usize,
    /// The character after the last.
    pub end: usize,
    /// What stands there.
    pub word: String,
    /// What it names: `code`, `condition`, `medicine`, `test`, `sensitive`.
    pub topic: String,
}

impl LintFinding {
    /// A finding in the text a pointer names.
    #[must_use]
    pub fn at(pointer: &str, finding: lint::Finding) -> Self {
        Self {
            pointer: pointer.to_owned(),
            start: finding.start,
            end: finding.end,
            word: finding.word,
            topic: finding.topic.code().to_owned(),
        }
    }
}
