//! What clinicians send and get.

use chrono::{DateTime, NaiveDate, Utc};
use salus_domain::ids::{
    AssignmentId, ObservationId, PersonId, QuestionnaireId, QuestionnaireVersionId, ResponseId,
};
use salus_domain::questionnaires::{Content, Context, Entry, Raised, Severity, Words};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use super::answering::ResponseState;

/// Why a person is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AssignmentReason {
    /// An order needs it.
    Order,
    /// A visit needs it.
    PreVisit,
    /// A panel asks for it.
    PanelAction,
    /// A case needs it.
    Case,
    /// An application needs it.
    Applicant,
    /// Consent is asked for.
    Consent,
    /// Something answered before calls for it.
    FollowUp,
    /// The clinic asks.
    AdHoc,
}

impl AssignmentReason {
    /// The stored word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Order => "order",
            Self::PreVisit => "pre_visit",
            Self::PanelAction => "panel_action",
            Self::Case => "case",
            Self::Applicant => "applicant",
            Self::Consent => "consent",
            Self::FollowUp => "follow_up",
            Self::AdHoc => "ad_hoc",
        }
    }

    /// Reads the stored word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [
            Self::Order,
            Self::PreVisit,
            Self::PanelAction,
            Self::Case,
            Self::Applicant,
            Self::Consent,
            Self::FollowUp,
            Self::AdHoc,
        ]
        .into_iter()
        .find(|reason| reason.as_str() == word)
    }
}

/// Who answers a questionnaire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Respondent {
    /// The person it is about.
    #[serde(rename = "self")]
    Oneself,
    /// Their supervisor.
    Supervisor,
    /// A clinician.
    Clinician,
    /// An applicant.
    Applicant,
    /// A representative.
    Proxy,
}

impl Respondent {
    /// Reads the stored word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "self" => Self::Oneself,
            "supervisor" => Self::Supervisor,
            "clinician" => Self::Clinician,
            "applicant" => Self::Applicant,
            "proxy" => Self::Proxy,
            _ => return None,
        })
    }
}

/// A questionnaire that can be handed to people.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Questionnaire {
    /// Its id.
    #[cfg_attr(feature = "openapi", schema(value_type = Uuid))]
    pub id: QuestionnaireId,
    /// The stable name.
    #[cfg_attr(feature = "openapi", schema(example = "pre-exam"))]
    pub key: String,
    /// The title by language.
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<String, String>, example = json!({"en": "Before your exam"})))]
    pub title: Words,
    /// Who answers it.
    pub respondent: Respondent,
    /// The number of the current version; absent when none is published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub current_version: Option<i32>,
    /// The current version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Uuid>))]
    pub current_version_id: Option<QuestionnaireVersionId>,
}

/// Hands a questionnaire to a person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AssignQuestionnaire {
    /// The questionnaire.
    #[cfg_attr(feature = "openapi", schema(value_type = Uuid))]
    pub questionnaire_id: QuestionnaireId,
    /// The day it should be answered by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_on: Option<NaiveDate>,
}

/// Which responses a clinician wants to see.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReviewState {
    /// To be reviewed.
    #[default]
    Submitted,
    /// Reviewed.
    Reviewed,
}

/// Filters and place of the review list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
pub struct ReviewQuery {
    /// `submitted` (to be reviewed, the default) or `reviewed`.
    #[cfg_attr(feature = "openapi", param(inline))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<ReviewState>,
    /// How many, 1 to 200; 50 when absent.
    #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 200))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// The `next_cursor` of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// The person a response is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReviewedPerson {
    /// Their id.
    #[cfg_attr(feature = "openapi", schema(value_type = Uuid))]
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// Their birth date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<NaiveDate>,
    /// Their employer's name.
    pub employer: String,
}

/// A line of the review list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SubmittedResponseSummary {
    /// The response.
    #[cfg_attr(feature = "openapi", schema(value_type = Uuid))]
    pub id: ResponseId,
    /// Whose answers.
    pub person: ReviewedPerson,
    /// The questionnaire's title by language.
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<String, String>))]
    pub title: Words,
    /// Where it stands.
    pub state: ResponseState,
    /// When it was submitted.
    pub submitted_at: DateTime<Utc>,
    /// The most urgent flag.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, example = "attention"))]
    pub severity: Option<Severity>,
}

