//! A draft: reading it, saving answers, starting over.

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, delete, get, patch};
use chrono::Duration;
use salus_domain::access::{About, Act, Allowed, DataClass};
use salus_domain::ids::{
    AssignmentId, EmployerId, PersonId, QuestionnaireId, QuestionnaireVersionId, ResponseId,
};
use salus_domain::questionnaires::{Context, Merged, Operation, Stored, merge};
use salus_store::questionnaires::{
    OperationRow, ResponseRow, SealedAnswer, discard_response, done_operations, find_response,
    insert_operations, lock_response, save_answers, save_progress, set_assignment_state,
};
use salus_types::problem::{self, Problem};
use salus_types::questionnaires::problems::{
    ALREADY_SUBMITTED, ANSWER_CONFLICT, ANSWERS_INVALID, DRAFT_EXPIRED,
};
use salus_types::questionnaires::{
    AnswerConflict, AnswerOperation, DraftSaved, Response, ResponseState, SaveAnswers, SavedAnswer,
};
use std::collections::BTreeMap;
use uuid::Uuid;

use super::answers::{Opened, form_of, open_answers, seal};
use super::facts::facts_of;
use super::start::DRAFT_DAYS;
use crate::access::{Caller, Me};
use crate::error::{ApiError, Field};
use crate::extract::{Body, Id, IfMatch, Versioned};
use crate::state::AppState;
use crate::transaction::Tx;

/// Operations in one request.
const MOST_OPERATIONS: usize = 200;

/// My draft or submitted response with its saved answers.
#[utoipa::path(
    tag = "questionnaires",
    params(("id" = Uuid, Path, description = "The response")),
    responses((status = 200, body = Response), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem))
)]
#[get("/me/responses/{id}")]
pub async fn get_my_response(
    caller: Caller<Me>,
    state: Data<AppState>,
    id: Id<ResponseId>,
) -> Result<Versioned<Response>, ApiError> {
    let response = state
        .run(&caller, async |tx| {
            let row = find_response(tx.conn(), id.0).await?;
            let row = mine(tx, Act::Read, id.0, row)?.into_inner();
            shown(tx, &row).await
        })
        .await?;
    let version = response.version;
    Ok(Versioned(response, version))
}

/// Save answers of a draft, one by one: answers changed elsewhere are told and hold up no other.
#[utoipa::path(
    tag = "questionnaires",
    params(("id" = Uuid, Path, description = "The response")),
    request_body = SaveAnswers,
    responses(
        (status = 200, body = DraftSaved),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`answer-conflict` with `conflicts` and `saved`; `already-submitted`, `draft-expired`"),
        (status = 422, body = Problem, description = "`answers-invalid` with `errors` and `saved`: the other operations are saved"),
    )
)]
#[patch("/me/responses/{id}")]
pub async fn save_my_answers(
    caller: Caller<Me>,
    state: Data<AppState>,
    id: Id<ResponseId>,
    body: Body<SaveAnswers>,
) -> Result<Json<DraftSaved>, ApiError> {
    if body.operations.len() > MOST_OPERATIONS {
        let field = Field::new("/operations", "too_long").with("limit", MOST_OPERATIONS);
        return Err(ApiError::invalid(vec![field]));
    }
    let (saved, merged) = state
        .run_retrying(&caller.competing(), async |tx: &mut Tx| {
            save(tx, id.0, &body).await
        })
        .await?;
    let refused: Vec<Field> = merged
        .refused
        .iter()
        .map(|refused| {
            let pointer = format!("/answers/{}", refused.error.link_id);
            Field::new(pointer, refused.error.code.as_str())
        })
        .collect();
    let kind = match (merged.conflicts.is_empty(), refused.is_empty()) {
        (true, true) => return Ok(Json(saved)),
        (false, _) => ANSWER_CONFLICT,
        (true, false) => ANSWERS_INVALID,
    };
    let conflicts: Vec<AnswerConflict> = merged
        .conflicts
        .into_iter()
        .map(|conflict| AnswerConflict {
            op_id: conflict.op_id,
            path: format!("/answers/{}", conflict.link_id),
            yours: conflict.yours,
            saved: conflict.saved.value,
            version: conflict.saved.version,
        })
        .collect();
    Err(ApiError::of(kind)
        .fields(refused)
        .with("conflicts", conflicts)
        .with("saved", saved))
}

