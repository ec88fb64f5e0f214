//! The questionnaire that prepares an exam, published the way every form is, and who is asked.

use salus_domain::ids::{ProviderOrgId, QuestionnaireId};
use salus_domain::questionnaires::{Content, Words};
use salus_store::questionnaires::{NewAssignment, create_assignment};
use serde::Deserialize;
use uuid::Uuid;

use super::organizations::NORTHWIND;
use super::people::worker;
use super::{FOREIGN, SALUS, id};
use crate::error::ApiError;
use crate::questionnaires::{NewForm, PublishError, publish};
use crate::state::AppState;
use crate::transaction::Tx;

/// The questionnaire `pre-exam` of the first provider organization.
pub const PRE_EXAM: QuestionnaireId = QuestionnaireId(id(0x5a1_4001));
const FOREIGN_PRE_EXAM: QuestionnaireId = QuestionnaireId(id(0x5a1_4002));

/// The assignment that waits for `employee@`.
pub const EMPLOYEE_ASSIGNMENT: Uuid = id(0x5a1_4101);
/// The assignment that waits for `employee2@`.
pub const EMPLOYEE2_ASSIGNMENT: Uuid = id(0x5a1_4102);

#[derive(Deserialize)]
struct Source {
    title: Words,
    content: Content,
}

pub(super) async fn seed(state: &AppState) -> Result<(), ApiError> {
    state
        .run_system(SALUS, "seed_sandbox", async |tx| {
            form(tx, SALUS, PRE_EXAM).await?;
            ask(tx, EMPLOYEE_ASSIGNMENT, worker(4)).await?;
            ask(tx, EMPLOYEE2_ASSIGNMENT, worker(6)).await
        })
        .await?;
    state
        .run_system(FOREIGN, "seed_sandbox", async |tx| {
            form(tx, FOREIGN, FOREIGN_PRE_EXAM).await
        })
        .await
}

async fn form(tx: &mut Tx, org: ProviderOrgId, id: QuestionnaireId) -> Result<(), ApiError> {
    let source: Source =
        serde_json::from_str(include_str!("pre_exam.json")).map_err(ApiError::internal)?;
    let new = NewForm {
        key: "pre-exam".to_owned(),
        title: source.title,
        purpose: "exam".to_owned(),
        respondent: "self".to_owned(),
        content: source.content,
        change_note: "First version".to_owned(),
    };
    let now = tx.now;
    match publish(tx.conn(), org, id, new, None, now).await {
        Ok(_) => Ok(()),
        Err(PublishError::Findings(findings)) => Err(ApiError::internal(format!("{findings:?}"))),
        Err(PublishError::Api(error)) => Err(error),
    }
}

async fn ask(tx: &mut Tx, assignment: Uuid, person: Uuid) -> Result<(), ApiError> {
    let new = NewAssignment {
        id: assignment,
        provider_org_id: SALUS.0,
        employer_id: NORTHWIND,
        person_id: person,
        owner: "provider".to_owned(),
        governance: "hipaa".to_owned(),
        questionnaire_id: PRE_EXAM.0,
        reason: "ad_hoc".to_owned(),
        appointment_id: None,
        due_on: None,
        state: "open".to_owned(),
        created_at: tx.now,
        created_by: None,
    };
    create_assignment(tx.conn(), &new).await?;
    Ok(())
}
