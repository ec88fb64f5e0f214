//! Accounts, sign-in and sessions. Functions that say "before sign-in" run in a transaction of
//! [`crate::database::Database::authn`].

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use salus_domain::ids::{AccountId, PersonId, ProviderOrgId, SessionId};
use uuid::Uuid;

use crate::schema::{
    accounts, provider_organizations, refresh_tokens, relationships, role_grants, sessions,
    sign_in_names, signing_keys, throttles,
};

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
pub async fn find_sign_in(
    conn: &mut AsyncPgConnection,
    name: &str,
) -> QueryResult<Option<SignInRow>> {
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
    conn: &mut AsyncPgConnection,
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
    conn: &mut AsyncPgConnection,
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
    conn: &mut AsyncPgConnection,
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
    conn: &mut AsyncPgConnection,
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
    conn: &mut AsyncPgConnection,
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
    conn: &mut AsyncPgConnection,
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
    conn: &mut AsyncPgConnection,
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
    conn: &mut AsyncPgConnection,
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

/// The account's name and language, and the person's time zone is not here.
#[derive(Clone, Debug, Queryable)]
pub struct AccountRow {
    /// The account.
    pub id: Uuid,
    /// Its name on the screen.
    pub display_name: String,
    /// Its language.
    pub language: String,
    /// The row's version.
    pub version: i32,
}

/// The acting account.
///
/// # Errors
/// What the database says.
pub async fn find_account(
    conn: &mut AsyncPgConnection,
    account: AccountId,
) -> QueryResult<Option<AccountRow>> {
    accounts::table
        .find(account.0)
        .select((
            accounts::id,
            accounts::display_name,
            accounts::language,
            accounts::version,
        ))
        .first(conn)
        .await
        .optional()
}

/// The name of the acting account's organization.
///
/// # Errors
/// What the database says.
pub async fn organization_name(
    conn: &mut AsyncPgConnection,
    org: ProviderOrgId,
) -> QueryResult<String> {
    provider_organizations::table
        .find(org.0)
        .select(provider_organizations::name)
        .first(conn)
        .await
}

/// Changes an account's language; answers whether the version still was the given one.
///
/// # Errors
/// What the database says.
pub async fn set_language(
    conn: &mut AsyncPgConnection,
    account: AccountId,
    version: i32,
    language: &str,
) -> QueryResult<bool> {
    diesel::update(
        accounts::table
            .filter(accounts::id.eq(account.0))
            .filter(accounts::version.eq(version)),
    )
    .set((
        accounts::language.eq(language),
        accounts::version.eq(version + 1),
    ))
    .execute(conn)
    .await
    .map(|changed| changed == 1)
}

/// An account to be made.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = accounts)]
pub struct NewAccount {
    /// Its id.
    pub id: Uuid,
    /// The organization.
    pub provider_org_id: Uuid,
    /// `managed`, `self_owned`, `drafted`.
    pub kind: String,
    /// `invited`, `active`, …
    pub state: String,
    /// Its name on the screen.
    pub display_name: String,
    /// Its language.
    pub language: String,
    /// Argon2id, PHC string.
    pub password_hash: Option<String>,
    /// When the password was set.
    pub password_changed_at: Option<DateTime<Utc>>,
    /// Whether the sandbox made it.
    pub sandbox: bool,
    /// When.
    pub created_at: DateTime<Utc>,
    /// By whom.
    pub created_by: Option<Uuid>,
}

/// Makes accounts.
///
/// # Errors
/// What the database says.
pub async fn insert_accounts(
    conn: &mut AsyncPgConnection,
    accounts: &[NewAccount],
) -> QueryResult<usize> {
    diesel::insert_into(accounts::table)
        .values(accounts)
        .execute(conn)
        .await
}

/// Gives an account a sign-in name; false when somebody has it. Before sign-in.
///
/// # Errors
/// What the database says.
pub async fn insert_sign_in_name(
    conn: &mut AsyncPgConnection,
    org: ProviderOrgId,
    account: AccountId,
    kind: &str,
    name: &str,
    at: DateTime<Utc>,
) -> QueryResult<bool> {
    diesel::insert_into(sign_in_names::table)
        .values((
            sign_in_names::name.eq(name),
            sign_in_names::kind.eq(kind),
            sign_in_names::provider_org_id.eq(org.0),
            sign_in_names::account_id.eq(account.0),
            sign_in_names::created_at.eq(at),
        ))
        .on_conflict_do_nothing()
        .execute(conn)
        .await
        .map(|made| made == 1)
}

/// Sets a password and makes the account active; every token of before is refused from now on.
///
/// # Errors
/// What the database says.
pub async fn activate(
    conn: &mut AsyncPgConnection,
    account: AccountId,
    password_hash: &str,
    language: &str,
    at: DateTime<Utc>,
) -> QueryResult<usize> {
    diesel::update(accounts::table.find(account.0))
        .set((
            accounts::state.eq("active"),
            accounts::password_hash.eq(password_hash),
            accounts::password_changed_at.eq(at),
            accounts::language.eq(language),
            accounts::epoch.eq(accounts::epoch + 1),
            accounts::version.eq(accounts::version + 1),
        ))
        .execute(conn)
        .await
}

/// A right over a person, to be given.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = relationships)]
pub struct NewRelationship {
    /// Its id.
    pub id: Uuid,
    /// The organization.
    pub provider_org_id: Uuid,
    /// Who.
    pub account_id: Uuid,
    /// Over whom.
    pub person_id: Uuid,
    /// `self`, `portal_user`, `supervisor`, …
    pub kind: String,
    /// `solid` or `dotted`, of a supervisor.
    pub line: Option<String>,
    /// `manual`, `hr_feed`, …
    pub source: String,
    /// From when.
    pub starts_at: DateTime<Utc>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// By whom.
    pub created_by: Option<Uuid>,
}

/// Gives rights over persons; one that lives already stays as it is.
///
/// # Errors
/// What the database says.
pub async fn insert_relationships(
    conn: &mut AsyncPgConnection,
    rows: &[NewRelationship],
) -> QueryResult<usize> {
    diesel::insert_into(relationships::table)
        .values(rows)
        .on_conflict_do_nothing()
        .execute(conn)
        .await
}

/// The account that is a person's own, if there is one.
///
/// # Errors
/// What the database says.
pub async fn account_of_person(
    conn: &mut AsyncPgConnection,
    person: PersonId,
) -> QueryResult<Option<AccountId>> {
    let found: Option<Uuid> = relationships::table
        .filter(relationships::person_id.eq(person.0))
        .filter(relationships::kind.eq("self"))
        .filter(relationships::ends_at.is_null())
        .select(relationships::account_id)
        .first(conn)
        .await
        .optional()?;
    Ok(found.map(AccountId))
}

/// A role, to be granted.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = role_grants)]
pub struct NewRoleGrant {
    /// Its id.
    pub id: Uuid,
    /// The organization.
    pub provider_org_id: Uuid,
    /// To whom.
    pub account_id: Uuid,
    /// Which.
    pub role: String,
    /// The employers it is limited to.
    pub employer_ids: Option<Vec<Uuid>>,
    /// Extra rights by name.
    pub capabilities: Vec<String>,
    /// From when.
    pub starts_at: DateTime<Utc>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// Grants a role.
///
/// # Errors
/// What the database says.
pub async fn insert_role_grant(
    conn: &mut AsyncPgConnection,
    grant: &NewRoleGrant,
) -> QueryResult<()> {
    diesel::insert_into(role_grants::table)
        .values(grant)
        .execute(conn)
        .await
        .map(drop)
}

/// Whether accounts of the sandbox exist in any organization, before sign-in.
///
/// # Errors
/// What the database says.
pub async fn sandbox_exists(conn: &mut AsyncPgConnection) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(
        accounts::table.filter(accounts::sandbox),
    ))
    .get_result(conn)
    .await
}

