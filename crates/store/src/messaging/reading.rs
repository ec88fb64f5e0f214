//! What was read: pointers, unread counts, receipts.

use chrono::{DateTime, Utc};
use diesel::dsl::{count, count_star, min};
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Timestamptz};
use diesel_async::RunQueryDsl;
use salus_domain::ids::{AccountId, ConversationId, PersonId, ProviderOrgId};
use salus_domain::messaging::Side;
use uuid::Uuid;

use crate::database::{Connection, planned};
use crate::schema::{accounts, conversations, message_receipts, messages, read_pointers};

diesel::define_sql_function! {
    fn coalesce(a: Nullable<Timestamptz>, b: Nullable<Timestamptz>) -> Nullable<Timestamptz>;
}

/// Who reads: an account, for its side.
#[derive(Clone, Debug)]
pub struct Reader {
    /// The tenant.
    pub org: ProviderOrgId,
    /// The account.
    pub account: AccountId,
    /// Its name, for the receipt.
    pub name: String,
    /// Whose side it reads for.
    pub side: Side,
}

/// The other side's messages after the reader's pointer that were not taken back.
#[diesel::dsl::auto_type]
fn unread_by(account: Uuid, side: &'static str) -> _ {
    messages::table
        .left_join(
            read_pointers::table.on(read_pointers::provider_org_id
                .eq(messages::provider_org_id)
                .and(read_pointers::conversation_id.eq(messages::conversation_id))
                .and(read_pointers::account_id.eq(account))),
        )
        .filter(messages::side.eq(side))
        .filter(messages::retracted_at.is_null())
        .filter(
            read_pointers::read_seq
                .nullable()
                .is_null()
                .or(messages::seq
                    .nullable()
                    .gt(read_pointers::read_seq.nullable())
                    .assume_not_null()),
        )
}

/// Unread messages of conversations that have any, in no order.
///
/// # Errors
/// What the database says.
pub async fn unread_counts(
    mut conn: &Connection,
    reader: &Reader,
    ids: &[Uuid],
) -> QueryResult<Vec<(Uuid, i64)>> {
    unread_by(reader.account.0, reader.side.other().as_str())
        .filter(messages::conversation_id.eq_any(planned(ids.iter().copied())))
        .group_by(messages::conversation_id)
        .select((messages::conversation_id, count_star()))
        .load(&mut conn)
        .await
}

/// Whose conversations are counted. What the actor may not see is not counted in any case; this says
/// where to look, so that not every message is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// A person's.
    Person(PersonId),
    /// Those an account leads.
    Account(AccountId),
    /// All of the organization.
    All,
}

/// Unread messages, and conversations that have any, of all the actor may see.
///
/// # Errors
/// What the database says.
pub async fn total_unread(
    conn: &mut Connection,
    reader: &Reader,
    counted: Counted,
) -> QueryResult<(i64, i64)> {
    let unread = unread_by(reader.account.0, reader.side.other().as_str());
    let totals = (
        count_star(),
        count(messages::conversation_id).aggregate_distinct(),
    );
    match counted {
        Counted::Person(person) => {
            let own = unread.filter(messages::person_id.eq(person.0));
            own.select(totals).first(conn).await
        }
        Counted::Account(account) => {
            let led = conversations::table
                .filter(conversations::account_id.eq(account.0))
                .select(conversations::id);
            let own = unread.filter(messages::conversation_id.eq_any(led));
            own.select(totals).first(conn).await
        }
        Counted::All => unread.select(totals).first(conn).await,
    }
}

/// The number of the first message of the clinic that an account of the portal's side has not read.
///
/// # Errors
/// What the database says.
pub async fn first_unread(
    conn: &mut Connection,
    account: AccountId,
    conversation: ConversationId,
) -> QueryResult<Option<i32>> {
    unread_by(account.0, Side::Clinic.as_str())
        .filter(messages::conversation_id.eq(conversation.0))
        .select(min(messages::seq))
        .first(conn)
        .await
}

/// Up to which message the account has read.
///
/// # Errors
/// What the database says.
pub async fn read_seq(
    conn: &mut Connection,
    reader: &Reader,
    conversation: ConversationId,
) -> QueryResult<i32> {
    let found: Option<i32> = read_pointers::table
        .find((reader.org.0, reader.account.0, conversation.0))
        .select(read_pointers::read_seq)
        .first(conn)
        .await
        .optional()?;
    Ok(found.unwrap_or_default())
}

