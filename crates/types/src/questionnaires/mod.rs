//! Questionnaires on the wire, and the form engine the browser shares with the server.

mod answering;
pub mod problems;
mod review;

pub use answering::{
    AnswerConflict, AnswerOperation, AssignmentState, DraftSaved, QuestionnaireAssignment,
    QuestionnaireVersion, Response, ResponseState, SaveAnswers, SavedAnswer, StartResponse,
    SubmitResponse,
};
pub use review::{
    AssignQuestionnaire, AssignmentReason, Observation, ObservationStatus, Questionnaire,
    Respondent, ReviewQuery, ReviewState, ReviewedPerson, SubmittedAnswer, SubmittedResponse,
    SubmittedResponseSummary,
};

/// The form engine: the same code decides in the browser and on the server.
pub mod engine {
    pub use salus_domain::questionnaires::{
        AnswerError, Answers, Choice, Content, Context, Entry, ErrorCode, Flag, Form, Item,
        ItemState, Kind, Layout, Outcome, Raised, Requirement, Severity, Shown, Words, shown,
        toggle,
    };
    pub use salus_domain::rules::Value;
    pub use salus_domain::rules::units;
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
    use std::collections::BTreeMap;
    use utoipa::ToSchema;

    /// One answer as given: yes or no; text, number, date or the code of an option as typed; codes
    /// of several options; a number with its UCUM unit.
    #[derive(Serialize, ToSchema)]
    #[serde(untagged)]
    pub enum Answer {
        Bool(bool),
        Text(String),
        Codes(Vec<String>),
        Quantity { value: String, unit: String },
    }

    /// A flag that a rule raised.
    #[derive(Serialize, ToSchema)]
    pub struct RaisedFlag {
        /// The item whose rule it is.
        pub link_id: String,
        /// How urgent: `info`, `attention`, `urgent`.
        pub severity: String,
        /// What to look at, by language.
        pub message: BTreeMap<String, String>,
    }
}