/// Every provider organization, before sign-in; for jobs, which act in one at a time.
///
/// # Errors
/// What the database says.
pub async fn provider_organizations(
    conn: &mut AsyncPgConnection,
) -> QueryResult<Vec<(Uuid, String)>> {
    provider_organizations::table
        .order(provider_organizations::id)
        .select((provider_organizations::id, provider_organizations::code))
        .load(conn)
        .await
}

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
pub async fn signing_keys(conn: &mut AsyncPgConnection) -> QueryResult<Vec<SigningKeyRow>> {
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

/// Keeps a new signing key, before sign-in.
///
/// # Errors
/// What the database says.
pub async fn insert_signing_key(
    conn: &mut AsyncPgConnection,
    key: &SigningKeyRow,
) -> QueryResult<()> {
    diesel::insert_into(signing_keys::table)
        .values(key)
        .execute(conn)
        .await
        .map(drop)
}

/// Failures counted under a key.
#[derive(Clone, Debug, Queryable, Insertable, AsChangeset)]
#[diesel(table_name = throttles, treat_none_as_null = true)]
pub struct ThrottleRow {
    /// What is counted: an account, an address.
    pub key: String,
    /// How many in the window.
    pub failures: i32,
    /// When the window began.
    pub window_started_at: DateTime<Utc>,
    /// The last one.
    pub last_failure_at: DateTime<Utc>,
    /// Closed until.
    pub locked_until: Option<DateTime<Utc>>,
}

/// Failures counted under keys, locked, in key order; before sign-in.
///
/// # Errors
/// What the database says.
pub async fn lock_throttles(
    conn: &mut AsyncPgConnection,
    keys: &[String],
) -> QueryResult<Vec<ThrottleRow>> {
    throttles::table
        .filter(throttles::key.eq_any(keys))
        .order(throttles::key)
        .for_update()
        .load(conn)
        .await
}

/// Keeps a count of failures, before sign-in.
///
/// # Errors
/// What the database says.
pub async fn save_throttle(conn: &mut AsyncPgConnection, row: &ThrottleRow) -> QueryResult<()> {
    diesel::insert_into(throttles::table)
        .values(row)
        .on_conflict(throttles::key)
        .do_update()
        .set(row)
        .execute(conn)
        .await
        .map(drop)
}

/// Forgets the failures of keys, before sign-in.
///
/// # Errors
/// What the database says.
pub async fn clear_throttles(conn: &mut AsyncPgConnection, keys: &[String]) -> QueryResult<()> {
    diesel::delete(throttles::table.filter(throttles::key.eq_any(keys)))
        .execute(conn)
        .await
        .map(drop)
}
