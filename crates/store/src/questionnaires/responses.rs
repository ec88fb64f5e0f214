//! Responses, from draft to review.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::access::{Allowed, Bounds, Scope};
use salus_domain::ids::{
    AccountId, AppointmentId, AssignmentId, PersonId, QuestionnaireId, ResponseId,
};
use uuid::Uuid;

use crate::database::{Connection, planned};
use crate::schema::{
    accounts, employers, persons, questionnaire_assignments, questionnaire_responses,
    questionnaire_versions, questionnaires,
};

/// A response without its answers.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = questionnaire_responses)]
pub struct ResponseRow {
    /// Its id.
    pub id: Uuid,
    /// The tenant.
    pub provider_org_id: Uuid,
    /// The person's employer.
    pub employer_id: Uuid,
    /// Whom the answers are about.
    pub person_id: Uuid,
    /// Whose record it is.
    pub owner: String,
    /// Under which rules.
    pub governance: String,
    /// The questionnaire.
    pub questionnaire_id: Uuid,
    /// The version answered.
    pub questionnaire_version_id: Uuid,
    /// The assignment answered.
    pub assignment_id: Option<Uuid>,
    /// Who answers.
    pub author_account_id: Uuid,
    /// Where it stands.
    pub state: String,
    /// The language answered in.
    pub language: String,
    /// Submissions so far.
    pub revision: i32,
    /// The last save.
    pub saved_at: DateTime<Utc>,
    /// The person's local date at the last save.
    pub saved_on: NaiveDate,
    /// When a draft expires.
    pub expires_at: DateTime<Utc>,
    /// Recommended questions left blank on purpose.
    pub blank_recommended: i32,
    /// 0 to 3.
    pub severity: i16,
    /// When submitted.
    pub submitted_at: Option<DateTime<Utc>>,
    /// When reviewed.
    pub reviewed_at: Option<DateTime<Utc>>,
    /// Counts every saved answer.
    pub version: i32,
}

/// A draft to begin.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = questionnaire_responses)]
pub struct NewResponse {
    /// Its id.
    pub id: Uuid,
    /// The tenant.
    pub provider_org_id: Uuid,
    /// The person's employer.
    pub employer_id: Uuid,
    /// Whom the answers are about.
    pub person_id: Uuid,
    /// Whose record it is.
    pub owner: String,
    /// Under which rules.
    pub governance: String,
    /// The questionnaire.
    pub questionnaire_id: Uuid,
    /// The version to answer.
    pub questionnaire_version_id: Uuid,
    /// The assignment to answer.
    pub assignment_id: Option<Uuid>,
    /// Who answers.
    pub author_account_id: Uuid,
    /// `draft`.
    pub state: String,
    /// The language to answer in.
    pub language: String,
    /// Now.
    pub saved_at: DateTime<Utc>,
    /// The person's local date.
    pub saved_on: NaiveDate,
    /// When it expires.
    pub expires_at: DateTime<Utc>,
    /// Now.
    pub created_at: DateTime<Utc>,
    /// Who answers.
    pub created_by: Option<Uuid>,
}

/// Begins a draft unless one is open; answers whether it is new.
///
/// # Errors
/// What the database says.
pub async fn insert_response(
    conn: &mut Connection,
    new: &Allowed<NewResponse>,
) -> QueryResult<bool> {
    diesel::insert_into(questionnaire_responses::table)
        .values(new.get())
        .on_conflict_do_nothing()
        .execute(conn)
        .await
        .map(|inserted| inserted == 1)
}

/// The open draft of a person, questionnaire, assignment and author.
///
/// # Errors
/// What the database says.
pub async fn find_draft(
    conn: &mut Connection,
    person: PersonId,
    questionnaire: QuestionnaireId,
    assignment: Option<AssignmentId>,
    author: AccountId,
) -> QueryResult<Option<ResponseRow>> {
    questionnaire_responses::table
        .filter(questionnaire_responses::person_id.eq(person.0))
        .filter(questionnaire_responses::questionnaire_id.eq(questionnaire.0))
        .filter(
            questionnaire_responses::assignment_id
                .is_not_distinct_from(assignment.map(|assignment| assignment.0)),
        )
        .filter(questionnaire_responses::author_account_id.eq(author.0))
        .filter(questionnaire_responses::state.eq("draft"))
        .select(ResponseRow::as_select())
        .first(conn)
        .await
        .optional()
}

