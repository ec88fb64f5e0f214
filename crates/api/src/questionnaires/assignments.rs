//! Who is asked what.

use actix_web::web::{Data, Json};
use actix_web::{get, post};
use chrono::NaiveDate;
use salus_domain::access::{About, Act, DataClass};
use salus_domain::ids::{
    AppointmentId, AssignmentId, EmployerId, PersonId, QuestionnaireId, QuestionnaireVersionId,
    ResponseId,
};
use salus_store::questionnaires::{
    self as store, AssignmentRow, NewAssignment, create_assignment, find_assignment,
    find_current_version,
};
use salus_types::page::Page;
use salus_types::problem::{self, Problem};
use salus_types::questionnaires::{
    AssignQuestionnaire, AssignmentReason, AssignmentState, Questionnaire, QuestionnaireAssignment,
    Respondent,
};
use uuid::Uuid;

use super::answers::{content, title};
use super::facts::facts_of;
use crate::access::{Caller, Clinic, Me};
use crate::error::ApiError;
use crate::extract::{Body, Created, Id, Idempotency};
use crate::state::AppState;
use crate::transaction::Tx;

/// My questionnaires: those to answer by due date, then those answered; the first 100.
#[utoipa::path(
    tag = "questionnaires",
    responses((status = 200, body = Page<QuestionnaireAssignment>), (status = 401, body = Problem), (status = 403, body = Problem))
)]
#[get("/me/questionnaire-assignments")]
pub async fn list_my_questionnaire_assignments(
    caller: Caller<Me>,
    state: Data<AppState>,
) -> Result<Json<Page<QuestionnaireAssignment>>, ApiError> {
    let items = state
        .run(&caller, async |tx| {
            let scope = tx.scope(Act::Read, DataClass::Questionnaire)?;
            let me = tx.actor.own_person()?;
            let rows = store::list_assignments(tx.conn(), &scope, false, 100).await?;
            let today = facts_of(tx, me, "en").await?.0.today;
            tx.shown(&scope, rows.iter().map(|row| (me, row.id)));
            let mut items = Vec::with_capacity(rows.len());
            for row in rows {
                items.push(described(tx, row, today).await?);
            }
            Ok(items)
        })
        .await?;
    Ok(Json(Page::last(items)))
}

/// The questionnaires that can be handed to people, by key.
#[utoipa::path(
    tag = "questionnaires",
    responses((status = 200, body = Page<Questionnaire>), (status = 401, body = Problem), (status = 403, body = Problem))
)]
#[get("/clinic/questionnaires")]
pub async fn list_questionnaires(
    caller: Caller<Clinic>,
    state: Data<AppState>,
) -> Result<Json<Page<Questionnaire>>, ApiError> {
    let rows = state
        .run(&caller, async |tx| {
            let scope = tx.scope(Act::Read, DataClass::Configuration)?;
            Ok(store::list_questionnaires(tx.conn(), &scope).await?)
        })
        .await?;
    let items = rows
        .into_iter()
        .map(|(row, current)| {
            Ok(Questionnaire {
                id: QuestionnaireId(row.id),
                key: row.key,
                title: title(row.title)?,
                respondent: Respondent::parse(&row.respondent)
                    .ok_or_else(|| ApiError::internal("an unknown respondent"))?,
                current_version: current.map(|(_, number)| number),
                current_version_id: current.map(|(id, _)| QuestionnaireVersionId(id)),
            })
        })
        .collect::<Result<_, ApiError>>()?;
    Ok(Json(Page::last(items)))
}

