//! The clinic's review: answers as data, signed.

use actix_web::web::{Data, Json};
use actix_web::{get, post};
use chrono::{DateTime, Utc};
use salus_domain::access::{About, Act, Allowed, DataClass};
use salus_domain::ids::{
    AssignmentId, EmployerId, ObservationId, PersonId, QuestionnaireVersionId, ResponseId,
};
use salus_domain::people::shown_name;
use salus_domain::questionnaires::Severity;
use salus_store::questionnaires::{
    self as store, ObservationRow, ReviewRow, find_review, find_revision, find_version,
    finish_observations, list_for_review, list_observations, lock_response,
};
use salus_store::sealing::Key;
use salus_types::page::{Page, PageQuery};
use salus_types::problem::{self, Problem};
use salus_types::questionnaires::{
    Observation, ObservationStatus, ResponseState, ReviewQuery, ReviewState, ReviewedPerson,
    SubmittedAnswer, SubmittedResponse, SubmittedResponseSummary,
};
use serde_json::json;
use uuid::Uuid;

use super::answers::{content, title};
use super::submit::{Snapshot, level, observation_place, revision_place};
use crate::access::{Caller, Clinic};
use crate::error::ApiError;
use crate::extract::{Id, IfMatch, Query, Versioned, cursor, limit, place};
use crate::state::AppState;
use crate::transaction::Tx;

/// Submitted questionnaires: urgent flags first, then the oldest.
#[utoipa::path(
    tag = "questionnaires",
    params(ReviewQuery),
    responses((status = 200, body = Page<SubmittedResponseSummary>), (status = 401, body = Problem), (status = 403, body = Problem))
)]
#[get("/clinic/responses")]
pub async fn list_responses(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    query: Query<ReviewQuery>,
) -> Result<Json<Page<SubmittedResponseSummary>>, ApiError> {
    let wanted = match query.0.state.unwrap_or_default() {
        ReviewState::Submitted => ResponseState::Submitted,
        ReviewState::Reviewed => ResponseState::Reviewed,
    };
    let page = PageQuery {
        limit: query.0.limit,
        cursor: query.0.cursor.clone(),
    };
    let (rows, next_cursor) = state
        .run(&caller, async |tx| {
            let scope = tx.scope(Act::Read, DataClass::Questionnaire)?;
            let limit = limit(&page)?;
            let after = place::<(i16, DateTime<Utc>, Uuid)>(page.cursor.as_deref())?;
            let found = list_for_review(tx.conn(), &scope, wanted.as_str(), after, limit + 1);
            let mut rows = found.await?;
            let limit = usize::try_from(limit).unwrap_or_default();
            let more = rows.len() > limit;
            rows.truncate(limit);
            let next = rows
                .last()
                .filter(|_| more)
                .map(|row| {
                    let response = &row.response;
                    cursor(&(response.severity, response.submitted_at, response.id))
                })
                .transpose()?;
            let shown = rows.iter().map(|row| &row.response);
            tx.shown(&scope, shown.map(|row| (PersonId(row.person_id), row.id)));
            Ok((rows, next))
        })
        .await?;
    let items = rows
        .into_iter()
        .map(summary)
        .collect::<Result<Vec<_>, ApiError>>()?;
    Ok(Json(Page { items, next_cursor }))
}

/// A submitted questionnaire: every answer with its question, what rules point out, and what the
/// answers became as data.
#[utoipa::path(
    tag = "questionnaires",
    params(("id" = Uuid, Path, description = "The response")),
    responses((status = 200, body = SubmittedResponse), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem))
)]
#[get("/clinic/responses/{id}")]
pub async fn get_response(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<ResponseId>,
) -> Result<Versioned<SubmittedResponse>, ApiError> {
    let response = state
        .run(&caller, async |tx| {
            let row = find_review(tx.conn(), id.0).await?;
            let Some(row) = row else {
                return Err(tx.missing(Act::Read, DataClass::Questionnaire, id.0));
            };
            let allowed = permitted(tx, Act::Read, row)?;
            shown(tx, allowed.into_inner()).await
        })
        .await?;
    let version = response.version;
    Ok(Versioned(response, version))
}

/// Sign a submitted questionnaire; its observations become final.
#[utoipa::path(
    tag = "questionnaires",
    params(("id" = Uuid, Path, description = "The response")),
    responses(
        (status = 200, body = SubmittedResponse),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`wrong-state`"),
        (status = 412, body = Problem),
        (status = 428, body = Problem),
    )
)]
#[post("/clinic/responses/{id}/review")]
pub async fn review_response(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<ResponseId>,
    version: IfMatch,
) -> Result<Versioned<SubmittedResponse>, ApiError> {
    let response = state
        .run_retrying(&caller, async |tx: &mut Tx| {
            let Some(row) = lock_response(tx.conn(), id.0).await? else {
                return Err(tx.missing(Act::Review, DataClass::Questionnaire, id.0));
            };
            let about = about(&row);
            let response = tx.allow(Act::Review, DataClass::Questionnaire, about, row)?;
            version.check(response.get().version)?;
            let state = ResponseState::parse(&response.get().state);
            if !matches!(
                state,
                Some(ResponseState::Submitted | ResponseState::Amended)
            ) {
                return Err(ApiError::of(problem::WRONG_STATE));
            }
            let (by, now) = (tx.actor.account()?, tx.now);
            store::review_response(tx.conn(), &response, by, now).await?;
            finish_observations(tx.conn(), &response).await?;
            tx.detail(&["state"], None);
            let row = find_review(tx.conn(), id.0)
                .await?
                .ok_or_else(ApiError::not_found)?;
            shown(tx, row).await
        })
        .await?;
    let version = response.version;
    Ok(Versioned(response, version))
}

