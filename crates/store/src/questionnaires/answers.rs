//! Sealed answers, the operations that brought them, and what was submitted.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::upsert::excluded;
use diesel_async::RunQueryDsl;
use salus_domain::access::Allowed;
use salus_domain::ids::ResponseId;
use uuid::Uuid;

use super::ResponseRow;
use crate::database::Connection;
use crate::schema::{questionnaire_answers, questionnaire_operations, questionnaire_revisions};

/// One answer, sealed.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = questionnaire_answers)]
pub struct AnswerRow {
    /// Its id: the place it is sealed for.
    pub id: Uuid,
    /// The item.
    pub link_id: String,
    /// The sealed answer; none when it was cleared.
    pub value_sealed: Option<Vec<u8>>,
    /// The draft's version that brought it.
    pub version: i32,
}

/// Answers of a response outside of repeats, by link id.
///
/// # Errors
/// What the database says.
pub async fn list_answers(
    mut conn: &Connection,
    response: ResponseId,
) -> QueryResult<Vec<AnswerRow>> {
    questionnaire_answers::table
        .filter(questionnaire_answers::response_id.eq(response.0))
        .filter(questionnaire_answers::instance.eq(""))
        .order(questionnaire_answers::link_id)
        .select(AnswerRow::as_select())
        .load(&mut conn)
        .await
}

/// An answer to keep, sealed.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = questionnaire_answers)]
pub struct SealedAnswer {
    /// The id of the row that exists, or a new one.
    pub id: Uuid,
    /// The tenant.
    pub provider_org_id: Uuid,
    /// The response.
    pub response_id: Uuid,
    /// The item.
    pub link_id: String,
    /// The sealed answer; none when it was cleared.
    pub value_sealed: Option<Vec<u8>>,
    /// The draft's version that brings it.
    pub version: i32,
    /// Now.
    pub saved_at: DateTime<Utc>,
}

/// Keeps answers of a draft, each item at most once.
///
/// # Errors
/// What the database says.
pub async fn save_answers(
    conn: &mut Connection,
    _draft: &Allowed<ResponseRow>,
    answers: &[SealedAnswer],
) -> QueryResult<()> {
    diesel::insert_into(questionnaire_answers::table)
        .values(answers)
        .on_conflict((
            questionnaire_answers::provider_org_id,
            questionnaire_answers::response_id,
            questionnaire_answers::link_id,
            questionnaire_answers::instance,
        ))
        .do_update()
        .set((
            questionnaire_answers::value_sealed.eq(excluded(questionnaire_answers::value_sealed)),
            questionnaire_answers::version.eq(excluded(questionnaire_answers::version)),
            questionnaire_answers::saved_at.eq(excluded(questionnaire_answers::saved_at)),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// Deletes the answers that are not part of what was submitted.
///
/// # Errors
/// What the database says.
pub async fn keep_only(
    mut conn: &Connection,
    draft: &Allowed<ResponseRow>,
    link_ids: &[String],
) -> QueryResult<()> {
    use diesel::dsl::not;
    let others = questionnaire_answers::table
        .filter(questionnaire_answers::response_id.eq(draft.get().id))
        .filter(not(questionnaire_answers::link_id.eq_any(link_ids)));
    diesel::delete(others).execute(&mut conn).await.map(drop)
}

/// An operation that was applied.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = questionnaire_operations)]
pub struct OperationRow {
    /// The browser's name for it.
    pub op_id: Uuid,
    /// The tenant.
    pub provider_org_id: Uuid,
    /// The response.
    pub response_id: Uuid,
    /// The version it brought.
    pub answer_version: i32,
    /// Now.
    pub created_at: DateTime<Utc>,
}

/// Those of some operations that were applied before, with the version each brought.
///
/// # Errors
/// What the database says.
pub async fn done_operations(
    conn: &mut Connection,
    response: ResponseId,
    op_ids: &[Uuid],
) -> QueryResult<Vec<(Uuid, i32)>> {
    questionnaire_operations::table
        .filter(questionnaire_operations::response_id.eq(response.0))
        .filter(questionnaire_operations::op_id.eq_any(op_ids))
        .order(questionnaire_operations::answer_version)
        .select((
            questionnaire_operations::op_id,
            questionnaire_operations::answer_version,
        ))
        .load(conn)
        .await
}

/// Remembers applied operations.
///
/// # Errors
/// What the database says.
pub async fn insert_operations(
    conn: &mut Connection,
    operations: &[OperationRow],
) -> QueryResult<()> {
    diesel::insert_into(questionnaire_operations::table)
        .values(operations)
        .execute(conn)
        .await
        .map(drop)
}

/// What was submitted, sealed.
#[derive(Clone, Debug, Insertable, Queryable, Selectable)]
#[diesel(table_name = questionnaire_revisions)]
pub struct RevisionRow {
    /// Its id: the place it is sealed for.
    pub id: Uuid,
    /// The tenant.
    pub provider_org_id: Uuid,
    /// The response.
    pub response_id: Uuid,
    /// From 1.
    pub revision: i32,
    /// The language answered in.
    pub language: String,
    /// Answers, calculated values, flags and facts, sealed.
    pub content_sealed: Vec<u8>,
    /// SHA-256 of the content before sealing.
    pub content_hash: Vec<u8>,
    /// When.
    pub submitted_at: DateTime<Utc>,
    /// By whom.
    pub submitted_by: Uuid,
}

/// Keeps what was submitted.
///
/// # Errors
/// What the database says.
pub async fn insert_revision(mut conn: &Connection, revision: &RevisionRow) -> QueryResult<()> {
    diesel::insert_into(questionnaire_revisions::table)
        .values(revision)
        .execute(&mut conn)
        .await
        .map(drop)
}

/// The latest submission of a response.
///
/// # Errors
/// What the database says.
pub async fn find_revision(
    conn: &mut Connection,
    response: ResponseId,
) -> QueryResult<Option<RevisionRow>> {
    questionnaire_revisions::table
        .filter(questionnaire_revisions::response_id.eq(response.0))
        .order(questionnaire_revisions::revision.desc())
        .select(RevisionRow::as_select())
        .first(conn)
        .await
        .optional()
}
