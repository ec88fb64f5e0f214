//! Pick-up codes.

use crate::database::Connection;
use crate::schema::{accounts, contact_points, employments, persons, pickup_codes, relationships};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::access::Allowed;
use salus_domain::ids::{PersonId, PickupCodeId};
use uuid::Uuid;

/// A code, without the code.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = pickup_codes)]
pub struct CodeRow {
    /// Its id.
    pub id: Uuid,
    /// The organization.
    pub provider_org_id: Uuid,
    /// Whose chart it opens.
    pub person_id: Uuid,
    /// `self` or `proxy`.
    pub purpose: String,
    /// `pending`, `redeemed`, `locked`, `void`.
    pub state: String,
    /// Keyed hash of the code.
    pub code_hash: Vec<u8>,
    /// Its last four characters.
    pub last_four: String,
    /// How it was given: `shown` or `email`.
    pub channel: String,
    /// Wrong answers to the second fact.
    pub wrong_answers: i16,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// By whom.
    pub created_by: Option<Uuid>,
    /// When it stops working.
    pub expires_at: DateTime<Utc>,
    /// When it was used, locked or made void.
    pub closed_at: Option<DateTime<Utc>>,
}

/// Codes of a person, newest first.
///
/// # Errors
/// What the database says.
pub async fn list_codes(
    conn: &mut Connection,
    allowed: &Allowed<PersonId>,
) -> QueryResult<Vec<CodeRow>> {
    pickup_codes::table
        .filter(pickup_codes::person_id.eq(allowed.get().0))
        .order((pickup_codes::created_at.desc(), pickup_codes::id.desc()))
        .select(CodeRow::as_select())
        .limit(50)
        .load(conn)
        .await
}

/// Makes pending codes of a person void: a new one replaces them, or they are taken back.
///
/// # Errors
/// What the database says.
pub async fn void_codes(
    conn: &mut Connection,
    person: PersonId,
    purpose: Option<&str>,
    now: DateTime<Utc>,
) -> QueryResult<usize> {
    let mut query = diesel::update(pickup_codes::table)
        .filter(pickup_codes::person_id.eq(person.0))
        .filter(pickup_codes::state.eq("pending"))
        .set((
            pickup_codes::state.eq("void"),
            pickup_codes::closed_at.eq(now),
            pickup_codes::version.eq(pickup_codes::version + 1),
        ))
        .into_boxed();
    if let Some(purpose) = purpose {
        query = query.filter(pickup_codes::purpose.eq(purpose.to_owned()));
    }
    query.execute(conn).await
}

/// Keeps a new code.
///
/// # Errors
/// What the database says.
pub async fn insert_code(conn: &mut Connection, code: Allowed<CodeRow>) -> QueryResult<CodeRow> {
    let code = code.into_inner();
    diesel::insert_into(pickup_codes::table)
        .values(&code)
        .execute(conn)
        .await?;
    Ok(code)
}

/// The code behind a hash, before sign-in.
///
/// # Errors
/// What the database says.
pub async fn find_by_hash(conn: &mut Connection, hash: &[u8]) -> QueryResult<Option<CodeRow>> {
    pickup_codes::table
        .filter(pickup_codes::code_hash.eq(hash))
        .select(CodeRow::as_select())
        .first(conn)
        .await
        .optional()
}

/// A code, locked until the transaction ends.
///
/// # Errors
/// What the database says.
pub async fn lock_code(conn: &mut Connection, id: PickupCodeId) -> QueryResult<Option<CodeRow>> {
    pickup_codes::table
        .find(id.0)
        .select(CodeRow::as_select())
        .for_update()
        .first(conn)
        .await
        .optional()
}

/// Counts a wrong answer, and locks the code when told so.
///
/// # Errors
/// What the database says.
pub async fn wrong_answer(
    conn: &mut Connection,
    id: PickupCodeId,
    locks: bool,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    let counted = pickup_codes::wrong_answers.eq(pickup_codes::wrong_answers + 1);
    let target = pickup_codes::table.find(id.0);
    if locks {
        diesel::update(target)
            .set((
                counted,
                pickup_codes::state.eq("locked"),
                pickup_codes::closed_at.eq(now),
                pickup_codes::version.eq(pickup_codes::version + 1),
            ))
            .execute(conn)
            .await
    } else {
        diesel::update(target).set(counted).execute(conn).await
    }
    .map(drop)
}

/// Spends a code. Of two at once one answers true.
///
/// # Errors
/// What the database says.
pub async fn spend(
    conn: &mut Connection,
    id: PickupCodeId,
    account: Uuid,
    now: DateTime<Utc>,
) -> QueryResult<bool> {
    diesel::update(
        pickup_codes::table
            .filter(pickup_codes::id.eq(id.0))
            .filter(pickup_codes::state.eq("pending"))
            .filter(pickup_codes::expires_at.gt(now)),
    )
    .set((
        pickup_codes::state.eq("redeemed"),
        pickup_codes::closed_at.eq(now),
        pickup_codes::redeemed_by.eq(account),
        pickup_codes::version.eq(pickup_codes::version + 1),
    ))
    .execute(conn)
    .await
    .map(|spent| spent == 1)
}

/// Employers a person works or worked for, of those the actor reaches.
///
/// # Errors
/// What the database says.
pub async fn employers_of(conn: &mut Connection, person: PersonId) -> QueryResult<Vec<Uuid>> {
    employments::table
        .filter(employments::person_id.eq(person.0))
        .order((employments::status.eq("ended"), employments::created_at))
        .select(employments::employer_id)
        .load(conn)
        .await
}

/// The state of a person's own account.
///
/// # Errors
/// What the database says.
pub async fn account_state(conn: &mut Connection, person: PersonId) -> QueryResult<Option<String>> {
    relationships::table
        .inner_join(
            accounts::table.on(accounts::provider_org_id
                .eq(relationships::provider_org_id)
                .and(accounts::id.eq(relationships::account_id))),
        )
        .filter(relationships::person_id.eq(person.0))
        .filter(relationships::kind.eq("self"))
        .filter(relationships::ends_at.is_null())
        .select(accounts::state)
        .first(conn)
        .await
        .optional()
}

/// The address something can be sent to: one the person gave before one of the employer's.
///
/// # Errors
/// What the database says.
pub async fn email_of(conn: &mut Connection, person: PersonId) -> QueryResult<Option<String>> {
    contact_points::table
        .filter(contact_points::person_id.eq(person.0))
        .filter(contact_points::kind.eq("email"))
        .filter(contact_points::usable)
        .order((
            contact_points::source.eq("hr_feed"),
            contact_points::created_at.desc(),
        ))
        .select(contact_points::value)
        .first(conn)
        .await
        .optional()
}

/// The language of a person, as the employer or the person said.
///
/// # Errors
/// What the database says.
pub async fn language_of(conn: &mut Connection, person: PersonId) -> QueryResult<Option<String>> {
    persons::table
        .find(person.0)
        .select(persons::language)
        .first(conn)
        .await
        .optional()
        .map(Option::flatten)
}