/// Moves the pointer.
///
/// # Errors
/// What the database says.
pub async fn set_read_seq(
    conn: &mut Connection,
    reader: &Reader,
    conversation: ConversationId,
    seq: i32,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    diesel::insert_into(read_pointers::table)
        .values((
            read_pointers::provider_org_id.eq(reader.org.0),
            read_pointers::account_id.eq(reader.account.0),
            read_pointers::conversation_id.eq(conversation.0),
            read_pointers::read_seq.eq(seq),
            read_pointers::moved_at.eq(now),
        ))
        .on_conflict((
            read_pointers::provider_org_id,
            read_pointers::account_id,
            read_pointers::conversation_id,
        ))
        .do_update()
        .set((
            read_pointers::read_seq.eq(seq),
            read_pointers::moved_at.eq(now),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// Notes that messages reached the reader; answers how many had not before.
///
/// # Errors
/// What the database says.
pub async fn mark_delivered(
    mut conn: &Connection,
    reader: &Reader,
    ids: &[Uuid],
    now: DateTime<Utc>,
) -> QueryResult<usize> {
    diesel::insert_into(message_receipts::table)
        .values(receipts(reader, ids, None, now))
        .on_conflict_do_nothing()
        .execute(&mut conn)
        .await
}

/// Notes that the other side's messages up to a number were shown to the reader: each once, at the
/// first time. Answers how many.
///
/// # Errors
/// What the database says.
pub async fn mark_seen(
    conn: &mut Connection,
    reader: &Reader,
    conversation: ConversationId,
    seq: i32,
    now: DateTime<Utc>,
) -> QueryResult<usize> {
    let unseen: Vec<Uuid> = messages::table
        .left_join(
            message_receipts::table.on(message_receipts::provider_org_id
                .eq(messages::provider_org_id)
                .and(message_receipts::message_id.eq(messages::id))
                .and(message_receipts::account_id.eq(reader.account.0))),
        )
        .filter(messages::conversation_id.eq(conversation.0))
        .filter(messages::side.eq(reader.side.other().as_str()))
        .filter(messages::seq.le(seq))
        .filter(messages::retracted_at.is_null())
        .filter(message_receipts::seen_at.nullable().is_null())
        .select(messages::id)
        .order(messages::seq)
        .load(conn)
        .await?;
    if unseen.is_empty() {
        return Ok(0);
    }
    diesel::insert_into(message_receipts::table)
        .values(receipts(reader, &unseen, Some(now), now))
        .on_conflict((
            message_receipts::provider_org_id,
            message_receipts::message_id,
            message_receipts::account_id,
        ))
        .do_update()
        .set(message_receipts::seen_at.eq(coalesce(message_receipts::seen_at, Some(now))))
        .execute(conn)
        .await
}

#[derive(Insertable)]
#[diesel(table_name = message_receipts)]
struct NewReceipt {
    provider_org_id: Uuid,
    message_id: Uuid,
    account_id: Uuid,
    account_name: String,
    delivered_at: DateTime<Utc>,
    seen_at: Option<DateTime<Utc>>,
}

fn receipts(
    reader: &Reader,
    ids: &[Uuid],
    seen_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Vec<NewReceipt> {
    ids.iter()
        .map(|id| NewReceipt {
            provider_org_id: reader.org.0,
            message_id: *id,
            account_id: reader.account.0,
            account_name: reader.name.clone(),
            delivered_at: now,
            seen_at,
        })
        .collect()
}

/// When a message reached an account, and when it was seen there.
#[derive(Clone, Debug, Queryable)]
#[expect(missing_docs, reason = "columns are described in the database")]
pub struct ReceiptRow {
    pub message_id: Uuid,
    pub account_name: String,
    pub delivered_at: DateTime<Utc>,
    pub seen_at: Option<DateTime<Utc>>,
}

/// Receipts of messages: of each message the first seen first.
///
/// # Errors
/// What the database says.
pub async fn first_receipts(mut conn: &Connection, ids: &[Uuid]) -> QueryResult<Vec<ReceiptRow>> {
    message_receipts::table
        .filter(message_receipts::message_id.eq_any(planned(ids.iter().copied())))
        .order((
            message_receipts::message_id,
            message_receipts::seen_at.asc().nulls_last(),
            message_receipts::delivered_at,
        ))
        .select((
            message_receipts::message_id,
            message_receipts::account_name,
            message_receipts::delivered_at,
            message_receipts::seen_at,
        ))
        .load(&mut conn)
        .await
}

/// The name of the acting account.
///
/// # Errors
/// What the database says.
pub async fn account_name(
    mut conn: &Connection,
    account: AccountId,
) -> QueryResult<Option<String>> {
    accounts::table
        .filter(accounts::id.eq(account.0))
        .select(accounts::display_name)
        .first(&mut conn)
        .await
        .optional()
}
