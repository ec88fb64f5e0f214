//! Publishing a version: compiled, hashed, and from then on unchangeable.

use chrono::{DateTime, Utc};
use salus_domain::ids::{AccountId, ProviderOrgId, QuestionnaireId, QuestionnaireVersionId};
use salus_domain::questionnaires::{Content, Finding, Form, Words, changed_types};
use salus_store::questionnaires::{
    self as store, NewQuestionnaire, NewVersion, find_current_version, find_questionnaire_by_key,
    insert_questionnaire, insert_version,
};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::answers::compiled;
use crate::error::ApiError;
use crate::transaction::{Connection, json_bytes};

/// A form as its author hands it over.
#[derive(Clone, Debug)]
pub struct NewForm {
    /// The stable name.
    pub key: String,
    /// The title by language.
    pub title: Words,
    /// What it is for: `exam`, `survey`, …
    pub purpose: String,
    /// Who answers it: `self`, `clinician`, …
    pub respondent: String,
    /// Pages, questions, rules and texts.
    pub content: Content,
    /// What this version changes.
    pub change_note: String,
}

/// Why a form was not published.
#[derive(Debug)]
pub enum PublishError {
    /// The compiler found errors.
    Findings(Vec<Finding>),
    /// Anything else.
    Api(ApiError),
}

impl<E: Into<ApiError>> From<E> for PublishError {
    fn from(error: E) -> Self {
        Self::Api(error.into())
    }
}

/// Publishes a form as the next version of its questionnaire, made now if it is new. Answers the
/// questionnaire.
///
/// # Errors
/// Every finding of the compiler, a changed type of a known item included; then nothing is kept.
pub async fn publish(
    conn: &mut Connection,
    org: ProviderOrgId,
    questionnaire: QuestionnaireId,
    form: NewForm,
    by: Option<AccountId>,
    now: DateTime<Utc>,
) -> Result<QuestionnaireId, PublishError> {
    let runnable = Form::compile(form.content.clone()).map_err(PublishError::Findings)?;
    let id = match find_questionnaire_by_key(conn, org, &form.key).await? {
        Some(id) => id,
        None => {
            let new = NewQuestionnaire {
                id: questionnaire.0,
                provider_org_id: org.0,
                key: form.key,
                title: serde_json::to_value(&form.title).map_err(ApiError::internal)?,
                purpose: form.purpose,
                respondent: form.respondent,
                created_at: now,
                created_by: by.map(|account| account.0),
            };
            insert_questionnaire(conn, &new).await?;
            questionnaire
        }
    };
    let current = find_current_version(conn, id).await?;
    if let Some(current) = &current {
        let findings = changed_types(&compiled(current)?, &runnable);
        if !findings.is_empty() {
            return Err(PublishError::Findings(findings));
        }
    }
    let version = NewVersion {
        id: Uuid::now_v7(),
        provider_org_id: org.0,
        questionnaire_id: id.0,
        number: current.map_or(1, |current| current.number + 1),
        state: "draft".to_owned(),
        content: serde_json::to_value(&form.content).map_err(ApiError::internal)?,
        created_at: now,
        created_by: by.map(|account| account.0),
    };
    insert_version(conn, &version).await?;
    let hash = Sha256::digest(json_bytes(&form.content)?);
    let version = QuestionnaireVersionId(version.id);
    store::publish_version(conn, version, &hash, &form.change_note, by, now).await?;
    Ok(id)
}
