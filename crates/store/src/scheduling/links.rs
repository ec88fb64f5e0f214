//! Links by which a person answers for a visit or an offered time without signing in.

use crate::database::Connection;
use crate::schema::appointment_links;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// A link.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = appointment_links)]
pub struct LinkRow {
    /// Which one.
    pub id: Uuid,
    /// Whose organization.
    pub provider_org_id: Uuid,
    /// For which visit.
    pub appointment_id: Option<Uuid>,
    /// For which offered time.
    pub offer_id: Option<Uuid>,
    /// SHA-256 of the token.
    pub token_hash: Vec<u8>,
    /// SHA-256 of the address it was sent to.
    pub address_hash: Vec<u8>,
    /// In which language it was sent.
    pub language: String,
    /// When the visit was to start, or until when the time was kept.
    pub expires_at: DateTime<Utc>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was used for what can be done once.
    pub spent_at: Option<DateTime<Utc>>,
}

/// Keeps a link.
///
/// # Errors
/// What the database says.
pub async fn insert_link(conn: &mut Connection, link: &LinkRow) -> QueryResult<()> {
    diesel::insert_into(appointment_links::table)
        .values(link)
        .execute(conn)
        .await
        .map(drop)
}

/// The link behind a token's hash, before any sign-in.
///
/// # Errors
/// What the database says.
pub async fn find_link(conn: &mut Connection, token_hash: &[u8]) -> QueryResult<Option<LinkRow>> {
    appointment_links::table
        .filter(appointment_links::token_hash.eq(token_hash))
        .select(LinkRow::as_select())
        .first(conn)
        .await
        .optional()
}

/// Writes that a link was used for what can be done once.
///
/// # Errors
/// What the database says.
pub async fn spend_link(mut conn: &Connection, id: Uuid, now: DateTime<Utc>) -> QueryResult<()> {
    diesel::update(appointment_links::table.filter(appointment_links::id.eq(id)))
        .set(appointment_links::spent_at.eq(now))
        .execute(&mut conn)
        .await
        .map(drop)
}

/// Forgets the links that served until an instant at most.
///
/// # Errors
/// What the database says.
pub async fn forget_links(conn: &mut Connection, before: DateTime<Utc>) -> QueryResult<()> {
    diesel::delete(appointment_links::table.filter(appointment_links::expires_at.lt(before)))
        .execute(conn)
        .await
        .map(drop)
}