fn about(row: &store::ResponseRow) -> About {
    About::person(PersonId(row.person_id))
        .employer(EmployerId(row.employer_id))
        .object(row.id)
}

fn permitted(tx: &mut Tx, act: Act, row: ReviewRow) -> Result<Allowed<ReviewRow>, ApiError> {
    let about = about(&row.response);
    tx.allow(act, DataClass::Questionnaire, about, row)
}

fn person(row: &ReviewRow) -> ReviewedPerson {
    ReviewedPerson {
        id: PersonId(row.response.person_id),
        name: shown_name(&row.first_name, &row.preferred_name, &row.last_name),
        birth_date: row.birth_date,
        employer: row.employer.clone(),
    }
}

fn summary(row: ReviewRow) -> Result<SubmittedResponseSummary, ApiError> {
    Ok(SubmittedResponseSummary {
        id: ResponseId(row.response.id),
        person: person(&row),
        state: state_of(&row)?,
        submitted_at: submitted_at(&row)?,
        severity: [Severity::Info, Severity::Attention, Severity::Urgent]
            .into_iter()
            .find(|severity| level(*severity) == row.response.severity),
        title: title(row.title)?,
    })
}

fn state_of(row: &ReviewRow) -> Result<ResponseState, ApiError> {
    ResponseState::parse(&row.response.state).ok_or_else(|| ApiError::internal("an unknown state"))
}

fn submitted_at(row: &ReviewRow) -> Result<DateTime<Utc>, ApiError> {
    row.response
        .submitted_at
        .ok_or_else(|| ApiError::internal("a submission without its time"))
}

async fn shown(tx: &mut Tx, row: ReviewRow) -> Result<SubmittedResponse, ApiError> {
    let response = &row.response;
    let id = ResponseId(response.id);
    let key = tx.chart_key(PersonId(response.person_id)).await?;
    let version_id = QuestionnaireVersionId(response.questionnaire_version_id);
    let version = find_version(tx.conn(), version_id)
        .await?
        .ok_or_else(ApiError::not_found)?;
    let revision = find_revision(tx.conn(), id)
        .await?
        .ok_or_else(ApiError::not_found)?;
    let opened = key.open(&revision_place(revision.id), &revision.content_sealed)?;
    let snapshot: Snapshot = serde_json::from_slice(&opened).map_err(ApiError::internal)?;
    let observations = list_observations(tx.conn(), id)
        .await?
        .into_iter()
        .map(|row| observation(&key, row))
        .collect::<Result<Vec<_>, ApiError>>()?;
    let state = state_of(&row)?;
    let waits = matches!(state, ResponseState::Submitted | ResponseState::Amended);
    let answers = snapshot
        .values
        .into_iter()
        .map(|(link_id, value)| SubmittedAnswer {
            entered: snapshot.answers.get(&link_id).cloned(),
            link_id,
            value,
        })
        .collect();
    Ok(SubmittedResponse {
        id,
        person: person(&row),
        version_id,
        number: row.number,
        content: content(&version)?,
        state,
        version: response.version,
        language: response.language.clone(),
        submitted_at: submitted_at(&row)?,
        blank_recommended: response.blank_recommended,
        context: snapshot.context,
        answers,
        flags: snapshot.flags,
        observations,
        reviewed_at: response.reviewed_at,
        assignment_id: response.assignment_id.map(AssignmentId),
        allowed: waits.then(|| "review".to_owned()).into_iter().collect(),
        reviewed_by: row.reviewed_by,
        title: title(row.title)?,
    })
}

fn observation(key: &Key, row: ObservationRow) -> Result<Observation, ApiError> {
    let value = if let Some(number) = row.value_decimal {
        json!(number)
    } else if let Some(answer) = row.value_bool {
        json!(answer)
    } else if let Some(date) = row.value_date {
        json!(date)
    } else if let Some(codes) = row.value_codes {
        json!(codes)
    } else if let Some(sealed) = row.value_text_sealed {
        let bytes = key.open(&observation_place(row.id), &sealed)?;
        json!(String::from_utf8_lossy(&bytes))
    } else {
        serde_json::Value::Null
    };
    Ok(Observation {
        id: ObservationId(row.id),
        link_id: row.link_id.unwrap_or_default(),
        system: row.system,
        code: row.code,
        display: row.display,
        status: ObservationStatus::parse(&row.status)
            .ok_or_else(|| ApiError::internal("an unknown status"))?,
        value,
        unit: row.value_unit,
    })
}
