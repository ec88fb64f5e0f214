//! Keys of sealed values, first answers of repeated requests, the outbox.

use chrono::{DateTime, Utc};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::sql_types::{Array, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use futures_util::future::try_join;
use salus_domain::ids::{AccountId, PersonId, ProviderOrgId};
use uuid::Uuid;

use crate::database::{Connection, planned};
use crate::schema::{chart_keys, idempotency_keys, organization_keys, outbox_mails};

/// The organization's wrapped key and the fingerprint of the key file that wrapped it.
///
/// # Errors
/// What the database says.
pub async fn organization_key(
    conn: &mut Connection,
    org: ProviderOrgId,
) -> QueryResult<Option<(Vec<u8>, String)>> {
    organization_keys::table
        .filter(organization_keys::provider_org_id.eq(org.0))
        .select((organization_keys::wrapped, organization_keys::key_file_id))
        .first(conn)
        .await
        .optional()
}

/// Keeps a new organization key.
///
/// # Errors
/// What the database says.
pub async fn insert_organization_key(
    conn: &mut Connection,
    org: ProviderOrgId,
    wrapped: &[u8],
    key_file_id: &str,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    diesel::insert_into(organization_keys::table)
        .values((
            organization_keys::provider_org_id.eq(org.0),
            organization_keys::wrapped.eq(wrapped),
            organization_keys::key_file_id.eq(key_file_id),
            organization_keys::created_at.eq(now),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// A chart's wrapped key.
///
/// # Errors
/// What the database says.
pub async fn chart_key(mut conn: &Connection, person: PersonId) -> QueryResult<Option<Vec<u8>>> {
    chart_keys::table
        .find(person.0)
        .select(chart_keys::wrapped)
        .first(&mut conn)
        .await
        .optional()
}

/// Wrapped keys of several charts, in no order.
///
/// # Errors
/// What the database says.
pub async fn chart_keys(
    mut conn: &Connection,
    persons: &[Uuid],
) -> QueryResult<Vec<(Uuid, Vec<u8>)>> {
    chart_keys::table
        .filter(chart_keys::person_id.eq_any(planned(persons.iter().copied())))
        .select((chart_keys::person_id, chart_keys::wrapped))
        .load(&mut conn)
        .await
}

/// Keeps a chart's new key unless one exists; answers the one that is kept.
///
/// # Errors
/// What the database says.
pub async fn insert_chart_key(
    conn: &mut Connection,
    org: ProviderOrgId,
    person: PersonId,
    wrapped: &[u8],
    now: DateTime<Utc>,
) -> QueryResult<Vec<u8>> {
    diesel::insert_into(chart_keys::table)
        .values((
            chart_keys::person_id.eq(person.0),
            chart_keys::provider_org_id.eq(org.0),
            chart_keys::wrapped.eq(wrapped),
            chart_keys::created_at.eq(now),
        ))
        .on_conflict_do_nothing()
        .execute(conn)
        .await?;
    chart_keys::table
        .find(person.0)
        .select(chart_keys::wrapped)
        .first(conn)
        .await
}

/// A request's place among those already answered.
#[derive(Clone, Debug, Queryable)]
pub struct Answered {
    /// The operation the key was used with.
    pub operation: String,
    /// Hash of the body.
    pub request_hash: Vec<u8>,
    /// The first answer's status; none while it is being made.
    pub status: Option<i32>,
    /// The first answer's Location.
    pub location: Option<String>,
    /// The first answer's ETag.
    pub etag: Option<String>,
    /// The first answer's body, sealed.
    pub answer: Option<Vec<u8>>,
}

/// A request that has not been answered for so long never will be: its server is gone.
const ABANDONED: chrono::Duration = chrono::Duration::minutes(5);

/// Gives an idempotency key back whose request failed.
///
/// # Errors
/// What the database says.
pub async fn free_idempotency_key(
    conn: &mut Connection,
    org: ProviderOrgId,
    account: AccountId,
    key: &str,
) -> QueryResult<()> {
    diesel::delete(idempotency_keys::table.find((org.0, account.0, key)))
        .execute(conn)
        .await
        .map(drop)
}

/// Takes an idempotency key; waits for another request that is taking the same one. Answers
/// whether it was free.
///
/// # Errors
/// What the database says; a lock not got in time means the first request is still under way.
pub async fn take_idempotency_key(
    conn: &Connection,
    org: ProviderOrgId,
    account: AccountId,
    key: &str,
    operation: &str,
    request_hash: &[u8],
    now: DateTime<Utc>,
) -> QueryResult<bool> {
    let (mut first, mut second) = (conn, conn);
    let forgotten = diesel::delete(
        idempotency_keys::table
            .filter(idempotency_keys::provider_org_id.eq(org.0))
            .filter(idempotency_keys::account_id.eq(account.0))
            .filter(idempotency_keys::key.eq(key))
            .filter(
                idempotency_keys::created_at
                    .lt(now - chrono::Duration::hours(24))
                    .or(idempotency_keys::status
                        .is_null()
                        .and(idempotency_keys::created_at.lt(now - ABANDONED))),
            ),
    )
    .execute(&mut first);
    let taken = diesel::insert_into(idempotency_keys::table)
        .values((
            idempotency_keys::provider_org_id.eq(org.0),
            idempotency_keys::account_id.eq(account.0),
            idempotency_keys::key.eq(key),
            idempotency_keys::operation.eq(operation),
            idempotency_keys::request_hash.eq(request_hash),
            idempotency_keys::created_at.eq(now),
        ))
        .on_conflict_do_nothing()
        .execute(&mut second);
    let (_, taken) = try_join(forgotten, taken).await?;
    Ok(taken == 1)
}

/// The first answer kept under a key.
///
/// # Errors
/// What the database says.
pub async fn answered(
    conn: &mut Connection,
    org: ProviderOrgId,
    account: AccountId,
    key: &str,
) -> QueryResult<Option<Answered>> {
    idempotency_keys::table
        .find((org.0, account.0, key))
        .select((
            idempotency_keys::operation,
            idempotency_keys::request_hash,
            idempotency_keys::status,
            idempotency_keys::location,
            idempotency_keys::etag,
            idempotency_keys::answer,
        ))
        .first(conn)
        .await
        .optional()
}

/// A request's first answer, to be kept under its key.
#[derive(Clone, Debug)]
pub struct FirstAnswer {
    /// Whose request.
    pub account: AccountId,
    /// The key.
    pub key: String,
    /// The status.
    pub status: i32,
    /// The Location.
    pub location: Option<String>,
    /// The ETag.
    pub etag: Option<String>,
    /// The body, sealed.
    pub answer: Vec<u8>,
}

/// Keeps the first answer under its key.
///
/// # Errors
/// What the database says.
pub async fn keep_answer(
    mut conn: &Connection,
    org: ProviderOrgId,
    first: &FirstAnswer,
) -> QueryResult<()> {
    diesel::update(idempotency_keys::table.find((org.0, first.account.0, &first.key)))
        .set((
            idempotency_keys::status.eq(first.status),
            idempotency_keys::location.eq(&first.location),
            idempotency_keys::etag.eq(&first.etag),
            idempotency_keys::answer.eq(&first.answer),
        ))
        .execute(&mut conn)
        .await
        .map(drop)
}

/// Something that happened, for whoever listens: ids and kinds only.
#[derive(Clone, Debug)]
pub struct Event {
    /// What: `message.sent`, `appointment.booked`, …
    pub kind: String,
    /// To what.
    pub payload: serde_json::Value,
}

/// Appends events to the outbox and wakes the listeners of this organization, in one statement.
///
/// # Errors
/// What the database says.
pub async fn emit(
    mut conn: &Connection,
    org: ProviderOrgId,
    events: &[Event],
    now: DateTime<Utc>,
) -> QueryResult<()> {
    if events.is_empty() {
        return Ok(());
    }
    let notice = |event: &Event| {
        serde_json::json!({ "at": now, "org": org.0, "kind": event.kind, "payload": event.payload })
            .to_string()
    };
    let emit = Emit {
        org: org.0,
        now,
        ids: events.iter().map(|_| Uuid::now_v7()).collect(),
        kinds: events.iter().map(|event| event.kind.clone()).collect(),
        payloads: events
            .iter()
            .map(|event| event.payload.to_string())
            .collect(),
        notices: events.iter().map(notice).collect(),
    };
    emit.execute(&mut conn).await.map(drop)
}

/// Tells every server something, when the transaction commits; at most 8,000 bytes.
///
/// # Errors
/// What the database says.
pub async fn announce(mut conn: &Connection, channel: &str, text: &str) -> QueryResult<()> {
    diesel::select(pg_notify(channel, text))
        .execute(&mut conn)
        .await
        .map(drop)
}

diesel::define_sql_function! {
    fn pg_notify(channel: diesel::sql_types::Text, payload: diesel::sql_types::Text);
}

struct Emit {
    org: Uuid,
    now: DateTime<Utc>,
    ids: Vec<Uuid>,
    kinds: Vec<String>,
    payloads: Vec<String>,
    notices: Vec<String>,
}

impl QueryId for Emit {
    type QueryId = Self;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl QueryFragment<Pg> for Emit {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql(
            "WITH kept AS (INSERT INTO outbox_events (id, provider_org_id, kind, payload, created_at) SELECT e.id, ",
        );
        out.push_bind_param::<SqlUuid, _>(&self.org)?;
        out.push_sql(", e.kind, e.payload::jsonb, ");
        out.push_bind_param::<Timestamptz, _>(&self.now)?;
        out.push_sql(" FROM unnest(");
        out.push_bind_param::<Array<SqlUuid>, _>(&self.ids)?;
        out.push_sql("::uuid[], ");
        out.push_bind_param::<Array<Text>, _>(&self.kinds)?;
        out.push_sql("::text[], ");
        out.push_bind_param::<Array<Text>, _>(&self.payloads)?;
        out.push_sql(
            "::text[]) AS e (id, kind, payload)) SELECT pg_notify('salus_events', n) FROM unnest(",
        );
        out.push_bind_param::<Array<Text>, _>(&self.notices)?;
        out.push_sql("::text[]) AS n");
        Ok(())
    }
}

/// A mail waiting to be sent.
#[derive(Clone, Debug, Queryable)]
pub struct WaitingMail {
    /// Its id; also the place its content was sealed for.
    pub id: Uuid,
    /// Which template.
    pub kind: String,
    /// In which language.
    pub language: String,
    /// Address and variables, sealed by the organization's key.
    pub sealed: Vec<u8>,
    /// How often it was tried.
    pub attempts: i32,
}

/// Appends a mail, committed with what it tells of.
///
/// # Errors
/// What the database says.
pub async fn enqueue_mail(
    conn: &mut Connection,
    org: ProviderOrgId,
    id: Uuid,
    kind: &str,
    language: &str,
    sealed: &[u8],
    now: DateTime<Utc>,
) -> QueryResult<()> {
    diesel::insert_into(outbox_mails::table)
        .values((
            outbox_mails::id.eq(id),
            outbox_mails::provider_org_id.eq(org.0),
            outbox_mails::kind.eq(kind),
            outbox_mails::language.eq(language),
            outbox_mails::sealed.eq(sealed),
            outbox_mails::next_attempt_at.eq(now),
            outbox_mails::created_at.eq(now),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// Takes mails that are due, oldest first, skipping those another worker holds.
///
/// # Errors
/// What the database says.
pub async fn take_mails(
    conn: &mut Connection,
    now: DateTime<Utc>,
    limit: i64,
) -> QueryResult<Vec<WaitingMail>> {
    outbox_mails::table
        .filter(
            outbox_mails::sent_at
                .is_null()
                .and(outbox_mails::gave_up_at.is_null()),
        )
        .filter(outbox_mails::next_attempt_at.le(now))
        .order(outbox_mails::next_attempt_at)
        .limit(limit)
        .select((
            outbox_mails::id,
            outbox_mails::kind,
            outbox_mails::language,
            outbox_mails::sealed,
            outbox_mails::attempts,
        ))
        .for_update()
        .skip_locked()
        .load(conn)
        .await
}

/// How many mails were neither sent nor given up.
///
/// # Errors
/// What the database says.
pub async fn mails_waiting(conn: &mut Connection) -> QueryResult<i64> {
    outbox_mails::table
        .filter(
            outbox_mails::sent_at
                .is_null()
                .and(outbox_mails::gave_up_at.is_null()),
        )
        .count()
        .get_result(conn)
        .await
}

/// Notes that a mail was handed over.
///
/// # Errors
/// What the database says.
pub async fn mail_sent(conn: &mut Connection, id: Uuid, now: DateTime<Utc>) -> QueryResult<()> {
    diesel::update(outbox_mails::table.find(id))
        .set((
            outbox_mails::sent_at.eq(now),
            outbox_mails::gave_up_at.eq(None::<DateTime<Utc>>),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// Notes an attempt, before it is made: the time of the next, or none to give up if it fails too.
///
/// # Errors
/// What the database says.
pub async fn mail_tried(
    conn: &mut Connection,
    id: Uuid,
    next: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    diesel::update(outbox_mails::table.find(id))
        .set((
            outbox_mails::attempts.eq(outbox_mails::attempts + 1),
            outbox_mails::next_attempt_at.eq(next.unwrap_or(now)),
            outbox_mails::gave_up_at.eq(if next.is_none() { Some(now) } else { None }),
        ))
        .execute(conn)
        .await
        .map(drop)
}
