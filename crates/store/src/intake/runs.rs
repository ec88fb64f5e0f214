//! Profiles, runs and their rows.

use crate::database::Connection;
use crate::schema::{feed_profiles, feed_run_rows, feed_runs};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::access::{Bounds, Scope};
use salus_domain::ids::{EmployerId, FeedProfileId, FeedRunId, PersonId, ProviderOrgId};
use uuid::Uuid;

/// A profile.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = feed_profiles)]
pub struct ProfileRow {
    /// Its id.
    pub id: Uuid,
    /// The organization.
    pub provider_org_id: Uuid,
    /// The employer.
    pub employer_id: Uuid,
    /// Its name, unique for the employer.
    pub name: String,
    /// `salus_domain::intake::feed::Profile`.
    pub settings: serde_json::Value,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// By whom.
    pub created_by: Option<Uuid>,
    /// The row's version.
    pub version: i32,
}

/// The profile of an employer by name.
///
/// # Errors
/// What the database says.
pub async fn find_profile(
    conn: &mut Connection,
    employer: EmployerId,
    name: &str,
) -> QueryResult<Option<ProfileRow>> {
    feed_profiles::table
        .filter(feed_profiles::employer_id.eq(employer.0))
        .filter(feed_profiles::name.eq(name))
        .first(conn)
        .await
        .optional()
}

/// A profile by id.
///
/// # Errors
/// What the database says.
pub async fn profile(conn: &mut Connection, id: FeedProfileId) -> QueryResult<Option<ProfileRow>> {
    feed_profiles::table.find(id.0).first(conn).await.optional()
}

/// Makes a profile; one of that name that exists already stays.
///
/// # Errors
/// What the database says.
pub async fn insert_profile(conn: &mut Connection, row: &ProfileRow) -> QueryResult<usize> {
    diesel::insert_into(feed_profiles::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(conn)
        .await
}

/// Whether a run of a profile was ever applied.
///
/// # Errors
/// What the database says.
pub async fn has_applied(conn: &mut Connection, profile: FeedProfileId) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(
        feed_runs::table
            .filter(feed_runs::profile_id.eq(profile.0))
            .filter(feed_runs::state.eq("applied")),
    ))
    .get_result(conn)
    .await
}

/// A run to be made.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = feed_runs)]
pub struct NewRun {
    /// Its id.
    pub id: Uuid,
    /// The organization.
    pub provider_org_id: Uuid,
    /// The employer.
    pub employer_id: Uuid,
    /// How the file is read.
    pub profile_id: Uuid,
    /// `received` or `failed`.
    pub state: String,
    /// `upload`, `api`, `command`, `sandbox`.
    pub source: String,
    /// The file's name.
    pub file_name: String,
    /// SHA-256 of its bytes.
    pub file_hash: Vec<u8>,
    /// Its size in bytes.
    pub file_size: i32,
    /// The file, sealed.
    pub sealed_file: Option<Vec<u8>>,
    /// When it came.
    pub received_at: DateTime<Utc>,
    /// From whom.
    pub received_by: Option<Uuid>,
    /// Why it could not be read: the problem's slug.
    pub failure: Option<String>,
    /// The byte offset or the header.
    pub failure_detail: Option<String>,
}

