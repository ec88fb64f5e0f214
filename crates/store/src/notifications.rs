//! What waits to be told to people outside the portal, and whom it is told to.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::ids::{AccountId, PersonId};
use uuid::Uuid;

use crate::database::Connection;
use crate::schema::{accounts, contact_points, outbox_events, relationships};

/// An event that nobody was told of yet.
#[derive(Clone, Debug, Queryable)]
pub struct WaitingEvent {
    /// Which event.
    pub id: Uuid,
    /// Ids of what it is about.
    pub payload: serde_json::Value,
}

/// Takes events of a kind that happened until an instant, the oldest first. Another worker waits
/// and finds them told.
///
/// # Errors
/// What the database says.
pub async fn take_events(
    conn: &mut Connection,
    kind: &str,
    until: DateTime<Utc>,
    limit: i64,
) -> QueryResult<Vec<WaitingEvent>> {
    outbox_events::table
        .filter(outbox_events::delivered_at.is_null())
        .filter(outbox_events::kind.eq(kind))
        .filter(outbox_events::created_at.le(until))
        .order((outbox_events::created_at, outbox_events::id))
        .limit(limit)
        .select((outbox_events::id, outbox_events::payload))
        .for_update()
        .load(conn)
        .await
}

/// When the oldest event of a kind happened that nobody was told of yet.
///
/// # Errors
/// What the database says.
pub async fn oldest_waiting(
    conn: &mut Connection,
    kind: &str,
) -> QueryResult<Option<DateTime<Utc>>> {
    outbox_events::table
        .filter(outbox_events::delivered_at.is_null())
        .filter(outbox_events::kind.eq(kind))
        .order((outbox_events::created_at, outbox_events::id))
        .select(outbox_events::created_at)
        .first(conn)
        .await
        .optional()
}

/// Notes that events were told.
///
/// # Errors
/// What the database says.
pub async fn events_delivered(
    conn: &mut Connection,
    ids: &[Uuid],
    now: DateTime<Utc>,
) -> QueryResult<()> {
    diesel::update(outbox_events::table.filter(outbox_events::id.eq_any(ids)))
        .set(outbox_events::delivered_at.eq(now))
        .execute(conn)
        .await
        .map(drop)
}

/// Something that happened.
#[derive(Clone, Debug, Queryable)]
pub struct PastEvent {
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub kind: String,
    /// Ids of what it is about.
    pub payload: serde_json::Value,
}

/// What happened from an instant on, in its order.
///
/// # Errors
/// What the database says.
pub async fn events_since(
    conn: &mut Connection,
    since: DateTime<Utc>,
    limit: i64,
) -> QueryResult<Vec<PastEvent>> {
    outbox_events::table
        .filter(outbox_events::created_at.ge(since))
        .order((outbox_events::created_at, outbox_events::id))
        .limit(limit)
        .select((
            outbox_events::created_at,
            outbox_events::kind,
            outbox_events::payload,
        ))
        .load(conn)
        .await
}

/// Somebody with an address.
#[derive(Clone, Debug, Queryable)]
pub struct Recipient {
    /// Whom the relationship is about.
    pub person_id: Uuid,
    /// `self`, `supervisor`, `backup_supervisor`.
    pub kind: String,
    /// The account.
    pub account_id: Uuid,
    /// The person behind the account.
    pub own_person_id: Uuid,
    /// The language the account reads.
    pub language: String,
    /// Its e-mail address.
    pub email: String,
}

diesel::alias!(relationships as own: Own);

/// Those who stand in one of the relationships to one of the persons at an instant, have an open
/// account and an address; of the addresses the one people gave themselves first.
///
/// # Errors
/// What the database says.
pub async fn recipients(
    conn: &mut Connection,
    persons: &[PersonId],
    kinds: &[&str],
    now: DateTime<Utc>,
) -> QueryResult<Vec<Recipient>> {
    let persons: Vec<Uuid> = persons.iter().map(|person| person.0).collect();
    relationships::table
        .inner_join(
            accounts::table.on(accounts::provider_org_id
                .eq(relationships::provider_org_id)
                .and(accounts::id.eq(relationships::account_id))),
        )
        .inner_join(
            own.on(own
                .field(relationships::provider_org_id)
                .eq(relationships::provider_org_id)
                .and(
                    own.field(relationships::account_id)
                        .eq(relationships::account_id),
                )
                .and(own.field(relationships::kind).eq("self"))
                .and(own.field(relationships::ends_at).is_null())),
        )
        .inner_join(
            contact_points::table.on(contact_points::provider_org_id
                .eq(relationships::provider_org_id)
                .and(contact_points::person_id.eq(own.field(relationships::person_id)))
                .and(contact_points::kind.eq("email"))
                .and(contact_points::usable)),
        )
        .filter(relationships::person_id.eq_any(persons))
        .filter(relationships::kind.eq_any(kinds))
        .filter(relationships::starts_at.le(now))
        .filter(
            relationships::ends_at
                .is_null()
                .or(relationships::ends_at.gt(now)),
        )
        .filter(accounts::state.eq("active"))
        .distinct_on((
            relationships::person_id,
            relationships::kind,
            relationships::account_id,
        ))
        .order((
            relationships::person_id,
            relationships::kind,
            relationships::account_id,
            contact_points::source.eq("hr_feed"),
            contact_points::created_at.desc(),
        ))
        .select((
            relationships::person_id,
            relationships::kind,
            relationships::account_id,
            own.field(relationships::person_id),
            accounts::language,
            contact_points::value,
        ))
        .load(conn)
        .await
}

/// The person behind an account.
///
/// # Errors
/// What the database says.
pub async fn person_of(conn: &mut Connection, account: AccountId) -> QueryResult<Option<PersonId>> {
    let found: Option<Uuid> = relationships::table
        .filter(relationships::account_id.eq(account.0))
        .filter(relationships::kind.eq("self"))
        .filter(relationships::ends_at.is_null())
        .select(relationships::person_id)
        .first(conn)
        .await
        .optional()?;
    Ok(found.map(PersonId))
}
