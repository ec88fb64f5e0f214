//! Questionnaires and their versions.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::access::Scope;
use salus_domain::ids::{AccountId, ProviderOrgId, QuestionnaireId, QuestionnaireVersionId};
use uuid::Uuid;

use crate::database::Connection;
use crate::schema::{questionnaire_versions, questionnaires};

/// A questionnaire with its current version, if one is published.
#[derive(Clone, Debug, Queryable)]
pub struct QuestionnaireRow {
    /// Its id.
    pub id: Uuid,
    /// The stable name.
    pub key: String,
    /// The title by language.
    pub title: serde_json::Value,
    /// Who answers it.
    pub respondent: String,
}

/// A version with its questionnaire.
#[derive(Clone, Debug, Queryable)]
pub struct VersionRow {
    /// Its id.
    pub id: Uuid,
    /// The questionnaire.
    pub questionnaire_id: Uuid,
    /// The questionnaire's stable name.
    pub key: String,
    /// The questionnaire's title by language.
    pub title: serde_json::Value,
    /// From 1.
    pub number: i32,
    /// `draft`, `published`, `retired`.
    pub state: String,
    /// Pages, questions, rules and texts.
    pub content: serde_json::Value,
}

type VersionColumns = (
    questionnaire_versions::id,
    questionnaire_versions::questionnaire_id,
    questionnaires::key,
    questionnaires::title,
    questionnaire_versions::number,
    questionnaire_versions::state,
    questionnaire_versions::content,
);

const VERSION_COLUMNS: VersionColumns = (
    questionnaire_versions::id,
    questionnaire_versions::questionnaire_id,
    questionnaires::key,
    questionnaires::title,
    questionnaire_versions::number,
    questionnaire_versions::state,
    questionnaire_versions::content,
);

diesel::alias!(questionnaire_versions as later_versions: LaterVersions);

/// Every questionnaire, by key.
///
/// # Errors
/// What the database says.
pub async fn list_questionnaires(
    conn: &mut Connection,
    _scope: &Scope,
) -> QueryResult<Vec<(QuestionnaireRow, Option<(Uuid, i32)>)>> {
    use diesel::dsl::{exists, not};
    let is_current = questionnaire_versions::state
        .eq("published")
        .and(not(exists(
            later_versions
                .filter(
                    later_versions
                        .field(questionnaire_versions::questionnaire_id)
                        .eq(questionnaires::id),
                )
                .filter(
                    later_versions
                        .field(questionnaire_versions::state)
                        .eq("published"),
                )
                .filter(
                    later_versions
                        .field(questionnaire_versions::number)
                        .gt(questionnaire_versions::number),
                ),
        )));
    questionnaires::table
        .left_join(
            questionnaire_versions::table.on(questionnaire_versions::provider_org_id
                .eq(questionnaires::provider_org_id)
                .and(questionnaire_versions::questionnaire_id.eq(questionnaires::id))
                .and(is_current)),
        )
        .order(questionnaires::key)
        .select((
            (
                questionnaires::id,
                questionnaires::key,
                questionnaires::title,
                questionnaires::respondent,
            ),
            (questionnaire_versions::id, questionnaire_versions::number).nullable(),
        ))
        .load(conn)
        .await
}

/// A questionnaire's id by its stable name.
///
/// # Errors
/// What the database says.
pub async fn find_questionnaire_by_key(
    conn: &mut Connection,
    org: ProviderOrgId,
    key: &str,
) -> QueryResult<Option<QuestionnaireId>> {
    questionnaires::table
        .filter(questionnaires::provider_org_id.eq(org.0))
        .filter(questionnaires::key.eq(key))
        .select(questionnaires::id)
        .first::<Uuid>(conn)
        .await
        .optional()
        .map(|id| id.map(QuestionnaireId))
}