/// A run.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = feed_runs)]
pub struct RunRow {
    /// Its id.
    pub id: Uuid,
    /// The organization.
    pub provider_org_id: Uuid,
    /// The employer.
    pub employer_id: Uuid,
    /// How the file is read.
    pub profile_id: Uuid,
    /// Where the run stands.
    pub state: String,
    /// How the file came.
    pub source: String,
    /// The file's name.
    pub file_name: String,
    /// Its size in bytes.
    pub file_size: i32,
    /// Headers that meant nothing.
    pub unmapped: Vec<String>,
    /// Whether no file of the profile was applied before.
    pub first_run: bool,
    /// `salus_domain::intake::feed::Counts`.
    pub counts: serde_json::Value,
    /// Changed values per field.
    pub fields: serde_json::Value,
    /// Limits that are crossed.
    pub crossed: serde_json::Value,
    /// Circles of supervision, by employee number.
    pub circles: serde_json::Value,
    /// Numbers of those who lose their last supervisor.
    pub lost_supervisor: Vec<String>,
    /// Why the file could not be read.
    pub failure: Option<String>,
    /// Where.
    pub failure_detail: Option<String>,
    /// What was decided.
    pub decision: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// When the file came.
    pub received_at: DateTime<Utc>,
    /// When a paused run expires.
    pub decide_by: Option<DateTime<Utc>>,
    /// When it was decided.
    pub decided_at: Option<DateTime<Utc>>,
    /// When all was applied.
    pub applied_at: Option<DateTime<Utc>>,
    /// The row's version.
    pub version: i32,
}

/// Keeps a run.
///
/// # Errors
/// What the database says.
pub async fn insert_run(conn: &mut Connection, run: &NewRun) -> QueryResult<()> {
    diesel::insert_into(feed_runs::table)
        .values(run)
        .execute(conn)
        .await
        .map(drop)
}

/// A run of the same bytes for the employer since an instant, rejected and failed ones aside.
///
/// # Errors
/// What the database says.
pub async fn same_file_since(
    conn: &mut Connection,
    employer: EmployerId,
    hash: &[u8],
    since: DateTime<Utc>,
) -> QueryResult<Option<Uuid>> {
    feed_runs::table
        .filter(feed_runs::employer_id.eq(employer.0))
        .filter(feed_runs::file_hash.eq(hash))
        .filter(feed_runs::received_at.gt(since))
        .filter(feed_runs::state.ne_all(["failed", "rejected", "expired", "dry_run"]))
        .order(feed_runs::received_at.desc())
        .select(feed_runs::id)
        .first(conn)
        .await
        .optional()
}

/// What a dry run found.
#[derive(Clone, Debug, AsChangeset)]
#[diesel(table_name = feed_runs)]
pub struct Planned {
    /// `dry_run` or `paused`.
    pub state: String,
    /// The separator of the file.
    pub separator: String,
    /// Headers that meant nothing.
    pub unmapped: Vec<String>,
    /// Whether no file of the profile was applied before.
    pub first_run: bool,
    /// The counts.
    pub counts: serde_json::Value,
    /// Changed values per field.
    pub fields: serde_json::Value,
    /// Limits crossed.
    pub crossed: serde_json::Value,
    /// Circles of supervision.
    pub circles: serde_json::Value,
    /// Who loses the last supervisor.
    pub lost_supervisor: Vec<String>,
    /// When a paused run expires.
    pub decide_by: Option<DateTime<Utc>>,
}

/// Keeps what a dry run found.
///
/// # Errors
/// What the database says.
pub async fn save_plan(
    conn: &mut Connection,
    run: FeedRunId,
    planned: &Planned,
) -> QueryResult<()> {
    diesel::update(feed_runs::table.find(run.0))
        .set((planned, feed_runs::version.eq(feed_runs::version + 1)))
        .execute(conn)
        .await
        .map(drop)
}

/// A row of a run.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = feed_run_rows)]
pub struct RunRowRow {
    /// Its id; also the place its content is sealed for.
    pub id: Uuid,
    /// The organization.
    pub provider_org_id: Uuid,
    /// The employer.
    pub employer_id: Uuid,
    /// The run.
    pub run_id: Uuid,
    /// The row as a spreadsheet counts.
    pub number: i32,
    /// The employee number, as in the file.
    pub employee_id: String,
    /// The person, once there is one.
    pub person_id: Option<Uuid>,
    /// What it does.
    pub outcome: String,
    /// Names of the fields that change.
    pub fields: Vec<String>,
    /// Why it is refused or held.
    pub codes: Vec<String>,
    /// What it is applied in spite of.
    pub warnings: Vec<String>,
    /// Cells, values and findings, sealed.
    pub sealed: Option<Vec<u8>>,
    /// When it was applied.
    pub applied_at: Option<DateTime<Utc>>,
}