/// A response.
///
/// # Errors
/// What the database says.
pub async fn find_response(
    conn: &mut Connection,
    id: ResponseId,
) -> QueryResult<Option<ResponseRow>> {
    questionnaire_responses::table
        .find(id.0)
        .select(ResponseRow::as_select())
        .first(conn)
        .await
        .optional()
}

/// A response, kept from other changes until the transaction ends.
///
/// # Errors
/// What the database says.
pub async fn lock_response(
    mut conn: &Connection,
    id: ResponseId,
) -> QueryResult<Option<ResponseRow>> {
    questionnaire_responses::table
        .find(id.0)
        .select(ResponseRow::as_select())
        .for_update()
        .first(&mut conn)
        .await
        .optional()
}

/// Notes a save of a draft.
///
/// # Errors
/// What the database says.
pub async fn save_progress(
    conn: &mut Connection,
    draft: &Allowed<ResponseRow>,
    version: i32,
    language: &str,
    saved_on: NaiveDate,
    now: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> QueryResult<()> {
    diesel::update(questionnaire_responses::table.find(draft.get().id))
        .set((
            questionnaire_responses::version.eq(version),
            questionnaire_responses::language.eq(language),
            questionnaire_responses::saved_at.eq(now),
            questionnaire_responses::saved_on.eq(saved_on),
            questionnaire_responses::expires_at.eq(expires_at),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// What a submission notes on the response.
#[derive(Clone, Debug)]
pub struct Submitted {
    /// The revision it makes.
    pub revision: i32,
    /// Recommended questions left blank on purpose.
    pub blank_recommended: i32,
    /// 0 to 3.
    pub severity: i16,
    /// Now.
    pub at: DateTime<Utc>,
}

/// Ends the draft.
///
/// # Errors
/// What the database says.
pub async fn submit_response(
    mut conn: &Connection,
    draft: &Allowed<ResponseRow>,
    submitted: &Submitted,
) -> QueryResult<ResponseRow> {
    diesel::update(questionnaire_responses::table.find(draft.get().id))
        .set((
            questionnaire_responses::state.eq("submitted"),
            questionnaire_responses::revision.eq(submitted.revision),
            questionnaire_responses::blank_recommended.eq(submitted.blank_recommended),
            questionnaire_responses::severity.eq(submitted.severity),
            questionnaire_responses::submitted_at.eq(submitted.at),
            questionnaire_responses::version.eq(questionnaire_responses::version + 1),
        ))
        .returning(ResponseRow::as_returning())
        .get_result(&mut conn)
        .await
}

/// Puts a draft aside.
///
/// # Errors
/// What the database says.
pub async fn discard_response(
    conn: &mut Connection,
    draft: &Allowed<ResponseRow>,
) -> QueryResult<()> {
    diesel::update(questionnaire_responses::table.find(draft.get().id))
        .set((
            questionnaire_responses::state.eq("discarded"),
            questionnaire_responses::version.eq(questionnaire_responses::version + 1),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// Signs a submitted response.
///
/// # Errors
/// What the database says.
pub async fn review_response(
    conn: &mut Connection,
    response: &Allowed<ResponseRow>,
    by: AccountId,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    diesel::update(questionnaire_responses::table.find(response.get().id))
        .set((
            questionnaire_responses::state.eq("reviewed"),
            questionnaire_responses::reviewed_at.eq(now),
            questionnaire_responses::reviewed_by.eq(by.0),
            questionnaire_responses::version.eq(questionnaire_responses::version + 1),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// How many forms handed over for visits were submitted and not reviewed yet, visit by visit; none
/// where there is nothing to review.
///
/// # Errors
/// What the database says.
pub async fn forms_to_review(
    mut conn: &Connection,
    visits: &[AppointmentId],
) -> QueryResult<Vec<(AppointmentId, i64)>> {
    let visits = planned(visits.iter().map(|id| id.0));
    let rows: Vec<(Option<Uuid>, i64)> = questionnaire_responses::table
        .inner_join(
            questionnaire_assignments::table.on(questionnaire_assignments::provider_org_id
                .eq(questionnaire_responses::provider_org_id)
                .and(
                    questionnaire_assignments::id
                        .nullable()
                        .eq(questionnaire_responses::assignment_id),
                )),
        )
        .filter(questionnaire_assignments::appointment_id.eq_any(&visits))
        .filter(questionnaire_responses::state.eq("submitted"))
        .group_by(questionnaire_assignments::appointment_id)
        .order(questionnaire_assignments::appointment_id)
        .select((
            questionnaire_assignments::appointment_id,
            diesel::dsl::count_star(),
        ))
        .load(&mut conn)
        .await?;
    let named = |(visit, count): (Option<Uuid>, i64)| Some((AppointmentId(visit?), count));
    Ok(rows.into_iter().filter_map(named).collect())
}

/// A response with whom and what it is about.
#[derive(Clone, Debug, Queryable)]
pub struct ReviewRow {
    /// The response.
    pub response: ResponseRow,
    /// The questionnaire's title by language.
    pub title: serde_json::Value,
    /// The number of the version.
    pub number: i32,
    /// Last name.
    pub last_name: String,
    /// First name.
    pub first_name: String,
    /// Preferred first name, perhaps blank.
    pub preferred_name: String,
    /// Birth date.
    pub birth_date: Option<NaiveDate>,
    /// The employer's name.
    pub employer: String,
    /// Who reviewed it.
    pub reviewed_by: Option<String>,
}

#[diesel::dsl::auto_type]
fn review_rows() -> _ {
    questionnaire_responses::table
        .inner_join(
            questionnaires::table.on(questionnaires::provider_org_id
                .eq(questionnaire_responses::provider_org_id)
                .and(questionnaires::id.eq(questionnaire_responses::questionnaire_id))),
        )
        .inner_join(
            questionnaire_versions::table.on(questionnaire_versions::provider_org_id
                .eq(questionnaire_responses::provider_org_id)
                .and(
                    questionnaire_versions::id
                        .eq(questionnaire_responses::questionnaire_version_id),
                )),
        )
        .inner_join(
            persons::table.on(persons::provider_org_id
                .eq(questionnaire_responses::provider_org_id)
                .and(persons::id.eq(questionnaire_responses::person_id))),
        )
        .inner_join(
            employers::table.on(employers::provider_org_id
                .eq(questionnaire_responses::provider_org_id)
                .and(employers::id.eq(questionnaire_responses::employer_id))),
        )
        .left_join(
            accounts::table.on(accounts::provider_org_id
                .eq(questionnaire_responses::provider_org_id)
                .and(
                    accounts::id
                        .nullable()
                        .eq(questionnaire_responses::reviewed_by),
                )),
        )
}

#[diesel::dsl::auto_type]
fn review_columns() -> _ {
    let response: diesel::dsl::AsSelect<ResponseRow, diesel::pg::Pg> = ResponseRow::as_select();
    (
        response,
        questionnaires::title,
        questionnaire_versions::number,
        persons::last_name,
        persons::first_name,
        persons::preferred_name,
        persons::birth_date,
        employers::name,
        accounts::display_name.nullable(),
    )
}

/// Responses in a state: the most urgent flag first, then the oldest.
///
/// # Errors
/// What the database says.
pub async fn list_for_review(
    conn: &mut Connection,
    scope: &Scope,
    state: &str,
    after: Option<(i16, DateTime<Utc>, Uuid)>,
    limit: i64,
) -> QueryResult<Vec<ReviewRow>> {
    let mut query = review_rows()
        .filter(questionnaire_responses::state.eq(state.to_owned()))
        .into_boxed();
    if let Bounds::Organization(Some(employers)) = scope.bounds() {
        let ids: Vec<Uuid> = employers.iter().map(|employer| employer.0).collect();
        query = query.filter(questionnaire_responses::employer_id.eq_any(ids));
    }
    if let Some((severity, at, id)) = after {
        query = query.filter(
            questionnaire_responses::severity
                .lt(severity)
                .or(questionnaire_responses::severity.eq(severity).and(
                    questionnaire_responses::submitted_at
                        .gt(at)
                        .or(questionnaire_responses::submitted_at
                            .eq(at)
                            .and(questionnaire_responses::id.gt(id)))
                        .assume_not_null(),
                )),
        );
    }
    query
        .order((
            questionnaire_responses::severity.desc(),
            questionnaire_responses::submitted_at,
            questionnaire_responses::id,
        ))
        .limit(limit)
        .select(review_columns())
        .load(conn)
        .await
}

/// A response with whom and what it is about.
///
/// # Errors
/// What the database says.
pub async fn find_review(conn: &mut Connection, id: ResponseId) -> QueryResult<Option<ReviewRow>> {
    review_rows()
        .filter(questionnaire_responses::id.eq(id.0))
        .select(review_columns())
        .first(conn)
        .await
        .optional()
}
