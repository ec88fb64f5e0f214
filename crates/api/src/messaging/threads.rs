//! What every hat shares: finding a conversation, opening its texts, showing it.

use chrono::Duration;
use futures_util::future::try_join;
use salus_domain::access::{Act, Allowed, DataClass, Hat, Scope};
use salus_domain::ids::{ConversationId, PersonId};
use salus_domain::messaging::{RETRACT_MINUTES, Side, State, may_write};
use salus_domain::people::shown_name;
use salus_store::database::error::QueryResult;
use salus_store::messaging::{
    ConversationRow, Listed, MessageRow, MessageTypeRow, Reader, ReceiptRow, account_name,
    find_conversation, find_draft, first_receipts, last_messages, list_conversations,
    list_message_types, lock_conversation, person_names, unread_counts,
};
use salus_store::sealing::{Key, Place};
use salus_types::messaging::{
    Conversation, ConversationAct, ConversationFilter, ConversationsQuery, Draft, Message, Notice,
};
use salus_types::page::{Page, PageQuery};
use std::collections::HashMap;
use uuid::Uuid;

use super::types;
use crate::error::ApiError;
use crate::extract::{cursor, limit, place};
use crate::transaction::{Connection, Tx};

/// The sealed places of this feature.
pub(super) const SUBJECT: (&str, &str) = ("conversations", "subject_sealed");
pub(super) const CLOSE_REASON: (&str, &str) = ("conversations", "close_reason_sealed");
pub(super) const BODY: (&str, &str) = ("messages", "body_sealed");
pub(super) const DRAFT: (&str, &str) = ("conversation_drafts", "body_sealed");

/// Days a draft is kept.
const DRAFT_DAYS: i64 = 30;

pub(super) fn at((table, column): (&'static str, &'static str), row: Uuid) -> Place<'static> {
    Place { table, column, row }
}

/// Which side the hat writes for.
pub(super) fn side(tx: &Tx) -> Side {
    if tx.actor.hat == Hat::Clinic {
        Side::Clinic
    } else {
        Side::Portal
    }
}

/// The acting account as a reader and writer.
pub(super) async fn reader(tx: &mut Tx) -> Result<Reader, ApiError> {
    let name = account_name(tx.shared(), tx.actor.account()?).await?;
    reader_named(tx, name)
}

fn reader_named(tx: &Tx, name: Option<String>) -> Result<Reader, ApiError> {
    let account = tx.actor.account()?;
    let name = name.ok_or_else(ApiError::not_found)?;
    Ok(Reader {
        org: tx.actor.provider_org,
        account,
        name,
        side: side(tx),
    })
}

/// The key a conversation is sealed with: its person's chart's, or the organization's for a
/// supervisor's, to whom no chart is open.
pub(super) async fn key(tx: &mut Tx, row: &ConversationRow) -> Result<Key, ApiError> {
    match row.chart() {
        Some(person) => tx.chart_key(person).await,
        None => tx.organization_key().await,
    }
}

/// As [`key`], from what [`Tx::wrapped_key`] found.
pub(super) async fn key_from(
    tx: &mut Tx,
    row: &ConversationRow,
    wrapped: Option<Vec<u8>>,
) -> Result<Key, ApiError> {
    match row.chart() {
        Some(person) => tx.unwrapped_key(person, wrapped).await,
        None => tx.organization_key().await,
    }
}

/// Opens a sealed text.
pub(super) fn open(key: &Key, place: &Place<'_>, sealed: &[u8]) -> Result<String, ApiError> {
    String::from_utf8(key.open(place, sealed)?).map_err(ApiError::internal)
}

/// A conversation, for an act on it.
///
/// # Errors
/// 404 when it does not exist for this actor.
pub(super) async fn find(
    tx: &mut Tx,
    id: ConversationId,
    act: Act,
) -> Result<Allowed<ConversationRow>, ApiError> {
    let found = look_up(tx.shared(), id, act).await?;
    permitted(tx, id, act, found)
}

/// As [`find`], with who looks; asked together.
pub(super) async fn find_as(
    tx: &mut Tx,
    id: ConversationId,
    act: Act,
) -> Result<(Allowed<ConversationRow>, Reader), ApiError> {
    let (conn, account) = (tx.shared(), tx.actor.account()?);
    let (found, name) = try_join(look_up(conn, id, act), account_name(conn, account)).await?;
    let row = permitted(tx, id, act, found)?;
    Ok((row, reader_named(tx, name)?))
}