/// Keeps rows of a run.
///
/// # Errors
/// What the database says.
pub async fn insert_rows(conn: &mut Connection, rows: &[RunRowRow]) -> QueryResult<()> {
    for chunk in rows.chunks(2_000) {
        diesel::insert_into(feed_run_rows::table)
            .values(chunk)
            .execute(conn)
            .await?;
    }
    Ok(())
}

/// Forgets the rows of a run that are not applied: a dry run made anew writes them again.
///
/// # Errors
/// What the database says.
pub async fn delete_unapplied_rows(conn: &mut Connection, run: FeedRunId) -> QueryResult<usize> {
    diesel::delete(
        feed_run_rows::table
            .filter(feed_run_rows::run_id.eq(run.0))
            .filter(feed_run_rows::applied_at.is_null()),
    )
    .execute(conn)
    .await
}

/// Numbers of the rows of a run that are applied.
///
/// # Errors
/// What the database says.
pub async fn applied_numbers(conn: &mut Connection, run: FeedRunId) -> QueryResult<Vec<i32>> {
    feed_run_rows::table
        .filter(feed_run_rows::run_id.eq(run.0))
        .filter(feed_run_rows::applied_at.is_not_null())
        .order(feed_run_rows::number)
        .select(feed_run_rows::number)
        .load(conn)
        .await
}

/// Marks rows as applied and names their persons.
///
/// # Errors
/// What the database says.
pub async fn mark_applied(
    conn: &mut Connection,
    run: FeedRunId,
    rows: &[(i32, Option<PersonId>)],
    now: DateTime<Utc>,
) -> QueryResult<()> {
    use diesel::sql_types::{Array, Int4, Nullable, Timestamptz, Uuid as SqlUuid};
    let numbers: Vec<i32> = rows.iter().map(|(number, _)| *number).collect();
    let persons: Vec<Option<Uuid>> = rows.iter().map(|(_, p)| p.map(Uuid::from)).collect();
    diesel::sql_query(
        "UPDATE feed_run_rows r SET applied_at = $1, person_id = v.person \
         FROM unnest($2, $3) AS v (number, person) WHERE r.run_id = $4 AND r.number = v.number",
    )
    .bind::<Timestamptz, _>(now)
    .bind::<Array<Int4>, _>(numbers)
    .bind::<Array<Nullable<SqlUuid>>, _>(persons)
    .bind::<SqlUuid, _>(run.0)
    .execute(conn)
    .await
    .map(drop)
}

/// Marks a row that could not be written after all.
///
/// # Errors
/// What the database says.
pub async fn mark_failed(
    conn: &mut Connection,
    run: FeedRunId,
    number: i32,
    code: &str,
) -> QueryResult<()> {
    diesel::update(
        feed_run_rows::table
            .filter(feed_run_rows::run_id.eq(run.0))
            .filter(feed_run_rows::number.eq(number)),
    )
    .set((
        feed_run_rows::outcome.eq("error"),
        feed_run_rows::codes.eq(vec![code]),
    ))
    .execute(conn)
    .await
    .map(drop)
}

/// A run; locked, when something is decided about it.
///
/// # Errors
/// What the database says.
pub async fn find_run(conn: &mut Connection, run: FeedRunId) -> QueryResult<Option<RunRow>> {
    feed_runs::table
        .find(run.0)
        .select(RunRow::as_select())
        .first(conn)
        .await
        .optional()
}

/// A run, locked until the transaction ends.
///
/// # Errors
/// What the database says.
pub async fn lock_run(conn: &mut Connection, run: FeedRunId) -> QueryResult<Option<RunRow>> {
    feed_runs::table
        .find(run.0)
        .select(RunRow::as_select())
        .for_update()
        .first(conn)
        .await
        .optional()
}