/// Hand a questionnaire to a person.
#[utoipa::path(
    tag = "questionnaires",
    params(("id" = Uuid, Path, description = "The person")),
    request_body = AssignQuestionnaire,
    responses(
        (status = 201, body = QuestionnaireAssignment),
        (status = 401, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "`wrong-state`: no version is published"),
        (status = 422, body = Problem, description = "`invalid`"),
    )
)]
#[post("/clinic/people/{id}/questionnaire-assignments")]
pub async fn assign_questionnaire(
    caller: Caller<Clinic>,
    state: Data<AppState>,
    id: Id<PersonId>,
    key: Idempotency,
    body: Body<AssignQuestionnaire>,
) -> Result<Created, ApiError> {
    state
        .create(&caller, &key, &body, async |tx: &mut Tx| {
            let person = id.0;
            let Some(facts) = store::find_facts(tx.conn(), person).await? else {
                return Err(tx.missing(Act::Create, DataClass::Questionnaire, person));
            };
            let employer = facts
                .employer_id
                .ok_or_else(|| ApiError::of(problem::WRONG_STATE))?;
            let assignment = Uuid::now_v7();
            let about = About::person(person)
                .employer(EmployerId(employer))
                .object(assignment);
            tx.allow(Act::Create, DataClass::Questionnaire, about, ())?;
            let (today, _) = facts_of(tx, person, "en").await?;
            if body.due_on.is_some_and(|due| due < today.today) {
                return Err(ApiError::field("/due_on", "in_the_past"));
            }
            if find_current_version(tx.conn(), body.questionnaire_id)
                .await?
                .is_none()
            {
                return Err(ApiError::of(problem::WRONG_STATE));
            }
            let new = NewAssignment {
                id: assignment,
                provider_org_id: tx.actor.provider_org.0,
                employer_id: employer,
                person_id: person.0,
                owner: "provider".to_owned(),
                governance: "hipaa".to_owned(),
                questionnaire_id: body.questionnaire_id.0,
                reason: AssignmentReason::AdHoc.as_str().to_owned(),
                appointment_id: None,
                due_on: body.due_on,
                state: "open".to_owned(),
                created_at: tx.now,
                created_by: tx.actor.account.map(|account| account.0),
            };
            create_assignment(tx.conn(), &new).await?;
            tx.emit(
                "questionnaires.assigned",
                serde_json::json!({ "id": assignment, "person_id": person.0 }),
            );
            let row = find_assignment(tx.conn(), AssignmentId(assignment))
                .await?
                .ok_or_else(ApiError::not_found)?;
            let value = described(tx, row, today.today).await?;
            let location = format!("/api/v1/clinic/questionnaire-assignments/{assignment}");
            Created::at(location, 1, &value)
        })
        .await
}

async fn described(
    tx: &mut Tx,
    row: AssignmentRow,
    today: NaiveDate,
) -> Result<QuestionnaireAssignment, ApiError> {
    let questionnaire = QuestionnaireId(row.questionnaire_id);
    let current = match find_current_version(tx.conn(), questionnaire).await? {
        Some(version) => Some(content(&version)?),
        None => None,
    };
    let state =
        AssignmentState::parse(&row.state).ok_or_else(|| ApiError::internal("an unknown state"))?;
    // What was taken back with its visit and handed over again has its draft still.
    let begun = state == AssignmentState::Open && row.response_id.is_some();
    let state = if begun {
        AssignmentState::InProgress
    } else {
        state
    };
    let open = matches!(state, AssignmentState::Open | AssignmentState::InProgress);
    Ok(QuestionnaireAssignment {
        id: AssignmentId(row.id),
        questionnaire_id: questionnaire,
        title: title(row.title)?,
        reason: AssignmentReason::parse(&row.reason)
            .ok_or_else(|| ApiError::internal("an unknown reason"))?,
        appointment_id: row.appointment_id.map(AppointmentId),
        due_on: row.due_on,
        minutes: current.as_ref().and_then(|content| content.minutes),
        languages: current
            .as_ref()
            .map(|content| content.languages.clone())
            .unwrap_or_default(),
        introduction: current.and_then(|content| content.introduction),
        overdue: open && row.due_on.is_some_and(|due| due < today),
        state,
        response_id: row.response_id.map(ResponseId),
        answered: u32::try_from(row.answered).unwrap_or_default(),
    })
}
