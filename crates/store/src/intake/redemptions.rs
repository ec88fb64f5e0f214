//! Attempts to redeem a code.

use crate::database::Connection;
use crate::schema::{accounts, code_redemptions, contact_points, persons};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
use salus_domain::ids::{AccountId, PersonId, ProviderOrgId, RedemptionId};
use uuid::Uuid;

/// An attempt.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = code_redemptions)]
pub struct RedemptionRow {
    /// Its id.
    pub id: Uuid,
    /// The organization.
    pub provider_org_id: Uuid,
    /// The code.
    pub code_id: Uuid,
    /// SHA-256 of the token the page holds.
    pub token_hash: Vec<u8>,
    /// The step that is waited for.
    pub step: String,
    /// The language of the page.
    pub language: String,
    /// The address being checked, sealed.
    pub sealed_email: Option<Vec<u8>>,
    /// Keyed hash of the six digits.
    pub digits_hash: Option<Vec<u8>>,
    /// Until when they work.
    pub digits_expire_at: Option<DateTime<Utc>>,
    /// Wrong digits since the last message.
    pub wrong_digits: i16,
    /// Messages sent.
    pub messages: i16,
    /// When it began.
    pub created_at: DateTime<Utc>,
    /// When it ends.
    pub expires_at: DateTime<Utc>,
}

/// Keeps a new attempt.
///
/// # Errors
/// What the database says.
pub async fn insert_redemption(conn: &mut Connection, row: &RedemptionRow) -> QueryResult<()> {
    diesel::insert_into(code_redemptions::table)
        .values(row)
        .execute(conn)
        .await
        .map(drop)
}

/// The organization of an attempt, before sign-in.
///
/// # Errors
/// What the database says.
pub async fn organization_of(conn: &mut Connection, id: RedemptionId) -> QueryResult<Option<Uuid>> {
    code_redemptions::table
        .find(id.0)
        .select(code_redemptions::provider_org_id)
        .first(conn)
        .await
        .optional()
}

/// An attempt, locked until the transaction ends.
///
/// # Errors
/// What the database says.
pub async fn lock_redemption(
    conn: &mut Connection,
    id: RedemptionId,
) -> QueryResult<Option<RedemptionRow>> {
    code_redemptions::table
        .find(id.0)
        .select(RedemptionRow::as_select())
        .for_update()
        .first(conn)
        .await
        .optional()
}

/// Keeps how far an attempt got.
///
/// # Errors
/// What the database says.
pub async fn save_redemption(conn: &mut Connection, row: &RedemptionRow) -> QueryResult<()> {
    diesel::update(code_redemptions::table.find(row.id))
        .set((
            code_redemptions::step.eq(&row.step),
            code_redemptions::sealed_email.eq(&row.sealed_email),
            code_redemptions::digits_hash.eq(&row.digits_hash),
            code_redemptions::digits_expire_at.eq(row.digits_expire_at),
            code_redemptions::wrong_digits.eq(row.wrong_digits),
            code_redemptions::messages.eq(row.messages),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// What the chart knows that can be asked: birth date and phones.
///
/// # Errors
/// What the database says.
pub async fn chart_facts(
    conn: &mut Connection,
    person: PersonId,
) -> QueryResult<(Option<NaiveDate>, Vec<String>)> {
    let born: Option<NaiveDate> = persons::table
        .find(person.0)
        .select(persons::birth_date)
        .first(conn)
        .await?;
    let phones = contact_points::table
        .filter(contact_points::person_id.eq(person.0))
        .filter(contact_points::kind.eq_any(["mobile_phone", "home_phone"]))
        .order(contact_points::id)
        .select(contact_points::value)
        .load(conn)
        .await?;
    Ok((born, phones))
}

/// Keeps the address a person checked with a code. An address of the employer's stays beside it.
///
/// # Errors
/// What the database says.
pub async fn keep_email(
    conn: &mut Connection,
    org: Uuid,
    person: PersonId,
    email: &str,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    diesel::insert_into(contact_points::table)
        .values((
            contact_points::id.eq(Uuid::now_v7()),
            contact_points::provider_org_id.eq(org),
            contact_points::person_id.eq(person.0),
            contact_points::kind.eq("email"),
            contact_points::value.eq(email),
            contact_points::source.eq("code"),
            contact_points::usable.eq(true),
            contact_points::verified_at.eq(now),
            contact_points::created_at.eq(now),
        ))
        .on_conflict((
            contact_points::provider_org_id,
            contact_points::person_id,
            contact_points::kind,
            contact_points::source,
        ))
        .do_update()
        .set((
            contact_points::value.eq(email),
            contact_points::verified_at.eq(now),
            contact_points::version.eq(contact_points::version + 1),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// Who a person is, for the account that is made: name and employer's language.
///
/// # Errors
/// What the database says.
pub async fn name_of(conn: &mut Connection, person: PersonId) -> QueryResult<[String; 3]> {
    let (preferred, first, last): (String, String, String) = persons::table
        .find(person.0)
        .select((
            persons::preferred_name,
            persons::first_name,
            persons::last_name,
        ))
        .first(conn)
        .await?;
    Ok([preferred, first, last])
}

/// Gives an account its sign-in name in the transaction that activates it; false when somebody has
/// it. Sign-in names belong to the installation, so the look-up role writes them.
///
/// # Errors
/// What the database says.
pub async fn claim_sign_in_name(
    conn: &mut Connection,
    org: ProviderOrgId,
    account: AccountId,
    name: &str,
    now: DateTime<Utc>,
) -> QueryResult<bool> {
    conn.batch_execute("SET LOCAL ROLE salus_authn").await?;
    let made = crate::accounts::insert_sign_in_name(conn, org, account, "email", name, now).await?;
    let own = made
        || crate::accounts::find_sign_in(conn, name)
            .await?
            .is_some_and(|row| row.account_id == account.0);
    conn.batch_execute("SET LOCAL ROLE NONE").await?;
    Ok(own)
}

/// The epoch of an account, for the token of the session that opens next.
///
/// # Errors
/// What the database says.
pub async fn epoch_of(conn: &mut Connection, account: AccountId) -> QueryResult<i32> {
    accounts::table
        .find(account.0)
        .select(accounts::epoch)
        .first(conn)
        .await
}
