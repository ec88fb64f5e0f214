//! What the person who answers sends and gets.

use chrono::{DateTime, NaiveDate, Utc};
use salus_domain::ids::{
    AppointmentId, AssignmentId, PersonId, QuestionnaireId, QuestionnaireVersionId, ResponseId,
};
use salus_domain::questionnaires::{Answers, Content, Context, Entry, Words};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

use super::review::AssignmentReason;

/// Where an assignment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AssignmentState {
    /// Not begun.
    Open,
    /// A draft exists.
    InProgress,
    /// Answered.
    Submitted,
    /// No longer asked for, with a reason.
    Waived,
    /// Withdrawn.
    Cancelled,
}

impl AssignmentState {
    /// Reads the stored word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "open" => Self::Open,
            "in_progress" => Self::InProgress,
            "submitted" => Self::Submitted,
            "waived" => Self::Waived,
            "cancelled" => Self::Cancelled,
            _ => return None,
        })
    }
}

/// A questionnaire a person is asked to answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuestionnaireAssignment {
    /// Its id.
    #[cfg_attr(feature = "openapi", schema(value_type = Uuid))]
    pub id: AssignmentId,
    /// The questionnaire.
    #[cfg_attr(feature = "openapi", schema(value_type = Uuid))]
    pub questionnaire_id: QuestionnaireId,
    /// The title by language.
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<String, String>, example = json!({"en": "Before your exam"})))]
    pub title: Words,
    /// What the author says about why it is asked, by language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<BTreeMap<String, String>>))]
    pub introduction: Option<Words>,
    /// The languages it can be answered in.
    pub languages: Vec<String>,
    /// Why the person is asked.
    pub reason: AssignmentReason,
    /// The visit it prepares.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Uuid>))]
    pub appointment_id: Option<AppointmentId>,
    /// The day it should be answered by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_on: Option<NaiveDate>,
    /// Whether that day has passed at the person's place.
    pub overdue: bool,
    /// About how many minutes it takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u16>,
    /// Where it stands.
    pub state: AssignmentState,
    /// The open draft or the submitted response.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Uuid>))]
    pub response_id: Option<ResponseId>,
    /// How many answers are saved.
    pub answered: u32,
}

/// The content of a published version; it never changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuestionnaireVersion {
    /// Its id.
    #[cfg_attr(feature = "openapi", schema(value_type = Uuid))]
    pub id: QuestionnaireVersionId,
    /// The questionnaire.
    #[cfg_attr(feature = "openapi", schema(value_type = Uuid))]
    pub questionnaire_id: QuestionnaireId,
    /// The questionnaire's stable name.
    #[cfg_attr(feature = "openapi", schema(example = "pre-exam"))]
    pub key: String,
    /// The number of the version, from 1.
    pub number: i32,
    /// The title by language.
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<String, String>, example = json!({"en": "Before your exam"})))]
    pub title: Words,
    /// Pages, questions, rules and texts.
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<String, serde_json::Value>))]
    pub content: Content,
}

/// Begins to answer what was assigned, or takes the open draft up again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StartResponse {
    /// The assignment to answer.
    #[cfg_attr(feature = "openapi", schema(value_type = Uuid))]
    pub assignment_id: AssignmentId,
    /// The language to answer in; the account's when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

/// Where a response stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ResponseState {
    /// Being answered.
    Draft,
    /// Sent to the clinic.
    Submitted,
    /// Seen and signed by a clinician.
    Reviewed,
    /// Changed after submission.
    Amended,
    /// Not finished in time.
    Expired,
    /// Begun again.
    Discarded,
    /// Struck by the clinic.
    EnteredInError,
}

impl ResponseState {
    /// The stored word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Reviewed => "reviewed",
            Self::Amended => "amended",
            Self::Expired => "expired",
            Self::Discarded => "discarded",
            Self::EnteredInError => "entered_in_error",
        }
    }

    /// Reads the stored word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [
            Self::Draft,
            Self::Submitted,
            Self::Reviewed,
            Self::Amended,
            Self::Expired,
            Self::Discarded,
            Self::EnteredInError,
        ]
        .into_iter()
        .find(|state| state.as_str() == word)
    }
}

/// One saved answer and the draft's version that brought it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SavedAnswer {
    /// The answer as typed; absent when it was cleared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<super::schema::Answer>, example = json!("20")))]
    pub value: Option<Entry>,
    /// Pass it as `base` when changing this answer.
    pub version: i32,
}