async fn save(
    tx: &mut Tx,
    id: ResponseId,
    command: &SaveAnswers,
) -> Result<(DraftSaved, Merged), ApiError> {
    let row = lock_response(tx.conn(), id).await?;
    let draft = open_for_change(tx, id, row)?;
    let response = draft.get().clone();
    let form = form_of(tx, &response).await?;
    let language = match &command.language {
        Some(language) if form.content().languages.contains(language) => language.clone(),
        Some(_) => return Err(ApiError::field("/language", "unknown_language")),
        None => response.language.clone(),
    };
    let opened = open_answers(tx, &response).await?;
    let operations: Vec<Operation> = command.operations.iter().map(operation).collect();
    let op_ids: Vec<Uuid> = operations.iter().map(|operation| operation.op_id).collect();
    let done: BTreeMap<Uuid, i32> = done_operations(tx.conn(), id, &op_ids)
        .await?
        .into_iter()
        .collect();
    let merged = merge(&form, response.version, &opened.stored, &done, &operations);
    write(tx, &draft, &opened, &merged).await?;
    let person = PersonId(response.person_id);
    let (context, _) = facts_of(tx, person, &language).await?;
    let (now, version) = (tx.now, merged.version);
    let expires_at = now + Duration::days(DRAFT_DAYS);
    save_progress(
        tx.conn(),
        &draft,
        version,
        &language,
        context.today,
        now,
        expires_at,
    )
    .await?;
    tx.detail(&["answers"], None);
    let mut versions: BTreeMap<String, i32> = operations
        .iter()
        .filter_map(|operation| {
            let saved = opened.stored.get(&operation.link_id)?;
            Some((operation.link_id.clone(), saved.version))
        })
        .collect();
    for write in &merged.writes {
        versions.insert(write.link_id.clone(), write.stored.version);
    }
    let saved = DraftSaved {
        version,
        saved_at: now,
        today: context.today,
        answers: versions,
    };
    Ok((saved, merged))
}

fn operation(operation: &AnswerOperation) -> Operation {
    let path = operation.path.as_str();
    Operation {
        op_id: operation.op_id,
        link_id: path.strip_prefix("/answers/").unwrap_or(path).to_owned(),
        value: operation.value.clone(),
        base: operation.base,
    }
}

/// Writes the last value of each changed answer, and every operation.
async fn write(
    tx: &mut Tx,
    draft: &Allowed<ResponseRow>,
    opened: &Opened,
    merged: &Merged,
) -> Result<(), ApiError> {
    if merged.writes.is_empty() {
        return Ok(());
    }
    let response = draft.get();
    let key = tx.chart_key(PersonId(response.person_id)).await?;
    let (org, now) = (response.provider_org_id, tx.now);
    let mut latest: BTreeMap<&str, SealedAnswer> = BTreeMap::new();
    for write in &merged.writes {
        let id = opened
            .rows
            .get(&write.link_id)
            .copied()
            .or_else(|| latest.get(write.link_id.as_str()).map(|answer| answer.id))
            .unwrap_or_else(Uuid::now_v7);
        let value_sealed = match &write.stored.value {
            Some(value) => Some(seal(&key, id, value)?),
            None => None,
        };
        latest.insert(
            &write.link_id,
            SealedAnswer {
                id,
                provider_org_id: org,
                response_id: response.id,
                link_id: write.link_id.clone(),
                value_sealed,
                version: write.stored.version,
                saved_at: now,
            },
        );
    }
    let answers: Vec<SealedAnswer> = latest.into_values().collect();
    save_answers(tx.conn(), draft, &answers).await?;
    let operations: Vec<OperationRow> = merged
        .writes
        .iter()
        .map(|write| OperationRow {
            op_id: write.op_id,
            provider_org_id: org,
            response_id: response.id,
            answer_version: write.stored.version,
            created_at: now,
        })
        .collect();
    insert_operations(tx.conn(), &operations).await?;
    Ok(())
}