async fn look_up(
    conn: &Connection,
    id: ConversationId,
    act: Act,
) -> QueryResult<Option<ConversationRow>> {
    if act == Act::Read {
        find_conversation(conn, id).await
    } else {
        lock_conversation(conn, id).await
    }
}

fn permitted(
    tx: &mut Tx,
    id: ConversationId,
    act: Act,
    found: Option<ConversationRow>,
) -> Result<Allowed<ConversationRow>, ApiError> {
    let Some(row) = found else {
        return Err(tx.missing(act, DataClass::Message, id));
    };
    let about = row.about();
    tx.allow(act, DataClass::Message, about, row)
}

/// A page of the conversations the hat may see.
pub(super) async fn list(
    tx: &mut Tx,
    query: &ConversationsQuery,
) -> Result<Page<Conversation>, ApiError> {
    let scope = tx.scope(Act::Read, DataClass::Message)?;
    let limit = limit(&PageQuery {
        limit: query.limit,
        cursor: None,
    })?;
    let listed = Listed {
        state: match query.state {
            Some(ConversationFilter::Open) => Some(State::Open),
            Some(ConversationFilter::Closed) => Some(State::Closed),
            _ => None,
        },
        needs_reply: query.state == Some(ConversationFilter::NeedsReply),
        person: query.person,
        after: place(query.cursor.as_deref())?,
    };
    let mut rows = list_conversations(tx.conn(), &scope, &listed, limit + 1).await?;
    let limit = usize::try_from(limit).unwrap_or_default();
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next_cursor = rows
        .last()
        .filter(|_| more)
        .map(|row| cursor(&(&row.state, row.last_message_at, row.id)))
        .transpose()?;
    note_shown(tx, &scope, &rows);
    Ok(Page {
        items: shown(tx, &rows).await?,
        next_cursor,
    })
}

fn note_shown(tx: &mut Tx, scope: &Scope, rows: &[ConversationRow]) {
    let about_people = rows
        .iter()
        .filter_map(|row| Some((PersonId(row.person_id?), row.id)));
    tx.shown(scope, about_people);
}

/// One conversation with the draft of the acting account.
pub(super) async fn shown_one(
    tx: &mut Tx,
    row: &ConversationRow,
) -> Result<Conversation, ApiError> {
    let mut items = shown(tx, std::slice::from_ref(row)).await?;
    let mut conversation = items.pop().ok_or_else(ApiError::not_found)?;
    let (account, since) = (tx.actor.account()?, tx.now - Duration::days(DRAFT_DAYS));
    let draft = find_draft(tx.conn(), account, ConversationId(row.id), since).await?;
    if let Some(draft) = draft {
        let key = key(tx, row).await?;
        conversation.draft = Some(Draft {
            text: open(&key, &at(DRAFT, draft.id), &draft.body_sealed)?,
            saved_at: draft.saved_at,
        });
    }
    Ok(conversation)
}

