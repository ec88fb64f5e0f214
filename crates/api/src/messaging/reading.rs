//! Reading: messages with their receipts, pointers, the badge.

use salus_domain::access::{Act, DataClass, Hat};
use salus_domain::ids::ConversationId;
use salus_domain::messaging::{read_up_to, unread_from};
use salus_store::messaging::{
    Counted, list_messages, mark_delivered, mark_seen, read_seq, set_read_seq, total_unread,
};
use salus_types::messaging::{Conversation, Message, UnreadCounts};
use salus_types::page::{Page, PageQuery};
use uuid::Uuid;

use super::threads::{find, find_as, reader, shown_messages, shown_one};
use super::writing::announce;
use crate::error::ApiError;
use crate::extract::{cursor, limit, place};
use crate::transaction::Tx;

/// A page of messages, the newest first; they count as delivered from now on.
pub(super) async fn messages(
    tx: &mut Tx,
    id: ConversationId,
    page: &PageQuery,
) -> Result<Page<Message>, ApiError> {
    let (conversation, reader) = find_as(tx, id, Act::Read).await?;
    let (limit, before) = (limit(page)?, place::<i32>(page.cursor.as_deref())?);
    let row = conversation.get().clone();
    let conversation = conversation.try_map(|_| Ok::<_, ApiError>(id))?;
    let mut rows = list_messages(tx.shared(), &conversation, before, limit + 1).await?;
    let limit = usize::try_from(limit).unwrap_or_default();
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next_cursor = rows
        .last()
        .filter(|_| more)
        .map(|row| cursor(&row.seq))
        .transpose()?;
    let other = reader.side.other().as_str();
    let arrived: Vec<Uuid> = rows
        .iter()
        .filter(|row| row.side == other && row.retracted_at.is_none())
        .map(|row| row.id)
        .collect();
    if !arrived.is_empty() {
        let now = tx.now;
        mark_delivered(tx.shared(), &reader, &arrived, now).await?;
    }
    Ok(Page {
        items: shown_messages(tx, &row, &reader, &rows).await?,
        next_cursor,
    })
}

/// The acting account has seen everything up to a message.
pub(super) async fn read(
    tx: &mut Tx,
    id: ConversationId,
    seq: i32,
) -> Result<Conversation, ApiError> {
    let row = find(tx, id, Act::Read).await?.into_inner();
    let (reader, now) = (reader(tx).await?, tx.now);
    let before = read_seq(tx.conn(), &reader, id).await?;
    let after = read_up_to(before, seq, row.last_seq);
    let seen = mark_seen(tx.conn(), &reader, id, seq.min(row.last_seq), now).await?;
    if after != before {
        set_read_seq(tx.conn(), &reader, id, after, now).await?;
    }
    if after != before || seen > 0 {
        announce(tx, "message.seen", &row, Some(after));
    }
    shown_one(tx, &row).await
}

/// Counts a message and those after it as unread again; receipts stay.
pub(super) async fn unread(
    tx: &mut Tx,
    id: ConversationId,
    seq: i32,
) -> Result<Conversation, ApiError> {
    let row = find(tx, id, Act::Read).await?.into_inner();
    let (reader, now) = (reader(tx).await?, tx.now);
    let before = read_seq(tx.conn(), &reader, id).await?;
    let after = unread_from(before, seq);
    if after != before {
        set_read_seq(tx.conn(), &reader, id, after, now).await?;
        announce(tx, "message.seen", &row, Some(after));
    }
    shown_one(tx, &row).await
}

/// How much waits to be read.
pub(super) async fn counts(tx: &mut Tx) -> Result<UnreadCounts, ApiError> {
    tx.scope(Act::Read, DataClass::Message)?;
    let reader = reader(tx).await?;
    let counted = match (tx.actor.hat, tx.actor.person) {
        (Hat::Me, Some(person)) => Counted::Person(person),
        (Hat::Team, _) => Counted::Account(tx.actor.account()?),
        _ => Counted::All,
    };
    let (messages, conversations) = total_unread(tx.conn(), &reader, counted).await?;
    Ok(UnreadCounts {
        messages: u32::try_from(messages).unwrap_or(u32::MAX),
        conversations: u32::try_from(conversations).unwrap_or(u32::MAX),
    })
}
