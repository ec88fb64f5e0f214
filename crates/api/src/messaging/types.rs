//! Message types: which ones are offered, and what stands above the box in which one writes.

use chrono::{DateTime, NaiveDate, Utc};
use salus_domain::access::{Act, DataClass, Hat};
use salus_domain::ids::MessageTypeId;
use salus_domain::messaging::{BusinessHours, readers};
use salus_domain::time::{Holiday, Tz, parse_zone};
use salus_store::messaging::{MessageTypeRow, find_message_type, list_message_types};
use salus_types::messaging::{MessageType, MessageTypes, Notice, TYPE_NOT_SENDABLE};

use crate::error::ApiError;
use crate::http::request::current;
use crate::transaction::Tx;
use crate::words;

/// Whose types a hat begins conversations with: the clinic writes to employees.
pub(super) fn audience(tx: &Tx) -> &'static str {
    match tx.actor.hat {
        Hat::Team => "supervisor",
        _ => "employee",
    }
}

/// The types a portal offers to begin with, in its order.
pub(super) async fn offered(tx: &mut Tx) -> Result<MessageTypes, ApiError> {
    tx.scope(Act::Read, DataClass::Configuration)?;
    let audience = audience(tx);
    let now = tx.now;
    let rows = list_message_types(tx.conn()).await?;
    let items = rows
        .iter()
        .filter(|row| row.audience == audience && is_sendable(row))
        .map(|row| MessageType {
            id: MessageTypeId(row.id),
            key: row.key.clone(),
            name: name(row),
            description: in_language(&row.descriptions),
            clinical: row.clinical,
            notice: notice(row, now),
        });
    Ok(MessageTypes {
        items: items.collect(),
    })
}

/// The type a conversation is to begin with.
///
/// # Errors
/// 422 `type-not-sendable`, also for one that does not exist.
pub(super) async fn sendable(tx: &mut Tx, id: MessageTypeId) -> Result<MessageTypeRow, ApiError> {
    let audience = audience(tx);
    let found = find_message_type(tx.conn(), id).await?;
    found
        .filter(|row| row.audience == audience && is_sendable(row))
        .ok_or_else(|| ApiError::of(TYPE_NOT_SENDABLE))
}

/// The type with which the portal's side asks for visits.
///
/// # Errors
/// 422 `type-not-sendable` where there is none to send.
pub(super) async fn for_requests(tx: &mut Tx) -> Result<MessageTypeRow, ApiError> {
    let audience = audience(tx);
    let rows = list_message_types(tx.conn()).await?;
    rows.into_iter()
        .find(|row| row.audience == audience && row.kind == "request" && row.sending)
        .ok_or_else(|| ApiError::of(TYPE_NOT_SENDABLE))
}

/// A conversation begins with free text; forms and links have pages of their own.
fn is_sendable(row: &MessageTypeRow) -> bool {
    row.sending && matches!(row.kind.as_str(), "conversation" | "request")
}

/// The type's name in the reader's language.
pub(super) fn name(row: &MessageTypeRow) -> String {
    in_language(&row.names).unwrap_or_else(|| row.key.clone())
}

/// Who reads what is written, and by when it is answered.
pub(super) fn notice(row: &MessageTypeRow, now: DateTime<Utc>) -> Notice {
    Notice {
        readers: readers(row.scheduling),
        reply_expected_at: reply_due(row, now),
        time_zone: row.time_zone.clone(),
        emergency_text: (row.clinical && row.emergency_text)
            .then(|| words::text(&current().language, "message-emergency", &[])),
    }
}

/// By when the clinic answers something sent at a time.
pub(super) fn reply_due(row: &MessageTypeRow, sent_at: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let weekday = |n: &i16| {
        u8::try_from(*n - 1)
            .ok()
            .and_then(|n| chrono::Weekday::try_from(n).ok())
    };
    let once = |date: &NaiveDate| Holiday {
        date: *date,
        yearly: false,
    };
    let hours = BusinessHours {
        weekdays: row.weekdays.iter().filter_map(weekday).collect(),
        opens: row.opens_at,
        closes: row.closes_at,
        zone: parse_zone(&row.time_zone).unwrap_or(Tz::UTC),
        holidays: row.holidays.iter().map(once).collect(),
    };
    hours.after(sent_at, u32::try_from(row.reply_within).unwrap_or_default())
}

fn in_language(texts: &serde_json::Value) -> Option<String> {
    let language = current().language;
    let text = texts.get(&language).or_else(|| texts.get("en"))?;
    text.as_str().map(str::to_owned)
}
