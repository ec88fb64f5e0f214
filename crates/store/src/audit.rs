//! The audit trail: appended through one definer function, read by policy, sealed in blocks.

pub mod blocks;
pub mod seal;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::access::Scope;
use salus_domain::audit::{Context, Entry};
use salus_domain::ids::AccountId;
use uuid::Uuid;

use crate::database::Connection;
use crate::schema::{accounts, audit_events};

/// Appends entries for the acting account, in one statement.
///
/// # Errors
/// What the database says; then nothing of the transaction may be kept or shown.
pub async fn record(
    mut conn: &Connection,
    context: &Context,
    entries: &[Entry],
) -> QueryResult<()> {
    if entries.is_empty() {
        return Ok(());
    }
    let joined = |ids: &[Uuid]| {
        ids.iter()
            .map(Uuid::to_string)
            .collect::<Vec<_>>()
            .join(",")
    };
    let written: i32 = diesel::select(app_record_audit(
        entries.iter().map(|_| Uuid::now_v7()).collect::<Vec<_>>(),
        entries
            .iter()
            .map(|e| e.person.map(Uuid::from))
            .collect::<Vec<_>>(),
        entries.iter().map(|e| e.class.as_str()).collect::<Vec<_>>(),
        entries.iter().map(|e| e.act.as_str()).collect::<Vec<_>>(),
        entries
            .iter()
            .map(|e| e.purpose.as_ref())
            .collect::<Vec<&str>>(),
        entries
            .iter()
            .map(|e| if e.allowed { "allowed" } else { "denied" })
            .collect::<Vec<_>>(),
        entries
            .iter()
            .map(|e| joined(&e.objects))
            .collect::<Vec<_>>(),
        entries
            .iter()
            .map(|e| e.fields.join(","))
            .collect::<Vec<_>>(),
        entries
            .iter()
            .map(|e| e.reason.clone().unwrap_or_default())
            .collect::<Vec<_>>(),
        context.operation.as_str(),
        context.request_id.as_str(),
        context.assurance.map(|a| a.as_str()),
        context.portal.as_deref(),
        context.address.as_deref(),
        context.on_behalf_of.map(Uuid::from),
    ))
    .get_result(&mut conn)
    .await?;
    if usize::try_from(written).ok() == Some(entries.len()) {
        Ok(())
    } else {
        Err(diesel::result::Error::RollbackTransaction)
    }
}

use app::record_audit as app_record_audit;

#[expect(clippy::too_many_arguments, reason = "the columns of one row")]
mod app {
    use diesel::sql_types::{Array, Nullable, Text, Uuid as SqlUuid};

    diesel::define_sql_function! {
        #[sql_name = "app.record_audit"]
        fn record_audit(
            ids: Array<SqlUuid>, persons: Array<Nullable<SqlUuid>>, classes: Array<Text>, acts: Array<Text>,
            purposes: Array<Text>, outcomes: Array<Text>, objects: Array<Text>, fields: Array<Text>, reasons: Array<Text>,
            operation: Text, request: Text, assurance: Nullable<Text>, portal: Nullable<Text>, address: Nullable<Text>,
            on_behalf_of: Nullable<SqlUuid>
        ) -> Int4;
    }
}

/// One line of the trail, as stored.
#[derive(Clone, Debug, Queryable)]
pub struct AuditRow {
    /// Its id.
    pub id: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// Whose account did it; none for a job.
    pub account_id: Option<Uuid>,
    /// The account's name.
    pub account_name: Option<String>,
    /// The hat worn.
    pub hat: String,
    /// The roles held.
    pub roles: Vec<String>,
    /// Whose data.
    pub person_id: Option<Uuid>,
    /// Which class of data.
    pub data_class: String,
    /// What was done.
    pub act: String,
    /// By which operation.
    pub operation: String,
    /// What for.
    pub purpose: String,
    /// `allowed` or `denied`.
    pub outcome: String,
    /// The request's id.
    pub request_id: String,
    /// For whom the account acted as a proxy.
    pub on_behalf_of: Option<Uuid>,
}

/// A page of the trail within a scope, newest first, before a given place.
///
/// # Errors
/// What the database says.
pub async fn list_events(
    conn: &mut Connection,
    scope: &Scope,
    before: Option<(DateTime<Utc>, Uuid)>,
    limit: i64,
) -> QueryResult<Vec<AuditRow>> {
    let mut query = audit_events::table
        .left_join(
            accounts::table.on(accounts::provider_org_id
                .eq(audit_events::provider_org_id)
                .and(accounts::id.nullable().eq(audit_events::account_id))),
        )
        .select((
            audit_events::id,
            audit_events::at,
            audit_events::account_id,
            accounts::display_name.nullable(),
            audit_events::hat,
            audit_events::roles,
            audit_events::person_id,
            audit_events::data_class,
            audit_events::act,
            audit_events::operation,
            audit_events::purpose,
            audit_events::outcome,
            audit_events::request_id,
            audit_events::on_behalf_of,
        ))
        .order((audit_events::at.desc(), audit_events::id.desc()))
        .limit(limit)
        .into_boxed();
    if let Some(person) = scope.only_person() {
        query = query.filter(audit_events::person_id.eq(person.0));
    }
    if let Some(AccountId(account)) = scope.only_account() {
        query = query.filter(audit_events::account_id.eq(account));
    }
    if let Some((at, id)) = before {
        query = query.filter(
            audit_events::at
                .lt(at)
                .or(audit_events::at.eq(at).and(audit_events::id.lt(id))),
        );
    }
    query.load(conn).await
}
