//! What was typed and not sent.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::ids::{AccountId, ConversationId};
use uuid::Uuid;

use crate::database::Connection;
use crate::schema::conversation_drafts;

/// A draft, sealed for its row.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = conversation_drafts)]
#[expect(missing_docs, reason = "columns are described in the database")]
pub struct DraftRow {
    pub id: Uuid,
    pub provider_org_id: Uuid,
    pub account_id: Uuid,
    pub conversation_id: Uuid,
    pub body_sealed: Vec<u8>,
    pub saved_at: DateTime<Utc>,
}

/// The account's draft in a conversation, if it was saved after a time.
///
/// # Errors
/// What the database says.
pub async fn find_draft(
    mut conn: &Connection,
    account: AccountId,
    conversation: ConversationId,
    since: DateTime<Utc>,
) -> QueryResult<Option<DraftRow>> {
    conversation_drafts::table
        .filter(conversation_drafts::account_id.eq(account.0))
        .filter(conversation_drafts::conversation_id.eq(conversation.0))
        .filter(conversation_drafts::saved_at.gt(since))
        .select(DraftRow::as_select())
        .first(&mut conn)
        .await
        .optional()
}

/// Keeps a draft in place of the one before.
///
/// # Errors
/// What the database says.
pub async fn save_draft(conn: &mut Connection, row: &DraftRow) -> QueryResult<()> {
    diesel::insert_into(conversation_drafts::table)
        .values(row)
        .on_conflict((
            conversation_drafts::provider_org_id,
            conversation_drafts::account_id,
            conversation_drafts::conversation_id,
        ))
        .do_update()
        .set((
            // The text is sealed for its row, so the row's id goes with it.
            conversation_drafts::id.eq(row.id),
            conversation_drafts::body_sealed.eq(&row.body_sealed),
            conversation_drafts::saved_at.eq(row.saved_at),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// Forgets the account's draft in a conversation.
///
/// # Errors
/// What the database says.
pub async fn delete_draft(
    mut conn: &Connection,
    account: AccountId,
    conversation: ConversationId,
) -> QueryResult<()> {
    diesel::delete(
        conversation_drafts::table
            .filter(conversation_drafts::account_id.eq(account.0))
            .filter(conversation_drafts::conversation_id.eq(conversation.0)),
    )
    .execute(&mut conn)
    .await
    .map(drop)
}
