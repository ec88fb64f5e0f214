//! Signing in, sessions and their refresh tokens.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::ids::{AccountId, ProviderOrgId, SessionId};
use uuid::Uuid;

use crate::database::Connection;
use crate::schema::{accounts, refresh_tokens, role_grants, sessions, sign_in_names};

/// What sign-in needs to know of an account.
#[derive(Clone, Debug, Queryable)]
pub struct SignInRow {
    /// The account.
    pub account_id: Uuid,
    /// Its organization.
    pub provider_org_id: Uuid,
    /// `active`, `invited`, …
    pub state: String,
    /// Argon2id, PHC string.
    pub password_hash: Option<String>,
    /// The account's epoch.
    pub epoch: i32,
    /// The account's language.
    pub language: String,
}

/// The account behind a sign-in name, before sign-in.
///
/// # Errors
/// What the database says.
pub async fn find_sign_in(conn: &mut Connection, name: &str) -> QueryResult<Option<SignInRow>> {
    sign_in_names::table
        .inner_join(
            accounts::table.on(accounts::provider_org_id
                .eq(sign_in_names::provider_org_id)
                .and(accounts::id.eq(sign_in_names::account_id))),
        )
        .filter(sign_in_names::name.eq(name))
        .select((
            accounts::id,
            accounts::provider_org_id,
            accounts::state,
            accounts::password_hash,
            accounts::epoch,
            accounts::language,
        ))
        .first(conn)
        .await
        .optional()
}

/// Whether the account holds any live role grant, before sign-in.
///
/// # Errors
/// What the database says.
pub async fn is_staff(
    conn: &mut Connection,
    account: AccountId,
    at: DateTime<Utc>,
) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(
        role_grants::table
            .filter(role_grants::account_id.eq(account.0))
            .filter(role_grants::starts_at.le(at))
            .filter(
                role_grants::ends_at
                    .is_null()
                    .or(role_grants::ends_at.gt(at)),
            ),
    ))
    .get_result(conn)
    .await
}

/// Replaces the stored hash (a rehash at sign-in changes nothing a session depends on), before
/// sign-in.
///
/// # Errors
/// What the database says.
pub async fn signed_in(
    conn: &mut Connection,
    account: AccountId,
    rehashed: Option<&str>,
    at: DateTime<Utc>,
) -> QueryResult<()> {
    diesel::update(accounts::table.find(account.0))
        .set(accounts::last_sign_in_at.eq(at))
        .execute(conn)
        .await?;
    if let Some(hash) = rehashed {
        diesel::update(accounts::table.find(account.0))
            .set(accounts::password_hash.eq(hash))
            .execute(conn)
            .await?;
    }
    Ok(())
}

/// A session to be opened.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = sessions)]
pub struct NewSession {
    /// Its id.
    pub id: Uuid,
    /// The organization.
    pub provider_org_id: Uuid,
    /// The account.
    pub account_id: Uuid,
    /// `password` or `mfa`.
    pub assurance: String,
    /// What the browser says of itself, shortened.
    pub device: String,
    /// The portal it was opened through.
    pub portal_slug: Option<String>,
    /// When.
    pub started_at: DateTime<Utc>,
    /// The idle clock.
    pub last_seen_at: DateTime<Utc>,
    /// How long it may stand idle.
    pub idle_seconds: i32,
    /// The absolute end.
    pub expires_at: DateTime<Utc>,
}

/// Opens a session and ends the oldest beyond the limit, before sign-in.
///
/// # Errors
/// What the database says.
pub async fn insert_session(
    conn: &mut Connection,
    session: &NewSession,
    at_most: i64,
) -> QueryResult<()> {
    diesel::insert_into(sessions::table)
        .values(session)
        .execute(conn)
        .await?;
    let surplus: Vec<Uuid> = sessions::table
        .filter(sessions::provider_org_id.eq(session.provider_org_id))
        .filter(sessions::account_id.eq(session.account_id))
        .filter(sessions::ended_at.is_null())
        .order((sessions::started_at.desc(), sessions::id.desc()))
        .offset(at_most)
        .select(sessions::id)
        .load(conn)
        .await?;
    if !surplus.is_empty() {
        diesel::update(sessions::table.filter(sessions::id.eq_any(surplus)))
            .set((
                sessions::ended_at.eq(session.started_at),
                sessions::ended_reason.eq("replaced"),
            ))
            .execute(conn)
            .await?;
    }
    Ok(())
}

