//! Accounts, sign-in and sessions. Functions that say "before sign-in" run in a transaction of
//! [`crate::database::Database::authn`].

mod quiet_hours;
mod sessions;
mod signing_keys;
mod throttles;

pub use quiet_hours::{choose_quiet_hours_of_mail, quiet_hours_of_mail};
pub use sessions::{
    NewSession, RefreshRow, SessionRow, SignInRow, end_session, find_sign_in, insert_refresh_token,
    insert_session, is_staff, list_sessions, lock_refresh_token, rotate_refresh_token, signed_in,
};
pub use signing_keys::{SigningKeyRow, insert_signing_key, lock_signing_keys, signing_keys};
pub use throttles::{
    ThrottleRow, clear_throttles, count_try, forget_throttles, lock_throttles, save_throttle,
};

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::ids::{AccountId, PersonId, ProviderOrgId};
use uuid::Uuid;

use crate::database::{Connection, planned};
use crate::schema::{accounts, provider_organizations, relationships, role_grants, sign_in_names};

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
    conn: &mut Connection,
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
pub async fn organization_name(conn: &mut Connection, org: ProviderOrgId) -> QueryResult<String> {
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
    conn: &mut Connection,
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
pub async fn insert_accounts(conn: &mut Connection, accounts: &[NewAccount]) -> QueryResult<usize> {
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
    conn: &mut Connection,
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

/// The addresses some accounts sign in with. Before sign-in.
///
/// # Errors
/// What the database says.
pub async fn mail_names(
    conn: &mut Connection,
    org: ProviderOrgId,
    accounts: &[AccountId],
) -> QueryResult<Vec<(AccountId, String)>> {
    let accounts = planned(accounts.iter().map(|id| id.0));
    let rows: Vec<(Uuid, String)> = sign_in_names::table
        .filter(sign_in_names::provider_org_id.eq(org.0))
        .filter(sign_in_names::account_id.eq_any(accounts))
        .filter(sign_in_names::kind.eq("email"))
        .order((sign_in_names::account_id, sign_in_names::created_at))
        .select((sign_in_names::account_id, sign_in_names::name))
        .load(conn)
        .await?;
    let named = rows.into_iter();
    Ok(named.map(|(id, name)| (AccountId(id), name)).collect())
}

/// Sets a password and makes the account active; every token of before is refused from now on.
///
/// # Errors
/// What the database says.
pub async fn activate(
    conn: &mut Connection,
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
    conn: &mut Connection,
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
    conn: &mut Connection,
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
pub async fn insert_role_grant(conn: &mut Connection, grant: &NewRoleGrant) -> QueryResult<()> {
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
pub async fn sandbox_exists(conn: &mut Connection) -> QueryResult<bool> {
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
pub async fn provider_organizations(conn: &mut Connection) -> QueryResult<Vec<(Uuid, String)>> {
    provider_organizations::table
        .order(provider_organizations::id)
        .select((provider_organizations::id, provider_organizations::code))
        .load(conn)
        .await
}