/// One submitted answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SubmittedAnswer {
    /// The item.
    pub link_id: String,
    /// The answer as entered; absent for a calculated value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<super::schema::Answer>))]
    pub entered: Option<Entry>,
    /// The value it means, in its stored unit.
    #[cfg_attr(feature = "openapi", schema(value_type = serde_json::Value))]
    pub value: serde_json::Value,
}

/// How sure an observation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ObservationStatus {
    /// Reported by the person, not reviewed yet.
    Preliminary,
    /// Reviewed.
    Final,
    /// Changed after review.
    Amended,
    /// Taken back.
    EnteredInError,
}

impl ObservationStatus {
    /// Reads the stored word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "preliminary" => Self::Preliminary,
            "final" => Self::Final,
            "amended" => Self::Amended,
            "entered_in_error" => Self::EnteredInError,
            _ => return None,
        })
    }
}

/// A coded observation made from an answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Observation {
    /// Its id.
    #[cfg_attr(feature = "openapi", schema(value_type = Uuid))]
    pub id: ObservationId,
    /// The item it comes from.
    pub link_id: String,
    /// `loinc` or `local`.
    #[cfg_attr(feature = "openapi", schema(example = "loinc"))]
    pub system: String,
    /// The code in that system.
    #[cfg_attr(feature = "openapi", schema(example = "29463-7"))]
    pub code: String,
    /// Name of the observation.
    #[cfg_attr(feature = "openapi", schema(example = "Body weight"))]
    pub display: String,
    /// How sure it is.
    pub status: ObservationStatus,
    /// The value: text, true or false, codes, or an exact number with its unit.
    #[cfg_attr(feature = "openapi", schema(value_type = serde_json::Value))]
    pub value: serde_json::Value,
    /// UCUM code of a number's unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}

/// A submitted response, whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SubmittedResponse {
    /// Its id.
    #[cfg_attr(feature = "openapi", schema(value_type = Uuid))]
    pub id: ResponseId,
    /// Whose answers.
    pub person: ReviewedPerson,
    /// The questionnaire's title by language.
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<String, String>))]
    pub title: Words,
    /// The version that was answered.
    #[cfg_attr(feature = "openapi", schema(value_type = Uuid))]
    pub version_id: QuestionnaireVersionId,
    /// The number of that version.
    pub number: i32,
    /// Its content, to show each answer with its question.
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<String, serde_json::Value>))]
    pub content: Content,
    /// Where it stands.
    pub state: ResponseState,
    /// The row's version, for `If-Match`.
    pub version: i32,
    /// The language it was answered in.
    pub language: String,
    /// When it was submitted.
    pub submitted_at: DateTime<Utc>,
    /// How many recommended questions were left blank on purpose.
    pub blank_recommended: i32,
    /// What the rules knew beside the answers.
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<String, serde_json::Value>))]
    pub context: Context,
    /// The visible answers and calculated values, in the order of the form.
    pub answers: Vec<SubmittedAnswer>,
    /// What rules point out.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<super::schema::RaisedFlag>))]
    pub flags: Vec<Raised>,
    /// What the answers became as data.
    pub observations: Vec<Observation>,
    /// When it was reviewed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewed_at: Option<DateTime<Utc>>,
    /// Who reviewed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewed_by: Option<String>,
    /// The assignment it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Uuid>))]
    pub assignment_id: Option<AssignmentId>,
    /// What the caller may do with it now: `review`.
    pub allowed: Vec<String>,
}

impl SubmittedResponse {
    /// The values by link id.
    #[must_use]
    pub fn values(&self) -> BTreeMap<&str, &serde_json::Value> {
        self.answers
            .iter()
            .map(|answer| (answer.link_id.as_str(), &answer.value))
            .collect()
    }
}