/// One version.
///
/// # Errors
/// What the database says.
pub async fn find_version(
    mut conn: &Connection,
    id: QuestionnaireVersionId,
) -> QueryResult<Option<VersionRow>> {
    questionnaire_versions::table
        .inner_join(questionnaires::table.on(of_questionnaire()))
        .filter(questionnaire_versions::id.eq(id.0))
        .select(VERSION_COLUMNS)
        .first(&mut conn)
        .await
        .optional()
}

/// The published version with the highest number.
///
/// # Errors
/// What the database says.
pub async fn find_current_version(
    conn: &mut Connection,
    questionnaire: QuestionnaireId,
) -> QueryResult<Option<VersionRow>> {
    questionnaire_versions::table
        .inner_join(questionnaires::table.on(of_questionnaire()))
        .filter(questionnaire_versions::questionnaire_id.eq(questionnaire.0))
        .filter(questionnaire_versions::state.eq("published"))
        .order(questionnaire_versions::number.desc())
        .select(VERSION_COLUMNS)
        .first(conn)
        .await
        .optional()
}

#[diesel::dsl::auto_type]
fn of_questionnaire() -> _ {
    questionnaires::provider_org_id
        .eq(questionnaire_versions::provider_org_id)
        .and(questionnaires::id.eq(questionnaire_versions::questionnaire_id))
}

/// A questionnaire to keep.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = questionnaires)]
pub struct NewQuestionnaire {
    /// Its id.
    pub id: Uuid,
    /// The tenant.
    pub provider_org_id: Uuid,
    /// The stable name.
    pub key: String,
    /// The title by language.
    pub title: serde_json::Value,
    /// What it is for.
    pub purpose: String,
    /// Who answers it.
    pub respondent: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Who made it.
    pub created_by: Option<Uuid>,
}

/// Keeps a new questionnaire.
///
/// # Errors
/// What the database says.
pub async fn insert_questionnaire(
    conn: &mut Connection,
    new: &NewQuestionnaire,
) -> QueryResult<()> {
    diesel::insert_into(questionnaires::table)
        .values(new)
        .execute(conn)
        .await
        .map(drop)
}

/// A draft version to keep.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = questionnaire_versions)]
pub struct NewVersion {
    /// Its id.
    pub id: Uuid,
    /// The tenant.
    pub provider_org_id: Uuid,
    /// The questionnaire.
    pub questionnaire_id: Uuid,
    /// From 1.
    pub number: i32,
    /// `draft`.
    pub state: String,
    /// Pages, questions, rules and texts.
    pub content: serde_json::Value,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Who made it.
    pub created_by: Option<Uuid>,
}

/// Keeps a new version.
///
/// # Errors
/// What the database says.
pub async fn insert_version(conn: &mut Connection, new: &NewVersion) -> QueryResult<()> {
    diesel::insert_into(questionnaire_versions::table)
        .values(new)
        .execute(conn)
        .await
        .map(drop)
}

/// Publishes a draft version; from now on it cannot change. Answers whether there was a draft.
///
/// # Errors
/// What the database says.
pub async fn publish_version(
    conn: &mut Connection,
    id: QuestionnaireVersionId,
    content_hash: &[u8],
    change_note: &str,
    by: Option<AccountId>,
    now: DateTime<Utc>,
) -> QueryResult<bool> {
    let draft = questionnaire_versions::table
        .filter(questionnaire_versions::id.eq(id.0))
        .filter(questionnaire_versions::state.eq("draft"));
    diesel::update(draft)
        .set((
            questionnaire_versions::state.eq("published"),
            questionnaire_versions::content_hash.eq(content_hash),
            questionnaire_versions::change_note.eq(change_note),
            questionnaire_versions::published_at.eq(now),
            questionnaire_versions::published_by.eq(by.map(|account| account.0)),
            questionnaire_versions::version.eq(questionnaire_versions::version + 1),
        ))
        .execute(conn)
        .await
        .map(|changed| changed == 1)
}
