//! Who is asked what.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::access::Scope;
use salus_domain::ids::{AppointmentId, AssignmentId};
use uuid::Uuid;

use crate::database::Connection;
use crate::schema::{
    questionnaire_answers, questionnaire_assignments, questionnaire_responses, questionnaires,
};

/// A questionnaire to hand to a person.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = questionnaire_assignments)]
pub struct NewAssignment {
    /// Its id.
    pub id: Uuid,
    /// The tenant.
    pub provider_org_id: Uuid,
    /// The person's employer.
    pub employer_id: Uuid,
    /// Who is asked.
    pub person_id: Uuid,
    /// Whose record it is: `employer`, `provider`, `employee`.
    pub owner: String,
    /// Under which rules: `osha`, `hipaa`, `dot`, `faa`, `general`.
    pub governance: String,
    /// What is asked.
    pub questionnaire_id: Uuid,
    /// `pre_visit`, `ad_hoc`, …
    pub reason: String,
    /// The visit it prepares.
    pub appointment_id: Option<Uuid>,
    /// The day it should be answered by.
    pub due_on: Option<NaiveDate>,
    /// `open`.
    pub state: String,
    /// When.
    pub created_at: DateTime<Utc>,
    /// By whom.
    pub created_by: Option<Uuid>,
}

/// Hands a questionnaire to a person; a visit's questionnaire is handed over once. Reads nothing
/// back, so that a supervisor who books for a report may call it.
///
/// # Errors
/// What the database says.
pub async fn create_assignment(conn: &mut Connection, new: &NewAssignment) -> QueryResult<()> {
    diesel::insert_into(questionnaire_assignments::table)
        .values(new)
        .execute(conn)
        .await
        .map(drop)
}

/// Takes back what was handed over for a visit and has not been submitted. A draft and its answers
/// stay, for the next visit that asks the same.
///
/// # Errors
/// What the database says.
pub async fn take_back_assignments(conn: &mut Connection, visit: AppointmentId) -> QueryResult<()> {
    diesel::update(
        questionnaire_assignments::table
            .filter(questionnaire_assignments::appointment_id.eq(visit.0))
            .filter(questionnaire_assignments::state.eq_any(["open", "in_progress"])),
    )
    .set((
        questionnaire_assignments::state.eq("cancelled"),
        questionnaire_assignments::version.eq(questionnaire_assignments::version + 1),
    ))
    .execute(conn)
    .await
    .map(drop)
}

/// Has the unanswered forms of a visit answered by another date.
///
/// # Errors
/// What the database says.
pub async fn put_off_assignments(
    mut conn: &Connection,
    visit: AppointmentId,
    due_on: NaiveDate,
) -> QueryResult<()> {
    diesel::update(
        questionnaire_assignments::table
            .filter(questionnaire_assignments::appointment_id.eq(visit.0))
            .filter(questionnaire_assignments::state.eq_any(["open", "in_progress"])),
    )
    .set((
        questionnaire_assignments::due_on.eq(due_on),
        questionnaire_assignments::version.eq(questionnaire_assignments::version + 1),
    ))
    .execute(&mut conn)
    .await
    .map(drop)
}

/// The latest assignment like this one that was taken back with its visit, if there is one.
///
/// # Errors
/// What the database says.
pub async fn find_taken_back(
    conn: &mut Connection,
    new: &NewAssignment,
) -> QueryResult<Option<AssignmentId>> {
    let id: Option<Uuid> = questionnaire_assignments::table
        .filter(questionnaire_assignments::person_id.eq(new.person_id))
        .filter(questionnaire_assignments::questionnaire_id.eq(new.questionnaire_id))
        .filter(questionnaire_assignments::employer_id.eq(new.employer_id))
        .filter(questionnaire_assignments::owner.eq(&new.owner))
        .filter(questionnaire_assignments::governance.eq(&new.governance))
        .filter(questionnaire_assignments::reason.eq(&new.reason))
        .filter(questionnaire_assignments::state.eq("cancelled"))
        .order((
            questionnaire_assignments::created_at.desc(),
            questionnaire_assignments::id.desc(),
        ))
        .select(questionnaire_assignments::id)
        .first(conn)
        .await
        .optional()?;
    Ok(id.map(AssignmentId))
}

