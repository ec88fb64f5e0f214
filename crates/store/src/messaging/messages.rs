//! Messages; their texts sealed.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::access::Allowed;
use salus_domain::ids::{ConversationId, MessageId};
use uuid::Uuid;

use crate::database::{Connection, planned};
use crate::schema::{conversations, messages};

/// A message, as it is kept.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = messages)]
#[expect(missing_docs, reason = "columns are described in the database")]
pub struct MessageRow {
    pub id: Uuid,
    pub provider_org_id: Uuid,
    pub employer_id: Uuid,
    pub person_id: Option<Uuid>,
    pub conversation_id: Uuid,
    pub seq: i32,
    pub side: String,
    pub author_account_id: Uuid,
    pub author_name: String,
    pub body_sealed: Vec<u8>,
    pub sent_at: DateTime<Utc>,
    pub retracted_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
}

/// Adds a message.
///
/// # Errors
/// What the database says.
pub async fn insert_message(mut conn: &Connection, new: &Allowed<MessageRow>) -> QueryResult<()> {
    diesel::insert_into(messages::table)
        .values(new.get())
        .execute(&mut conn)
        .await
        .map(drop)
}

/// Messages of a conversation before a number, the newest first.
///
/// # Errors
/// What the database says.
pub async fn list_messages(
    mut conn: &Connection,
    conversation: &Allowed<ConversationId>,
    before: Option<i32>,
    limit: i64,
) -> QueryResult<Vec<MessageRow>> {
    messages::table
        .filter(messages::conversation_id.eq(conversation.get().0))
        .filter(messages::seq.lt(before.unwrap_or(i32::MAX)))
        .order(messages::seq.desc())
        .limit(limit)
        .select(MessageRow::as_select())
        .load(&mut conn)
        .await
}

/// The last message of each conversation, in no order; taken back or not.
///
/// # Errors
/// What the database says.
pub async fn last_messages(mut conn: &Connection, ids: &[Uuid]) -> QueryResult<Vec<MessageRow>> {
    messages::table
        .inner_join(
            conversations::table.on(conversations::provider_org_id
                .eq(messages::provider_org_id)
                .and(conversations::id.eq(messages::conversation_id))
                .and(conversations::last_seq.eq(messages::seq))),
        )
        .filter(messages::conversation_id.eq_any(planned(ids.iter().copied())))
        .select(MessageRow::as_select())
        .load(&mut conn)
        .await
}

/// A message, if the actor may know of it.
///
/// # Errors
/// What the database says.
pub async fn find_message(conn: &mut Connection, id: MessageId) -> QueryResult<Option<MessageRow>> {
    messages::table
        .filter(messages::id.eq(id.0))
        .select(MessageRow::as_select())
        .first(conn)
        .await
        .optional()
}

/// A message, locked until the transaction ends.
///
/// # Errors
/// What the database says.
pub async fn lock_message(conn: &mut Connection, id: MessageId) -> QueryResult<Option<MessageRow>> {
    messages::table
        .filter(messages::id.eq(id.0))
        .select(MessageRow::as_select())
        .for_update()
        .first(conn)
        .await
        .optional()
}

/// Takes a message back.
///
/// # Errors
/// What the database says.
pub async fn retract_message(
    conn: &mut Connection,
    message: &Allowed<MessageId>,
    now: DateTime<Utc>,
) -> QueryResult<()> {
    diesel::update(messages::table.filter(messages::id.eq(message.get().0)))
        .set(messages::retracted_at.eq(now))
        .execute(conn)
        .await
        .map(drop)
}

/// Who wrote the last message that was not taken back.
///
/// # Errors
/// What the database says.
pub async fn last_speaker(
    conn: &mut Connection,
    conversation: ConversationId,
) -> QueryResult<Option<String>> {
    messages::table
        .filter(messages::conversation_id.eq(conversation.0))
        .filter(messages::retracted_at.is_null())
        .order(messages::seq.desc())
        .select(messages::side)
        .first(conn)
        .await
        .optional()
}
