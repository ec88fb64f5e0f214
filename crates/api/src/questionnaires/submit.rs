//! Sending a draft to the clinic.

use actix_web::post;
use actix_web::web::Data;
use chrono::NaiveDate;
use futures_util::future::try_join5;
use salus_domain::access::Allowed;
use salus_domain::ids::{AssignmentId, PersonId, ResponseId};
use salus_domain::questionnaires::{
    self as rules, AnswerError, Answers, Context, Form, NotSubmitted, Raised, Severity, Submission,
};
use salus_domain::rules::{Type, Value};
use salus_store::questionnaires::{
    NewObservation, ObservationRow, ResponseRow, RevisionRow, Submitted, find_assignment,
    find_facts, insert_revision, keep_only, list_answers, list_observations, lock_response,
    save_observations, set_assignment_state, submit_response,
};
use salus_store::sealing::{Key, Place};
use salus_types::problem::{self, Problem};
use salus_types::questionnaires::problems::{
    ANSWERS_INVALID, FORM_CHANGED_WITH_DATE, HIDDEN_ITEM_ANSWERED, PERSON_MISMATCH, RESPONSE_EMPTY,
};
use salus_types::questionnaires::{Response, SubmitResponse};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use uuid::Uuid;

use super::answers::{form_of, opened};
use super::draft::{described, open_for_change};
use super::facts::known;
use crate::access::{Caller, Me};
use crate::error::{ApiError, Field};
use crate::extract::{Body, Id, Versioned};
use crate::state::AppState;
use crate::transaction::{Tx, json_bytes};

/// What was submitted, as it was submitted.
#[derive(Serialize, Deserialize)]
pub(super) struct Snapshot {
    pub(super) context: Context,
    pub(super) answers: Answers,
    pub(super) values: Vec<(String, serde_json::Value)>,
    pub(super) flags: Vec<Raised>,
}

/// Submit a draft. The server computes everything again; all that is wrong is told at once and the
/// draft stays as it is.
#[utoipa::path(
    tag = "questionnaires",
    params(("id" = Uuid, Path, description = "The response")),
    request_body = SubmitResponse,
    responses(
        (status = 200, body = Response),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`already-submitted`, `person-mismatch`, `form-changed-with-date`, `draft-expired`, `wrong-state` when it is no longer asked"),
        (status = 422, body = Problem, description = "`answers-invalid`, `hidden-item-answered`, `response-empty`"),
    )
)]
#[post("/me/responses/{id}/submission")]
pub async fn submit_my_response(
    caller: Caller<Me>,
    state: Data<AppState>,
    id: Id<ResponseId>,
    body: Body<SubmitResponse>,
) -> Result<Versioned<Response>, ApiError> {
    let response = state
        .run_retrying(&caller.competing(), async |tx: &mut Tx| {
            submit(tx, id.0, &body).await
        })
        .await?;
    let version = response.version;
    Ok(Versioned(response, version))
}