/// Start over: the draft is put aside, and the next start begins an empty one.
#[utoipa::path(
    tag = "questionnaires",
    params(("id" = Uuid, Path, description = "The response")),
    responses(
        (status = 204),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`already-submitted`"),
        (status = 412, body = Problem),
        (status = 428, body = Problem),
    )
)]
#[delete("/me/responses/{id}")]
pub async fn discard_my_response(
    caller: Caller<Me>,
    state: Data<AppState>,
    id: Id<ResponseId>,
    version: IfMatch,
) -> Result<HttpResponse, ApiError> {
    state
        .run_retrying(&caller, async |tx: &mut Tx| {
            let row = lock_response(tx.conn(), id.0).await?;
            let draft = mine(tx, Act::Change, id.0, row)?;
            ensure_draft(draft.get())?;
            version.check(draft.get().version)?;
            discard_response(tx.conn(), &draft).await?;
            tx.detail(&["state"], None);
            if let Some(assignment) = draft.get().assignment_id {
                set_assignment_state(tx.conn(), AssignmentId(assignment), "open").await?;
            }
            Ok(())
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// A response of one's own, permitted for an act. A draft belongs to who writes it.
pub(super) fn mine(
    tx: &mut Tx,
    act: Act,
    id: ResponseId,
    row: Option<ResponseRow>,
) -> Result<Allowed<ResponseRow>, ApiError> {
    let own = tx.actor.account;
    let row = row.filter(|row| {
        row.state != ResponseState::Draft.as_str()
            || own.is_some_and(|account| account.0 == row.author_account_id)
    });
    let Some(row) = row else {
        return Err(tx.missing(act, DataClass::Questionnaire, id));
    };
    let about = About::person(PersonId(row.person_id))
        .employer(EmployerId(row.employer_id))
        .object(id);
    tx.allow(act, DataClass::Questionnaire, about, row)
}

/// A draft of one's own that still takes answers.
pub(super) fn open_for_change(
    tx: &mut Tx,
    id: ResponseId,
    row: Option<ResponseRow>,
) -> Result<Allowed<ResponseRow>, ApiError> {
    let draft = mine(tx, Act::Change, id, row)?;
    ensure_draft(draft.get())?;
    if draft.get().expires_at <= tx.now {
        return Err(ApiError::of(DRAFT_EXPIRED));
    }
    Ok(draft)
}

fn ensure_draft(row: &ResponseRow) -> Result<(), ApiError> {
    match ResponseState::parse(&row.state) {
        Some(ResponseState::Draft) => Ok(()),
        Some(ResponseState::Discarded) => Err(ApiError::of(problem::WRONG_STATE)),
        Some(ResponseState::Expired) => Err(ApiError::of(DRAFT_EXPIRED)),
        _ => Err(ApiError::of(ALREADY_SUBMITTED)),
    }
}

/// A response as its person sees it.
pub(super) async fn shown(tx: &mut Tx, row: &ResponseRow) -> Result<Response, ApiError> {
    let opened = open_answers(tx, row).await?;
    let (context, _) = facts_of(tx, PersonId(row.person_id), &row.language).await?;
    described(tx, row, opened.stored, context)
}

/// As [`shown`], with what was read already.
pub(super) fn described(
    tx: &Tx,
    row: &ResponseRow,
    answers: BTreeMap<String, Stored>,
    context: Context,
) -> Result<Response, ApiError> {
    let state =
        ResponseState::parse(&row.state).ok_or_else(|| ApiError::internal("an unknown state"))?;
    let is_draft = state == ResponseState::Draft;
    let allowed: &[&str] = match is_draft {
        true if row.expires_at > tx.now => &["save", "submit", "start_over"],
        true => &["start_over"],
        false => &[],
    };
    Ok(Response {
        id: ResponseId(row.id),
        person_id: PersonId(row.person_id),
        questionnaire_id: QuestionnaireId(row.questionnaire_id),
        version_id: QuestionnaireVersionId(row.questionnaire_version_id),
        assignment_id: row.assignment_id.map(AssignmentId),
        state,
        version: row.version,
        language: row.language.clone(),
        saved_at: row.saved_at,
        expires_at: row.expires_at,
        context,
        answers: answers
            .into_iter()
            .map(|(link_id, stored)| {
                let (value, version) = (stored.value, stored.version);
                (link_id, SavedAnswer { value, version })
            })
            .collect(),
        submitted_at: row.submitted_at,
        receipt: row.submitted_at.map(|_| receipt(row.id)),
        allowed: allowed.iter().map(|&act| act.to_owned()).collect(),
    })
}

/// A short number to quote: the last random digits of the id.
fn receipt(id: Uuid) -> String {
    let digits = id.simple().to_string().to_uppercase();
    let tail = digits.get(24..).unwrap_or_default();
    let (first, second) = tail.split_at_checked(4).unwrap_or((tail, ""));
    format!("{first}-{second}")
}