/// Keeps a refresh token's hash, before sign-in.
///
/// # Errors
/// What the database says.
pub async fn insert_refresh_token(
    conn: &mut Connection,
    org: ProviderOrgId,
    session: SessionId,
    hash: &[u8],
    at: DateTime<Utc>,
) -> QueryResult<()> {
    diesel::insert_into(refresh_tokens::table)
        .values((
            refresh_tokens::token_hash.eq(hash),
            refresh_tokens::provider_org_id.eq(org.0),
            refresh_tokens::session_id.eq(session.0),
            refresh_tokens::created_at.eq(at),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// A refresh token and the session behind it.
#[derive(Clone, Debug, Queryable)]
pub struct RefreshRow {
    /// The session.
    pub session_id: Uuid,
    /// The organization.
    pub provider_org_id: Uuid,
    /// The account.
    pub account_id: Uuid,
    /// When the token was replaced by its successor.
    pub rotated_at: Option<DateTime<Utc>>,
    /// When the session ended.
    pub ended_at: Option<DateTime<Utc>>,
    /// The session's absolute end.
    pub expires_at: DateTime<Utc>,
    /// The idle clock.
    pub last_seen_at: DateTime<Utc>,
    /// How long it may stand idle.
    pub idle_seconds: i32,
    /// The account's epoch.
    pub epoch: i32,
    /// The account's state.
    pub state: String,
}

/// Locks a refresh token's row, before sign-in.
///
/// # Errors
/// What the database says.
pub async fn lock_refresh_token(
    conn: &mut Connection,
    hash: &[u8],
) -> QueryResult<Option<RefreshRow>> {
    let locked: Option<Uuid> = refresh_tokens::table
        .find(hash)
        .select(refresh_tokens::session_id)
        .for_update()
        .first(conn)
        .await
        .optional()?;
    if locked.is_none() {
        return Ok(None);
    }
    refresh_tokens::table
        .inner_join(
            sessions::table.on(sessions::provider_org_id
                .eq(refresh_tokens::provider_org_id)
                .and(sessions::id.eq(refresh_tokens::session_id))),
        )
        .inner_join(
            accounts::table.on(accounts::provider_org_id
                .eq(sessions::provider_org_id)
                .and(accounts::id.eq(sessions::account_id))),
        )
        .filter(refresh_tokens::token_hash.eq(hash))
        .select((
            sessions::id,
            sessions::provider_org_id,
            sessions::account_id,
            refresh_tokens::rotated_at,
            sessions::ended_at,
            sessions::expires_at,
            sessions::last_seen_at,
            sessions::idle_seconds,
            accounts::epoch,
            accounts::state,
        ))
        .first(conn)
        .await
        .optional()
}

/// Marks a refresh token as replaced, before sign-in.
///
/// # Errors
/// What the database says.
pub async fn rotate_refresh_token(
    conn: &mut Connection,
    hash: &[u8],
    at: DateTime<Utc>,
) -> QueryResult<()> {
    diesel::update(refresh_tokens::table.find(hash))
        .set(refresh_tokens::rotated_at.eq(at))
        .execute(conn)
        .await
        .map(drop)
}

/// Ends a session; one already over stays as it ended.
///
/// # Errors
/// What the database says.
pub async fn end_session(
    conn: &mut Connection,
    session: SessionId,
    reason: &str,
    at: DateTime<Utc>,
) -> QueryResult<usize> {
    diesel::update(
        sessions::table
            .filter(sessions::id.eq(session.0))
            .filter(sessions::ended_at.is_null()),
    )
    .set((sessions::ended_at.eq(at), sessions::ended_reason.eq(reason)))
    .execute(conn)
    .await
}

/// A session as its holder sees it.
#[derive(Clone, Debug, Queryable)]
pub struct SessionRow {
    /// Its id.
    pub id: Uuid,
    /// The account.
    pub account_id: Uuid,
    /// What the browser says of itself.
    pub device: String,
    /// `password` or `mfa`.
    pub assurance: String,
    /// When it was opened.
    pub started_at: DateTime<Utc>,
    /// When it was last used.
    pub last_seen_at: DateTime<Utc>,
    /// How long it may stand idle.
    pub idle_seconds: i32,
    /// The absolute end.
    pub expires_at: DateTime<Utc>,
}

/// Live sessions of an account, newest first.
///
/// # Errors
/// What the database says.
pub async fn list_sessions(
    conn: &mut Connection,
    account: AccountId,
    at: DateTime<Utc>,
) -> QueryResult<Vec<SessionRow>> {
    sessions::table
        .filter(sessions::account_id.eq(account.0))
        .filter(sessions::ended_at.is_null())
        .filter(sessions::expires_at.gt(at))
        .order((sessions::started_at.desc(), sessions::id.desc()))
        .select((
            sessions::id,
            sessions::account_id,
            sessions::device,
            sessions::assurance,
            sessions::started_at,
            sessions::last_seen_at,
            sessions::idle_seconds,
            sessions::expires_at,
        ))
        .load(conn)
        .await
}
