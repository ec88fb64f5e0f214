//! Questionnaires: answering and review.

use salus_types::ids::{PersonId, QuestionnaireVersionId, ResponseId};
use salus_types::page::Page;
use salus_types::questionnaires::{
    AssignQuestionnaire, DraftSaved, Questionnaire, QuestionnaireAssignment, QuestionnaireVersion,
    Response, ReviewQuery, SaveAnswers, StartResponse, SubmitResponse, SubmittedResponse,
    SubmittedResponseSummary,
};

use crate::{Client, Error, Versioned};

impl Client {
    /// The questionnaires to answer by due date, then those answered.
    ///
    /// # Errors
    /// `forbidden`.
    pub async fn list_my_questionnaire_assignments(
        &self,
    ) -> Result<Page<QuestionnaireAssignment>, Error> {
        self.get("/api/v1/me/questionnaire-assignments").await
    }

    /// The content of a published version; it never changes.
    ///
    /// # Errors
    /// `not-found`.
    pub async fn get_my_questionnaire_version(
        &self,
        id: QuestionnaireVersionId,
    ) -> Result<QuestionnaireVersion, Error> {
        self.get(&format!("/api/v1/me/questionnaire-versions/{id}"))
            .await
    }

    /// Begins to answer, or takes the open draft up again.
    ///
    /// # Errors
    /// `not-found`, `already-submitted`, `wrong-state`.
    pub async fn start_my_response(
        &self,
        key: &str,
        command: &StartResponse,
    ) -> Result<Versioned<Response>, Error> {
        self.create("/api/v1/me/responses", key, command).await
    }

    /// A draft or submitted response with its saved answers.
    ///
    /// # Errors
    /// `not-found`.
    pub async fn get_my_response(&self, id: ResponseId) -> Result<Versioned<Response>, Error> {
        self.get_versioned(&format!("/api/v1/me/responses/{id}"))
            .await
    }

    /// Saves answers of a draft; those changed elsewhere hold up no other.
    ///
    /// # Errors
    /// `answer-conflict`, `answers-invalid`, `already-submitted`, `draft-expired`.
    pub async fn save_my_answers(
        &self,
        id: ResponseId,
        command: &SaveAnswers,
    ) -> Result<DraftSaved, Error> {
        self.patch(&format!("/api/v1/me/responses/{id}"), command)
            .await
    }

    /// Puts a draft aside; the next start begins an empty one.
    ///
    /// # Errors
    /// `already-submitted`, `version-conflict`.
    pub async fn discard_my_response(&self, id: ResponseId, version: i32) -> Result<(), Error> {
        self.delete_versioned(&format!("/api/v1/me/responses/{id}"), version)
            .await
    }

    /// Sends a draft to the clinic.
    ///
    /// # Errors
    /// `answers-invalid`, `hidden-item-answered`, `response-empty`, `person-mismatch`,
    /// `form-changed-with-date`, `already-submitted`.
    pub async fn submit_my_response(
        &self,
        id: ResponseId,
        command: &SubmitResponse,
    ) -> Result<Response, Error> {
        self.post(&format!("/api/v1/me/responses/{id}/submission"), command)
            .await
    }

    /// Submitted questionnaires: urgent flags first, then the oldest.
    ///
    /// # Errors
    /// `forbidden`.
    pub async fn list_responses(
        &self,
        query: &ReviewQuery,
    ) -> Result<Page<SubmittedResponseSummary>, Error> {
        self.get_with("/api/v1/clinic/responses", query).await
    }

    /// A submitted questionnaire, whole.
    ///
    /// # Errors
    /// `not-found`.
    pub async fn get_response(
        &self,
        id: ResponseId,
    ) -> Result<Versioned<SubmittedResponse>, Error> {
        self.get_versioned(&format!("/api/v1/clinic/responses/{id}"))
            .await
    }

    /// Signs a submitted questionnaire.
    ///
    /// # Errors
    /// `version-conflict`, `wrong-state`.
    pub async fn review_response(
        &self,
        id: ResponseId,
        version: i32,
    ) -> Result<Versioned<SubmittedResponse>, Error> {
        let path = format!("/api/v1/clinic/responses/{id}/review");
        self.post_versioned(&path, version, &serde_json::json!({}))
            .await
    }

    /// The questionnaires that can be handed to people.
    ///
    /// # Errors
    /// `forbidden`.
    pub async fn list_questionnaires(&self) -> Result<Page<Questionnaire>, Error> {
        self.get("/api/v1/clinic/questionnaires").await
    }

    /// Hands a questionnaire to a person.
    ///
    /// # Errors
    /// `not-found`, `wrong-state`, `invalid`.
    pub async fn assign_questionnaire(
        &self,
        id: PersonId,
        key: &str,
        command: &AssignQuestionnaire,
    ) -> Result<Versioned<QuestionnaireAssignment>, Error> {
        let path = format!("/api/v1/clinic/people/{id}/questionnaire-assignments");
        self.create(&path, key, command).await
    }
}