/// Conversations as the hat sees them, in their order: a few statements for all of them.
async fn shown(tx: &mut Tx, rows: &[ConversationRow]) -> Result<Vec<Conversation>, ApiError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let reader = reader(tx).await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let persons: Vec<Uuid> = rows.iter().filter_map(|row| row.person_id).collect();
    let charts: Vec<PersonId> = rows.iter().filter_map(ConversationRow::chart).collect();
    tx.open_chart_keys(&charts).await?;
    let kinds: HashMap<Uuid, MessageTypeRow> = list_message_types(tx.conn())
        .await?
        .into_iter()
        .map(|row| (row.id, row))
        .collect();
    let unread: HashMap<Uuid, i64> = unread_counts(tx.conn(), &reader, &ids)
        .await?
        .into_iter()
        .collect();
    let last: HashMap<Uuid, MessageRow> = last_messages(tx.conn(), &ids)
        .await?
        .into_iter()
        .map(|message| (message.conversation_id, message))
        .collect();
    let names: HashMap<Uuid, String> = if tx.actor.hat == Hat::Me {
        HashMap::new()
    } else {
        person_names(tx.conn(), &persons)
            .await?
            .into_iter()
            .map(|(id, first, preferred, last)| (id, shown_name(&first, &preferred, &last)))
            .collect()
    };
    let mut shown = Vec::with_capacity(rows.len());
    for row in rows {
        let key = key(tx, row).await?;
        let facts = row.facts();
        let last = last
            .get(&row.id)
            .filter(|message| message.retracted_at.is_none());
        let last_words = last
            .map(|message| open(&key, &at(BODY, message.id), &message.body_sealed))
            .transpose()?;
        let subject = row
            .subject_sealed
            .as_deref()
            .map(|sealed| open(&key, &at(SUBJECT, row.id), sealed))
            .transpose()?;
        let kind = kinds.get(&row.message_type_id);
        let with_person = tx.actor.hat != Hat::Me;
        shown.push(Conversation {
            id: ConversationId(row.id),
            type_name: kind.map(types::name).unwrap_or_default(),
            subject,
            person_id: row.person_id.filter(|_| with_person).map(PersonId),
            person_name: row.person_id.and_then(|id| names.get(&id).cloned()),
            state: facts.state,
            unread: unread
                .get(&row.id)
                .map_or(0, |n| u32::try_from(*n).unwrap_or(u32::MAX)),
            last_seq: row.last_seq,
            last_message_at: row.last_message_at,
            last_words: last_words.map(|text| text.chars().take(200).collect()),
            last_side: facts.last_side,
            needs_reply: facts.needs_reply(),
            reply_due_at: facts.reply_due_at,
            overdue: facts.overdue(tx.now),
            closed_at: row.closed_at,
            closed_by: row.closed_by_side.as_deref().and_then(Side::parse),
            draft: None,
            notice: kind.map_or_else(
                || Notice {
                    readers: Vec::new(),
                    reply_expected_at: None,
                    time_zone: "UTC".to_owned(),
                    emergency_text: None,
                },
                |kind| types::notice(kind, tx.now),
            ),
            allowed: allowed(tx, row),
            version: row.version,
        });
    }
    Ok(shown)
}

fn allowed(tx: &Tx, row: &ConversationRow) -> Vec<ConversationAct> {
    let facts = row.facts();
    let may_change = tx
        .actor
        .allow(Act::Change, DataClass::Message, row.about(), ())
        .is_ok();
    if !may_change {
        Vec::new()
    } else if may_write(&facts) {
        vec![ConversationAct::Send, ConversationAct::Close]
    } else if facts.may_reopen(side(tx), tx.now) {
        vec![ConversationAct::Reopen]
    } else {
        Vec::new()
    }
}

/// Messages as a reader sees them, in their order.
pub(super) async fn shown_messages(
    tx: &mut Tx,
    conversation: &ConversationRow,
    reader: &Reader,
    rows: &[MessageRow],
) -> Result<Vec<Message>, ApiError> {
    let own = reader.side.as_str();
    let ids: Vec<Uuid> = rows
        .iter()
        .filter(|row| row.side == own)
        .map(|row| row.id)
        .collect();
    let (receipts, wrapped) = try_join(
        first_receipts(tx.shared(), &ids),
        tx.wrapped_key(conversation.chart()),
    )
    .await?;
    let key = key_from(tx, conversation, wrapped).await?;
    described(tx, reader, &key, rows, &receipts)
}

/// Messages with the receipts there are of them.
pub(super) fn described(
    tx: &Tx,
    reader: &Reader,
    key: &Key,
    rows: &[MessageRow],
    receipts: &[ReceiptRow],
) -> Result<Vec<Message>, ApiError> {
    let own = reader.side.as_str();
    rows.iter()
        .map(|row| {
            let receipts = || {
                receipts
                    .iter()
                    .filter(|receipt| receipt.message_id == row.id)
            };
            let first = receipts().next();
            let seen = first.filter(|receipt| receipt.seen_at.is_some());
            let retracted = row.retracted_at.is_some();
            let until = row.sent_at + Duration::minutes(RETRACT_MINUTES);
            let retractable = row.author_account_id == reader.account.0
                && row.side == own
                && !retracted
                && seen.is_none()
                && tx.now <= until;
            Ok(Message {
                id: salus_domain::ids::MessageId(row.id),
                seq: row.seq,
                side: Side::parse(&row.side).unwrap_or(Side::Clinic),
                own: row.side == own,
                author: row.author_name.clone(),
                text: if retracted {
                    None
                } else {
                    Some(open(key, &at(BODY, row.id), &row.body_sealed)?)
                },
                retracted,
                sent_at: row.sent_at,
                delivered_at: receipts().map(|receipt| receipt.delivered_at).min(),
                seen_at: seen.and_then(|receipt| receipt.seen_at),
                seen_by: seen.map(|receipt| receipt.account_name.clone()),
                retractable_until: retractable.then_some(until),
            })
        })
        .collect()
}
