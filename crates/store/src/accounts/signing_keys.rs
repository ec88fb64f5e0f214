//! Keys that sign access tokens.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::database::Connection;
use crate::schema::signing_keys;

/// A signing key at rest.
#[derive(Clone, Debug, Queryable, Insertable)]
#[diesel(table_name = signing_keys)]
pub struct SigningKeyRow {
    /// Its id in tokens.
    pub kid: String,
    /// The public half, 32 bytes.
    pub public_key: Vec<u8>,
    /// The private half, sealed by the key file.
    pub sealed_private_key: Vec<u8>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it stops signing; it verifies a while longer.
    pub retires_at: DateTime<Utc>,
}

/// Signing keys, newest first, before sign-in.
///
/// # Errors
/// What the database says.
pub async fn signing_keys(conn: &mut Connection) -> QueryResult<Vec<SigningKeyRow>> {
    signing_keys::table
        .order(signing_keys::created_at.desc())
        .select((
            signing_keys::kid,
            signing_keys::public_key,
            signing_keys::sealed_private_key,
            signing_keys::created_at,
            signing_keys::retires_at,
        ))
        .load(conn)
        .await
}

/// The lock of whoever makes a signing key.
const LOCK: i64 = 0x5341_4c55_534b;

/// Waits for another server that is making a signing key; until the transaction ends no other
/// makes one. Before sign-in.
///
/// # Errors
/// What the database says.
pub async fn lock_signing_keys(conn: &mut Connection) -> QueryResult<()> {
    diesel::sql_query(format!("SELECT pg_advisory_xact_lock({LOCK})"))
        .execute(conn)
        .await
        .map(drop)
}

/// Keeps a new signing key, before sign-in.
///
/// # Errors
/// What the database says.
pub async fn insert_signing_key(conn: &mut Connection, key: &SigningKeyRow) -> QueryResult<()> {
    diesel::insert_into(signing_keys::table)
        .values(key)
        .execute(conn)
        .await
        .map(drop)
}