/// The sealed file of a run.
///
/// # Errors
/// What the database says.
pub async fn sealed_file(conn: &mut Connection, run: FeedRunId) -> QueryResult<Option<Vec<u8>>> {
    feed_runs::table
        .find(run.0)
        .select(feed_runs::sealed_file)
        .first(conn)
        .await
        .optional()
        .map(Option::flatten)
}

/// Moves a run on. Answers false when another run of the employer is being applied.
///
/// # Errors
/// What the database says.
pub async fn set_state(
    conn: &mut Connection,
    run: FeedRunId,
    state: &str,
    applied_at: Option<DateTime<Utc>>,
) -> QueryResult<()> {
    diesel::update(feed_runs::table.find(run.0))
        .set((
            feed_runs::state.eq(state),
            feed_runs::applied_at.eq(applied_at),
            feed_runs::version.eq(feed_runs::version + 1),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// Keeps what was decided about a run.
///
/// # Errors
/// What the database says.
pub async fn decide(
    conn: &mut Connection,
    run: FeedRunId,
    decision: &str,
    reason: Option<&str>,
    by: Option<Uuid>,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    diesel::update(feed_runs::table.find(run.0))
        .set((
            feed_runs::decision.eq(decision),
            feed_runs::reason.eq(reason),
            feed_runs::decided_by.eq(by),
            feed_runs::decided_at.eq(now),
            feed_runs::version.eq(feed_runs::version + 1),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// Runs, newest first, after a place in that order.
///
/// # Errors
/// What the database says.
pub async fn list_runs(
    conn: &mut Connection,
    scope: &Scope,
    after: Option<(DateTime<Utc>, Uuid)>,
    limit: i64,
) -> QueryResult<Vec<RunRow>> {
    let mut query = feed_runs::table
        .select(RunRow::as_select())
        .order((feed_runs::received_at.desc(), feed_runs::id.desc()))
        .limit(limit)
        .into_boxed();
    if let Bounds::Organization(Some(employers)) = scope.bounds() {
        let ids: Vec<Uuid> = employers.iter().map(|id| id.0).collect();
        query = query.filter(feed_runs::employer_id.eq_any(ids));
    }
    if let Some((at, id)) = after {
        query = query.filter(
            feed_runs::received_at
                .lt(at)
                .or(feed_runs::received_at.eq(at).and(feed_runs::id.lt(id))),
        );
    }
    query.load(conn).await
}

/// Rows of a run in the file's order, after a number; of some outcomes, or all.
///
/// # Errors
/// What the database says.
pub async fn list_rows(
    conn: &mut Connection,
    run: FeedRunId,
    outcomes: Option<&[&str]>,
    with_warning: bool,
    after: i32,
    limit: i64,
) -> QueryResult<Vec<RunRowRow>> {
    let mut query = feed_run_rows::table
        .filter(feed_run_rows::run_id.eq(run.0))
        .filter(feed_run_rows::number.gt(after))
        .order(feed_run_rows::number)
        .limit(limit)
        .into_boxed();
    if let Some(outcomes) = outcomes {
        query = query.filter(feed_run_rows::outcome.eq_any(outcomes.to_vec()));
    }
    if with_warning {
        query = query.filter(diesel::dsl::sql::<diesel::sql_types::Bool>(
            "cardinality(feed_run_rows.warnings) > 0",
        ));
    }
    query.load(conn).await
}

/// Runs that wait for a decision longer than they may.
///
/// # Errors
/// What the database says.
pub async fn expire_paused(
    conn: &mut Connection,
    org: ProviderOrgId,
    now: DateTime<Utc>,
) -> QueryResult<usize> {
    diesel::update(
        feed_runs::table
            .filter(feed_runs::provider_org_id.eq(org.0))
            .filter(feed_runs::state.eq("paused"))
            .filter(feed_runs::decide_by.le(now)),
    )
    .set((
        feed_runs::state.eq("expired"),
        feed_runs::version.eq(feed_runs::version + 1),
    ))
    .execute(conn)
    .await
}