async fn submit(
    tx: &mut Tx,
    id: ResponseId,
    command: &SubmitResponse,
) -> Result<Response, ApiError> {
    let row = lock_response(tx.conn(), id).await?;
    let draft = open_for_change(tx, id, row)?;
    let row = draft.get().clone();
    if command.person_id.0 != row.person_id {
        return Err(ApiError::of(PERSON_MISMATCH));
    }
    let person = PersonId(row.person_id);
    let conn = tx.shared();
    let asked = async {
        match row.assignment_id {
            Some(assignment) => find_assignment(conn, AssignmentId(assignment)).await,
            None => Ok(None),
        }
    };
    let (asked, facts, rows, wrapped, observed) = try_join5(
        asked,
        find_facts(conn, person),
        list_answers(conn, id),
        tx.wrapped_key(Some(person)),
        list_observations(conn, id),
    )
    .await?;
    if asked.is_some_and(|asked| asked.state == "cancelled") {
        // The visit was given back: the answers wait for the next one.
        return Err(ApiError::of(problem::WRONG_STATE));
    }
    let form = form_of(tx, &row).await?;
    let facts = facts.ok_or_else(ApiError::not_found)?;
    let (context, _) = known(tx, facts, &row.language);
    let key = tx.unwrapped_key(person, wrapped).await?;
    let mut stored = opened(&key, rows)?.stored;
    let saved: Answers = stored
        .iter()
        .filter_map(|(link_id, stored)| Some((link_id.clone(), stored.value.clone()?)))
        .collect();
    if changes_with_date(&form, &saved, &context, command.today) {
        return Err(ApiError::of(FORM_CHANGED_WITH_DATE).with("today", context.today));
    }
    let submission = rules::submit(
        &form,
        &context,
        &command.answers,
        &saved,
        command.leave_blank,
    )
    .map_err(refused)?;
    stored.retain(|link_id, _| submission.answers.contains_key(link_id));
    let parts = Parts {
        draft: &draft,
        form: &form,
        key: &key,
        observed: &observed,
    };
    let submitted = keep(tx, &parts, context.clone(), submission).await?;
    tx.detail(&["state"], None);
    tx.emit(
        "questionnaires.submitted",
        serde_json::json!({ "id": row.id, "person_id": row.person_id }),
    );
    described(tx, &submitted, stored, context)
}

/// Whether midnight has passed since the person looked and other questions are shown now.
fn changes_with_date(form: &Form, answers: &Answers, now: &Context, seen: NaiveDate) -> bool {
    let visible = |context: &Context| -> Vec<bool> {
        let outcome = form.evaluate(answers, context);
        outcome.items.iter().map(|item| item.visible).collect()
    };
    seen != now.today && visible(now) != visible(&now.at(seen))
}

fn refused(why: NotSubmitted) -> ApiError {
    match why {
        NotSubmitted::Empty => ApiError::of(RESPONSE_EMPTY),
        NotSubmitted::HiddenAnswered(hidden) => ApiError::of(HIDDEN_ITEM_ANSWERED).fields(
            hidden
                .iter()
                .map(|link_id| Field::new(format!("/answers/{link_id}"), "hidden"))
                .collect(),
        ),
        NotSubmitted::Invalid(errors) => {
            ApiError::of(ANSWERS_INVALID).fields(errors.iter().map(field).collect())
        }
    }
}

fn field(error: &AnswerError) -> Field {
    let field = Field::new(format!("/answers/{}", error.link_id), error.code.as_str());
    match &error.limit {
        Some(limit) => field.with("limit", limit),
        None => field,
    }
}

/// What a submission is made of.
struct Parts<'a> {
    draft: &'a Allowed<ResponseRow>,
    form: &'a Form,
    key: &'a Key,
    observed: &'a [ObservationRow],
}

/// Everything a submission leaves behind, in the one transaction.
async fn keep(
    tx: &mut Tx,
    parts: &Parts<'_>,
    context: Context,
    submission: Submission,
) -> Result<ResponseRow, ApiError> {
    let (draft, row) = (parts.draft, parts.draft.get());
    let link_ids: Vec<String> = submission.answers.keys().cloned().collect();
    let observations = observations(tx, parts, &submission)?;
    let submitted = Submitted {
        revision: row.revision + 1,
        blank_recommended: i32::try_from(submission.blank).unwrap_or(i32::MAX),
        severity: submission
            .flags
            .iter()
            .map(|flag| level(flag.severity))
            .max()
            .unwrap_or_default(),
        at: tx.now,
    };
    let snapshot = Snapshot {
        context,
        answers: submission.answers,
        values: submission
            .values
            .iter()
            .map(|(link_id, value)| (link_id.clone(), value.to_json()))
            .collect(),
        flags: submission.flags,
    };
    let revision = revision(tx, row, parts.key, &snapshot, submitted.revision)?;
    let conn = tx.shared();
    let done = async {
        match row.assignment_id {
            Some(assignment) => {
                set_assignment_state(conn, AssignmentId(assignment), "submitted").await
            }
            None => Ok(()),
        }
    };
    let ((), (), (), (), submitted) = try_join5(
        keep_only(conn, draft, &link_ids),
        save_observations(conn, draft, &observations),
        insert_revision(conn, &revision),
        done,
        submit_response(conn, draft, &submitted),
    )
    .await?;
    Ok(submitted)
}