/// Hands an assignment that was taken back over again, for another visit; a draft goes on where it
/// was.
///
/// # Errors
/// What the database says.
pub async fn hand_over_again(
    conn: &mut Connection,
    id: AssignmentId,
    new: &NewAssignment,
) -> QueryResult<()> {
    diesel::update(questionnaire_assignments::table.find(id.0))
        .set((
            questionnaire_assignments::state.eq(&new.state),
            questionnaire_assignments::appointment_id.eq(new.appointment_id),
            questionnaire_assignments::due_on.eq(new.due_on),
            questionnaire_assignments::version.eq(questionnaire_assignments::version + 1),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// An assignment with its questionnaire and what has been answered.
#[derive(Clone, Debug, Queryable)]
pub struct AssignmentRow {
    /// Its id.
    pub id: Uuid,
    /// The person's employer.
    pub employer_id: Uuid,
    /// Who is asked.
    pub person_id: Uuid,
    /// Whose record it is.
    pub owner: String,
    /// Under which rules.
    pub governance: String,
    /// What is asked.
    pub questionnaire_id: Uuid,
    /// Why.
    pub reason: String,
    /// The visit it prepares.
    pub appointment_id: Option<Uuid>,
    /// The day it should be answered by.
    pub due_on: Option<NaiveDate>,
    /// Where it stands.
    pub state: String,
    /// The questionnaire's title by language.
    pub title: serde_json::Value,
    /// The draft or submitted response.
    pub response_id: Option<Uuid>,
    /// How many answers are saved.
    pub answered: i64,
}

/// A person's assignments that are not withdrawn: open ones by due date, then those that are done.
///
/// # Errors
/// What the database says.
pub async fn list_assignments(
    conn: &mut Connection,
    scope: &Scope,
    only_open: bool,
    limit: i64,
) -> QueryResult<Vec<AssignmentRow>> {
    use diesel::dsl::not;
    let mut query = rows().into_boxed();
    if let Some(person) = scope.only_person() {
        query = query.filter(questionnaire_assignments::person_id.eq(person.0));
    }
    if only_open {
        query = query.filter(questionnaire_assignments::state.eq_any(["open", "in_progress"]));
    }
    query
        .filter(not(
            questionnaire_assignments::state.eq_any(["cancelled", "waived"])
        ))
        .order((
            questionnaire_assignments::state.eq("submitted"),
            questionnaire_assignments::due_on.asc().nulls_last(),
            questionnaire_assignments::id,
        ))
        .limit(limit)
        .select(columns())
        .load(conn)
        .await
}

/// One assignment.
///
/// # Errors
/// What the database says.
pub async fn find_assignment(
    mut conn: &Connection,
    id: AssignmentId,
) -> QueryResult<Option<AssignmentRow>> {
    rows()
        .filter(questionnaire_assignments::id.eq(id.0))
        .select(columns())
        .first(&mut conn)
        .await
        .optional()
}

#[diesel::dsl::auto_type]
fn rows() -> _ {
    questionnaire_assignments::table
        .inner_join(
            questionnaires::table.on(questionnaires::provider_org_id
                .eq(questionnaire_assignments::provider_org_id)
                .and(questionnaires::id.eq(questionnaire_assignments::questionnaire_id))),
        )
        .left_join(
            questionnaire_responses::table.on(questionnaire_responses::provider_org_id
                .eq(questionnaire_assignments::provider_org_id)
                .and(
                    questionnaire_responses::assignment_id
                        .eq(questionnaire_assignments::id.nullable()),
                )
                .and(questionnaire_responses::state.ne("discarded"))
                .and(questionnaire_responses::state.ne("expired"))
                .and(questionnaire_responses::state.ne("entered_in_error"))),
        )
}

#[diesel::dsl::auto_type]
fn columns() -> _ {
    let answered = questionnaire_answers::table
        .filter(
            questionnaire_answers::response_id
                .nullable()
                .eq(questionnaire_responses::id.nullable()),
        )
        .filter(questionnaire_answers::value_sealed.is_not_null())
        .count()
        .single_value()
        .assume_not_null();
    (
        questionnaire_assignments::id,
        questionnaire_assignments::employer_id,
        questionnaire_assignments::person_id,
        questionnaire_assignments::owner,
        questionnaire_assignments::governance,
        questionnaire_assignments::questionnaire_id,
        questionnaire_assignments::reason,
        questionnaire_assignments::appointment_id,
        questionnaire_assignments::due_on,
        questionnaire_assignments::state,
        questionnaires::title,
        questionnaire_responses::id.nullable(),
        answered,
    )
}

/// Moves an assignment on; one that was taken back stays so.
///
/// # Errors
/// What the database says.
pub async fn set_assignment_state(
    mut conn: &Connection,
    id: AssignmentId,
    state: &str,
) -> QueryResult<()> {
    diesel::update(
        questionnaire_assignments::table
            .find(id.0)
            .filter(questionnaire_assignments::state.ne_all(["cancelled", "waived"])),
    )
    .set((
        questionnaire_assignments::state.eq(state),
        questionnaire_assignments::version.eq(questionnaire_assignments::version + 1),
    ))
    .execute(&mut conn)
    .await
    .map(drop)
}