/// A person's answers to one version, from draft to review.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
// FHIR's name: generated clients have a `Response` of their own.
#[cfg_attr(feature = "openapi", schema(as = QuestionnaireResponse))]
pub struct Response {
    /// Its id.
    #[cfg_attr(feature = "openapi", schema(value_type = Uuid))]
    pub id: ResponseId,
    /// The person the answers are about.
    #[cfg_attr(feature = "openapi", schema(value_type = Uuid))]
    pub person_id: PersonId,
    /// The questionnaire.
    #[cfg_attr(feature = "openapi", schema(value_type = Uuid))]
    pub questionnaire_id: QuestionnaireId,
    /// The version it keeps until it is submitted.
    #[cfg_attr(feature = "openapi", schema(value_type = Uuid))]
    pub version_id: QuestionnaireVersionId,
    /// The assignment it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Uuid>))]
    pub assignment_id: Option<AssignmentId>,
    /// Where it stands.
    pub state: ResponseState,
    /// Counts every saved answer.
    pub version: i32,
    /// The language it is answered in.
    pub language: String,
    /// The last save.
    pub saved_at: DateTime<Utc>,
    /// When an unfinished draft expires.
    pub expires_at: DateTime<Utc>,
    /// What rules may know beside the answers.
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<String, serde_json::Value>))]
    pub context: Context,
    /// The saved answers by link id, hidden ones included.
    pub answers: BTreeMap<String, SavedAnswer>,
    /// When it was submitted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub submitted_at: Option<DateTime<Utc>>,
    /// The number to quote after submission.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<String>,
    /// What the caller may do with it now: `save`, `submit`, `start_over`.
    pub allowed: Vec<String>,
}

impl Response {
    /// The answers without their versions.
    #[must_use]
    pub fn entries(&self) -> Answers {
        self.answers
            .iter()
            .filter_map(|(link_id, saved)| Some((link_id.clone(), saved.value.clone()?)))
            .collect()
    }
}

/// Changes answers of a draft. Operations seen before are ignored; those that cannot be applied
/// hold up no other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SaveAnswers {
    /// The changes, in the order they were made; at most 200.
    pub operations: Vec<AnswerOperation>,
    /// The language the person has switched to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

/// One change of one answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AnswerOperation {
    /// Chosen by the browser; a repeat is ignored.
    pub op_id: Uuid,
    /// `/answers/<link_id>`.
    #[cfg_attr(feature = "openapi", schema(example = "/answers/packs"))]
    pub path: String,
    /// The new answer; null clears it.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<super::schema::Answer>, example = json!("20")))]
    pub value: Option<Entry>,
    /// The version of this answer the browser had seen; 0 when there was none.
    pub base: i32,
}

/// What became of saved operations.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DraftSaved {
    /// The draft's version now.
    pub version: i32,
    /// The time of the save.
    pub saved_at: DateTime<Utc>,
    /// The person's local date, which rules may use.
    pub today: NaiveDate,
    /// The versions of the answers the operations named, by link id.
    pub answers: BTreeMap<String, i32>,
}

/// An answer changed on two devices; member `conflicts` of `answer-conflict`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AnswerConflict {
    /// The operation that was not applied.
    pub op_id: Uuid,
    /// `/answers/<link_id>`.
    pub path: String,
    /// What this operation wanted.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<super::schema::Answer>))]
    pub yours: Option<Entry>,
    /// What is saved.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<super::schema::Answer>))]
    pub saved: Option<Entry>,
    /// The version of what is saved; pass it as `base` to replace it.
    pub version: i32,
}

/// Sends a draft to the clinic. The server computes everything again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SubmitResponse {
    /// The person the answers are about; another one is refused.
    #[cfg_attr(feature = "openapi", schema(value_type = Uuid))]
    pub person_id: PersonId,
    /// The version of the draft the person saw.
    pub version: i32,
    /// The local date the person saw.
    pub today: NaiveDate,
    /// The visible answers by link id.
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<String, super::schema::Answer>, example = json!({"smoker": true, "packs": "20"})))]
    pub answers: Answers,
    /// The person's choice to leave recommended questions blank.
    #[serde(default)]
    pub leave_blank: bool,
}
