//! Questionnaires and versions, assignments, responses with their sealed answers, observations.

mod answers;
mod assignments;
mod content;
mod facts;
mod observations;
mod responses;

pub use answers::{
    AnswerRow, OperationRow, RevisionRow, SealedAnswer, done_operations, find_revision,
    insert_operations, insert_revision, keep_only, list_answers, save_answers,
};
pub use assignments::{
    AssignmentRow, NewAssignment, create_assignment, find_assignment, find_taken_back,
    hand_over_again, list_assignments, put_off_assignments, set_assignment_state,
    take_back_assignments,
};
pub use content::{
    NewQuestionnaire, NewVersion, QuestionnaireRow, VersionRow, find_current_version,
    find_questionnaire_by_key, find_version, insert_questionnaire, insert_version,
    list_questionnaires, publish_version,
};
pub use facts::{FactsRow, find_facts};
pub use observations::{
    NewObservation, ObservationRow, finish_observations, list_observations, save_observations,
};
pub use responses::{
    NewResponse, ResponseRow, ReviewRow, Submitted, discard_response, find_draft, find_response,
    find_review, forms_to_review, insert_response, list_for_review, lock_response, review_response,
    save_progress, submit_response,
};
