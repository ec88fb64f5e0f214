//! Questionnaires: answering and review.

use salus_types::ids::{PersonId, QuestionnaireVersionId, ResponseId};
use salus_types::page::Page;
use salus_types::questionnaires::{
    AssignQuestionnaire, DraftSaved, Questionnaire, QuestionnaireAssignment, QuestionnaireVersion,
    Response, ReviewQuery, SaveAnswers, StartResponse, SubmitResponse, SubmittedResponse,
    SubmittedResponseSummary,
};

use crate::{Call, Client, Versioned};

impl Client {
    /// The questionnaires to answer by due date, then those answered.
    ///
    /// # Errors
    /// `forbidden`.
    pub fn list_my_questionnaire_assignments(&self) -> Call<Page<QuestionnaireAssignment>> {
        self.get("/api/v1/me/questionnaire-assignments")
    }

    /// The content of a published version; it never changes.
    ///
    /// # Errors
    /// `not-found`.
    pub fn get_my_questionnaire_version(
        &self,
        id: QuestionnaireVersionId,
    ) -> Call<QuestionnaireVersion> {
        self.get(&format!("/api/v1/me/questionnaire-versions/{id}"))
    }

    /// Begins to answer, or takes the open draft up again.
    ///
    /// # Errors
    /// `not-found`, `already-submitted`, `wrong-state`.
    pub fn start_my_response(
        &self,
        key: &str,
        command: &StartResponse,
    ) -> Call<Versioned<Response>> {
        self.create("/api/v1/me/responses", key, command)
    }

    /// A draft or submitted response with its saved answers.
    ///
    /// # Errors
    /// `not-found`.
    pub fn get_my_response(&self, id: ResponseId) -> Call<Versioned<Response>> {
        self.get_versioned(&format!("/api/v1/me/responses/{id}"))
    }

    /// Saves answers of a draft; those changed elsewhere hold up no other.
    ///
    /// # Errors
    /// `answer-conflict`, `answers-invalid`, `already-submitted`, `draft-expired`.
    pub fn save_my_answers(&self, id: ResponseId, command: &SaveAnswers) -> Call<DraftSaved> {
        self.patch(&format!("/api/v1/me/responses/{id}"), command)
    }

    /// Puts a draft aside; the next start begins an empty one.
    ///
    /// # Errors
    /// `already-submitted`, `version-conflict`.
    pub fn discard_my_response(&self, id: ResponseId, version: i32) -> Call<()> {
        self.delete_versioned(&format!("/api/v1/me/responses/{id}"), version)
    }

    /// Sends a draft to the clinic.
    ///
    /// # Errors
    /// `answers-invalid`, `hidden-item-answered`, `response-empty`, `person-mismatch`,
    /// `form-changed-with-date`, `already-submitted`.
    pub fn submit_my_response(&self, id: ResponseId, command: &SubmitResponse) -> Call<Response> {
        self.post(&format!("/api/v1/me/responses/{id}/submission"), command)
    }

    /// Submitted questionnaires: urgent flags first, then the oldest.
    ///
    /// # Errors
    /// `forbidden`.
    pub fn list_responses(&self, query: &ReviewQuery) -> Call<Page<SubmittedResponseSummary>> {
        self.get_with("/api/v1/clinic/responses", query)
    }

    /// A submitted questionnaire, whole.
    ///
    /// # Errors
    /// `not-found`.
    pub fn get_response(&self, id: ResponseId) -> Call<Versioned<SubmittedResponse>> {
        self.get_versioned(&format!("/api/v1/clinic/responses/{id}"))
    }

    /// Signs a submitted questionnaire.
    ///
    /// # Errors
    /// `version-conflict`, `wrong-state`.
    pub fn review_response(
        &self,
        id: ResponseId,
        version: i32,
    ) -> Call<Versioned<SubmittedResponse>> {
        let path = format!("/api/v1/clinic/responses/{id}/review");
        self.post_versioned(&path, version, &serde_json::json!({}))
    }

    /// The questionnaires that can be handed to people.
    ///
    /// # Errors
    /// `forbidden`.
    pub fn list_questionnaires(&self) -> Call<Page<Questionnaire>> {
        self.get("/api/v1/clinic/questionnaires")
    }

    /// Hands a questionnaire to a person.
    ///
    /// # Errors
    /// `not-found`, `wrong-state`, `invalid`.
    pub fn assign_questionnaire(
        &self,
        id: PersonId,
        key: &str,
        command: &AssignQuestionnaire,
    ) -> Call<Versioned<QuestionnaireAssignment>> {
        let path = format!("/api/v1/clinic/people/{id}/questionnaire-assignments");
        self.create(&path, key, command)
    }
}
