//! Beginning to answer, or taking an open draft up again.

use actix_web::post;
use actix_web::web::Data;
use chrono::Duration;
use salus_domain::access::{About, Act, DataClass};
use salus_domain::ids::{
    AssignmentId, EmployerId, PersonId, QuestionnaireId, QuestionnaireVersionId, ResponseId,
};
use salus_store::questionnaires::{
    AssignmentRow, NewResponse, ResponseRow, find_assignment, find_current_version, find_draft,
    find_response, insert_response, save_progress, set_assignment_state,
};
use salus_types::problem::{self, Problem};
use salus_types::questionnaires::problems::ALREADY_SUBMITTED;
use salus_types::questionnaires::{Response, StartResponse};
use uuid::Uuid;

use super::answers::content;
use super::draft::shown;
use super::facts::facts_of;
use crate::access::{Caller, Me};
use crate::error::ApiError;
use crate::extract::{Body, Created, Idempotency};
use crate::state::AppState;
use crate::transaction::Tx;

/// How long a draft waits for its next answer.
pub(super) const DRAFT_DAYS: i64 = 180;

/// Begin to answer what was assigned. There is one open draft: asking again answers 200 with it.
#[utoipa::path(
    tag = "questionnaires",
    request_body = StartResponse,
    responses(
        (status = 201, body = Response, description = "A new draft"),
        (status = 200, body = Response, description = "The open draft"),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`already-submitted`, `wrong-state`"),
        (status = 422, body = Problem, description = "`invalid`"),
    )
)]
#[post("/me/responses")]
pub async fn start_my_response(
    caller: Caller<Me>,
    state: Data<AppState>,
    key: Idempotency,
    body: Body<StartResponse>,
) -> Result<Created, ApiError> {
    state
        .create(&caller, &key, &body, async |tx: &mut Tx| {
            start(tx, &body).await
        })
        .await
}

async fn start(tx: &mut Tx, command: &StartResponse) -> Result<Created, ApiError> {
    let assignment = command.assignment_id;
    let Some(row) = find_assignment(tx.conn(), assignment).await? else {
        return Err(tx.missing(Act::Create, DataClass::Questionnaire, assignment));
    };
    let about = About::person(PersonId(row.person_id))
        .employer(EmployerId(row.employer_id))
        .object(row.id);
    let row = tx
        .allow(Act::Create, DataClass::Questionnaire, about, row)?
        .into_inner();
    match row.state.as_str() {
        "open" | "in_progress" => {}
        "submitted" => return Err(ApiError::of(ALREADY_SUBMITTED)),
        _ => return Err(ApiError::of(problem::WRONG_STATE)),
    }
    if let Some(draft) = open_draft(tx, &row).await? {
        let draft = reopened(tx, draft).await?;
        if row.state == "open" {
            set_assignment_state(tx.conn(), AssignmentId(row.id), "in_progress").await?;
        }
        return Ok(created(tx, &draft).await?.already());
    }
    let new = new_draft(tx, &row, command).await?;
    let id = ResponseId(new.id);
    let about = about.object(id);
    let allowed = tx.allow(Act::Create, DataClass::Questionnaire, about, new)?;
    if !insert_response(tx.conn(), &allowed).await? {
        // Another request began it at the same time; its draft is the one.
        let draft = open_draft(tx, &row)
            .await?
            .ok_or_else(ApiError::not_found)?;
        return Ok(created(tx, &draft).await?.already());
    }
    set_assignment_state(tx.conn(), AssignmentId(row.id), "in_progress").await?;
    let draft = find_response(tx.conn(), id)
        .await?
        .ok_or_else(ApiError::not_found)?;
    created(tx, &draft).await
}

async fn open_draft(tx: &mut Tx, row: &AssignmentRow) -> Result<Option<ResponseRow>, ApiError> {
    let author = tx.actor.account()?;
    let draft = find_draft(
        tx.conn(),
        PersonId(row.person_id),
        QuestionnaireId(row.questionnaire_id),
        Some(AssignmentId(row.id)),
        author,
    )
    .await?;
    Ok(draft)
}

/// An expired draft waits again when the person comes back to it.
async fn reopened(tx: &mut Tx, draft: ResponseRow) -> Result<ResponseRow, ApiError> {
    if draft.expires_at > tx.now {
        return Ok(draft);
    }
    let person = PersonId(draft.person_id);
    let language = draft.language.clone();
    let (context, _) = facts_of(tx, person, &language).await?;
    let about = About::person(person).object(draft.id);
    let (id, version, now) = (ResponseId(draft.id), draft.version, tx.now);
    let expires_at = now + Duration::days(DRAFT_DAYS);
    let allowed = tx.allow(Act::Change, DataClass::Questionnaire, about, draft)?;
    save_progress(
        tx.conn(),
        &allowed,
        version,
        &language,
        context.today,
        now,
        expires_at,
    )
    .await?;
    find_response(tx.conn(), id)
        .await?
        .ok_or_else(ApiError::not_found)
}

async fn new_draft(
    tx: &mut Tx,
    row: &AssignmentRow,
    command: &StartResponse,
) -> Result<NewResponse, ApiError> {
    let version = find_current_version(tx.conn(), QuestionnaireId(row.questionnaire_id))
        .await?
        .ok_or_else(|| ApiError::of(problem::WRONG_STATE))?;
    let content = content(&version)?;
    let wanted = command.language.clone();
    if wanted
        .as_ref()
        .is_some_and(|l| !content.languages.contains(l))
    {
        return Err(ApiError::field("/language", "unknown_language"));
    }
    let language = wanted
        .or(Some(tx.actor.language.clone()))
        .filter(|language| content.languages.contains(language))
        .unwrap_or(content.base_language);
    let (context, _) = facts_of(tx, PersonId(row.person_id), &language).await?;
    let account = tx.actor.account()?.0;
    Ok(NewResponse {
        id: Uuid::now_v7(),
        provider_org_id: tx.actor.provider_org.0,
        employer_id: row.employer_id,
        person_id: row.person_id,
        owner: row.owner.clone(),
        governance: row.governance.clone(),
        questionnaire_id: row.questionnaire_id,
        questionnaire_version_id: QuestionnaireVersionId(version.id).0,
        assignment_id: Some(row.id),
        author_account_id: account,
        state: "draft".to_owned(),
        language,
        saved_at: tx.now,
        saved_on: context.today,
        expires_at: tx.now + Duration::days(DRAFT_DAYS),
        created_at: tx.now,
        created_by: Some(account),
    })
}

async fn created(tx: &mut Tx, draft: &ResponseRow) -> Result<Created, ApiError> {
    let value: Response = shown(tx, draft).await?;
    Created::at(
        format!("/api/v1/me/responses/{}", draft.id),
        draft.version,
        &value,
    )
}
