//! Who saved what of the set-up, and what it was before and after.

use crate::database::Connection;
use crate::schema::{accounts, setup_revisions};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::ids::{AccountId, ProviderOrgId};
use serde_json::Value;
use uuid::Uuid;

/// One save to keep.
#[derive(Clone, Debug)]
pub struct NewRevision {
    /// `schedule`, `blackout`, ...
    pub kind: &'static str,
    /// Of what.
    pub object: Uuid,
    /// The version it made.
    pub version: i32,
    /// `created`, `changed`, `deleted` or `restored`.
    pub act: &'static str,
    /// All fields as they were; an empty object for what was created.
    pub before: Value,
    /// All fields as they are.
    pub after: Value,
    /// By whom.
    pub by: Option<AccountId>,
    /// When.
    pub now: DateTime<Utc>,
}

/// Keeps a save.
///
/// # Errors
/// What the database says.
pub async fn insert_revision(
    conn: &mut Connection,
    org: ProviderOrgId,
    new: &NewRevision,
) -> QueryResult<()> {
    diesel::insert_into(setup_revisions::table)
        .values((
            setup_revisions::id.eq(Uuid::now_v7()),
            setup_revisions::provider_org_id.eq(org.0),
            setup_revisions::kind.eq(new.kind),
            setup_revisions::object_id.eq(new.object),
            setup_revisions::version.eq(new.version),
            setup_revisions::act.eq(new.act),
            setup_revisions::before.eq(&new.before),
            setup_revisions::after.eq(&new.after),
            setup_revisions::saved_at.eq(new.now),
            setup_revisions::saved_by.eq(new.by.map(|id| id.0)),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// A save that was kept.
#[derive(Clone, Debug)]
pub struct RevisionRecord {
    /// The version it made.
    pub version: i32,
    /// What was done.
    pub act: String,
    /// All fields as they were.
    pub before: Value,
    /// All fields as they became.
    pub after: Value,
    /// When.
    pub saved_at: DateTime<Utc>,
    /// Who did it, by name.
    pub saved_by: Option<String>,
}

/// The saves of one thing, the latest first.
///
/// # Errors
/// What the database says.
pub async fn list_revisions(
    conn: &mut Connection,
    kind: &str,
    object: Uuid,
) -> QueryResult<Vec<RevisionRecord>> {
    type Row = (i32, String, Value, Value, DateTime<Utc>, Option<String>);
    let rows: Vec<Row> = setup_revisions::table
        .left_join(
            accounts::table.on(accounts::provider_org_id
                .eq(setup_revisions::provider_org_id)
                .and(accounts::id.nullable().eq(setup_revisions::saved_by))),
        )
        .filter(setup_revisions::kind.eq(kind))
        .filter(setup_revisions::object_id.eq(object))
        .order(setup_revisions::version.desc())
        .select((
            setup_revisions::version,
            setup_revisions::act,
            setup_revisions::before,
            setup_revisions::after,
            setup_revisions::saved_at,
            accounts::display_name.nullable(),
        ))
        .load(conn)
        .await?;
    let record = |(version, act, before, after, saved_at, saved_by)| RevisionRecord {
        version,
        act,
        before,
        after,
        saved_at,
        saved_by,
    };
    Ok(rows.into_iter().map(record).collect())
}
