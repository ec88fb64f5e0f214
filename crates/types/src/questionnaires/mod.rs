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