fn revision(
    tx: &Tx,
    row: &ResponseRow,
    key: &Key,
    snapshot: &Snapshot,
    number: i32,
) -> Result<RevisionRow, ApiError> {
    let id = Uuid::now_v7();
    let bytes = json_bytes(snapshot)?;
    let mut hash = Sha256::new();
    hash.update(row.questionnaire_version_id.as_bytes());
    hash.update(row.language.as_bytes());
    hash.update(&bytes);
    Ok(RevisionRow {
        id,
        provider_org_id: row.provider_org_id,
        response_id: row.id,
        revision: number,
        language: row.language.clone(),
        content_sealed: key.seal(&revision_place(id), &bytes)?,
        content_hash: hash.finalize().to_vec(),
        submitted_at: tx.now,
        submitted_by: tx.actor.account()?.0,
    })
}

/// Where a submission is sealed for.
pub(super) fn revision_place(row: Uuid) -> Place<'static> {
    Place {
        table: "questionnaire_revisions",
        column: "content_sealed",
        row,
    }
}

/// Where a text observation is sealed for.
pub(super) fn observation_place(row: Uuid) -> Place<'static> {
    Place {
        table: "observations",
        column: "value_text_sealed",
        row,
    }
}

/// The stored rank of a flag.
pub(super) fn level(severity: Severity) -> i16 {
    match severity {
        Severity::Info => 1,
        Severity::Attention => 2,
        Severity::Urgent => 3,
    }
}

/// One observation for each bound answer; the same answer always writes the same row.
fn observations(
    tx: &Tx,
    parts: &Parts<'_>,
    submission: &Submission,
) -> Result<Vec<NewObservation>, ApiError> {
    let (row, form, key) = (parts.draft.get(), parts.form, parts.key);
    let known: BTreeMap<&str, Uuid> = parts
        .observed
        .iter()
        .filter_map(|observation| Some((observation.link_id.as_deref()?, observation.id)))
        .collect();
    let mut all = Vec::with_capacity(submission.observations.len());
    for extracted in &submission.observations {
        let link_id = extracted.link_id.as_str();
        let id = known.get(link_id).copied().unwrap_or_else(Uuid::now_v7);
        let mut new = NewObservation {
            id,
            provider_org_id: row.provider_org_id,
            employer_id: row.employer_id,
            person_id: row.person_id,
            owner: row.owner.clone(),
            governance: row.governance.clone(),
            response_id: Some(row.id),
            link_id: Some(link_id.to_owned()),
            system: extracted.observe.system.clone(),
            code: extracted.observe.code.clone(),
            display: extracted.observe.display.clone(),
            status: "preliminary".to_owned(),
            value_decimal: None,
            value_unit: None,
            value_bool: None,
            value_date: None,
            value_codes: None,
            value_text_sealed: None,
            observed_at: tx.now,
            created_at: tx.now,
            created_by: tx.actor.account.map(|account| account.0),
        };
        let is_code = form.value_type(link_id) == Some(Type::Code);
        match &extracted.value {
            Value::Bool(answer) => new.value_bool = Some(*answer),
            Value::Number(number) => new.value_decimal = Some(number.to_string()),
            Value::Quantity(quantity) => {
                new.value_decimal = Some(quantity.value.to_string());
                new.value_unit = Some(quantity.unit.clone());
            }
            Value::Date(date) => new.value_date = Some(*date),
            Value::Set(codes) => new.value_codes = Some(codes.iter().cloned().collect()),
            Value::Text(code) if is_code => new.value_codes = Some(vec![code.clone()]),
            Value::Text(text) => {
                new.value_text_sealed = Some(key.seal(&observation_place(id), text.as_bytes())?);
            }
            Value::DateTime(_) | Value::Time(_) | Value::None => continue,
        }
        all.push(new);
    }
    Ok(all)
}
