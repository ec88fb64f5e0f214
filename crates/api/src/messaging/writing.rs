//! Starting, writing, taking back, closing, opening again.

use chrono::{DateTime, Utc};
use futures_util::future::{try_join, try_join3};
use salus_domain::access::{Act, Allowed, DataClass, Hat};
use salus_domain::ids::{ConversationId, EmployerId, MessageId, PersonId};
use salus_domain::messaging::{
    self as rules, CloseError, ReopenError, Sent, Side, State, Subject, Text, TextError, may_write,
};
use salus_store::messaging::{
    ConversationRow, DraftRow, MessageRow, MessageTypeRow, NewConversation, Reader, Saved,
    delete_draft, find_message, find_message_type, first_receipts, insert_conversation,
    insert_message, last_speaker, lock_conversation, lock_message, retract_message,
    save_conversation, save_draft,
};
use salus_store::people::{find_person, open_employments};
use salus_types::messaging::{
    CONVERSATION_CLOSED, CloseConversation, Conversation, Draft, MESSAGE_EMPTY, Message,
    NEEDS_REPLY, REOPEN_TOO_LATE, RETRACT_TOO_LATE, StartConversation,
};
use salus_types::problem;
use serde_json::json;
use uuid::Uuid;

use super::threads::{
    BODY, CLOSE_REASON, DRAFT, SUBJECT, at, described, find, find_as, key, key_from, reader,
    shown_messages, shown_one, side,
};
use super::types;
use crate::error::{ApiError, Field};
use crate::extract::{Created, IfMatch};
use crate::people::about as about_person;
use crate::transaction::Tx;

/// Begins a conversation with its first message.
pub(super) async fn start(tx: &mut Tx, command: &StartConversation) -> Result<Created, ApiError> {
    let text = text(&command.text)?;
    let subject = Subject::parse(command.subject.as_deref().unwrap_or_default())
        .map_err(|error| wrong_text(error, "/subject"))?;
    let kind = types::sendable(tx, command.type_id).await?;
    let about = portal_side(tx, command.person_id).await?;
    let row = begin(tx, &kind, about, subject.as_ref(), &text).await?;
    let row = lock_conversation(tx.conn(), ConversationId(row.id))
        .await?
        .ok_or_else(ApiError::not_found)?;
    let shown = shown_one(tx, &row).await?;
    Created::at(
        format!("/api/v1/{}/conversations/{}", tx.actor.hat.as_str(), row.id),
        row.version,
        &shown,
    )
}

/// A conversation a request for a visit began, and by when the clinic says it answers.
pub struct BegunRequest {
    /// The conversation.
    pub conversation: ConversationId,
    /// By when the clinic answers the request.
    pub answer_by: Option<DateTime<Utc>>,
}

/// Begins the conversation that goes with a request for a visit. What waits for the clinic is the
/// request, so the conversation itself asks for no reply until more is written in it.
///
/// # Errors
/// 422 `type-not-sendable` where nobody can ask for visits.
pub async fn begin_request(
    tx: &mut Tx,
    person: PersonId,
    employer: EmployerId,
    subject: &str,
    typed: &str,
) -> Result<BegunRequest, ApiError> {
    let kind = types::for_requests(tx).await?;
    let subject = Subject::parse(subject).map_err(|error| wrong_text(error, "/comment"))?;
    let text = Text::parse(typed).map_err(|error| wrong_text(error, "/comment"))?;
    let row = begin(tx, &kind, (Some(person), employer), subject.as_ref(), &text).await?;
    let facts = rules::Conversation {
        last_side: None,
        reply_due_at: None,
        ..row.facts()
    };
    let saved = Saved {
        last_seq: 1,
        ..unchanged(&row, facts)
    };
    let saved = tx.allow(Act::Create, DataClass::Message, row.about(), saved)?;
    save_conversation(tx.conn(), row.id, &saved).await?;
    Ok(BegunRequest {
        conversation: ConversationId(row.id),
        answer_by: types::reply_due(&kind, tx.now),
    })
}

async fn begin(
    tx: &mut Tx,
    kind: &MessageTypeRow,
    (person, employer): (Option<PersonId>, EmployerId),
    subject: Option<&Subject>,
    text: &Text,
) -> Result<ConversationRow, ApiError> {
    let (id, now) = (Uuid::now_v7(), tx.now);
    let account = tx.actor.account()?;
    let supervisor = (tx.actor.hat == Hat::Team).then_some(account.0);
    let mut row = ConversationRow {
        id,
        employer_id: employer.0,
        person_id: person.map(|person| person.0),
        portal_side: types::audience(tx).to_owned(),
        account_id: supervisor,
        message_type_id: kind.id,
        scheduling: kind.scheduling,
        state: State::Open.as_str().to_owned(),
        subject_sealed: None,
        last_seq: 0,
        last_message_at: now,
        last_side: None,
        reply_due_at: None,
        closed_at: None,
        closed_by_side: None,
        version: 1,
    };
    let key = key(tx, &row).await?;
    if let Some(subject) = subject {
        row.subject_sealed = Some(key.seal(&at(SUBJECT, id), subject.as_str().as_bytes())?);
    }
    let new = NewConversation {
        id,
        provider_org_id: tx.actor.provider_org.0,
        employer_id: row.employer_id,
        person_id: row.person_id,
        portal_side: row.portal_side.clone(),
        account_id: row.account_id,
        message_type_id: row.message_type_id,
        scheduling: row.scheduling,
        owner: "provider".to_owned(),
        governance: "hipaa".to_owned(),
        state: row.state.clone(),
        subject_sealed: row.subject_sealed.clone(),
        last_message_at: now,
        created_at: now,
        created_by: Some(account.0),
    };
    let new = tx.allow(Act::Create, DataClass::Message, row.about(), new)?;
    insert_conversation(tx.conn(), &new).await?;
    let reader = reader(tx).await?;
    write(tx, &row, &reader, text).await?;
    Ok(row)
}

/// Whom a new conversation is with or about, and whose employer's grants reach it.
async fn portal_side(
    tx: &mut Tx,
    named: Option<PersonId>,
) -> Result<(Option<PersonId>, EmployerId), ApiError> {
    let person = match (tx.actor.hat, named) {
        (Hat::Me, None) => Some(tx.actor.own_person()?),
        (Hat::Me, Some(_)) => return Err(ApiError::field("/person_id", "unknown_field")),
        (Hat::Team, Some(report)) if !tx.actor.reports.contains(&report) => {
            return Err(ApiError::field("/person_id", "not_a_report"));
        }
        (Hat::Team, named) => named,
        (_, Some(person)) => Some(person),
        (_, None) => return Err(ApiError::field("/person_id", "required")),
    };
    if tx.actor.hat == Hat::Clinic
        && let Some(id) = person
    {
        let Some(found) = find_person(tx.conn(), id).await? else {
            return Err(tx.missing(Act::Read, DataClass::Profile, id));
        };
        let employer = found
            .employment
            .as_ref()
            .map(|employment| EmployerId(employment.employer_id));
        let about = about_person(&found);
        tx.allow(Act::Read, DataClass::Profile, about, ())?;
        return match employer {
            Some(employer) => Ok((person, employer)),
            None => Err(ApiError::field("/person_id", "invalid")),
        };
    }
    let of = match person.or_else(|| tx.actor.reports.first().copied()) {
        Some(of) => of,
        None => tx.actor.own_person()?,
    };
    let employments = open_employments(tx.conn(), &[of.0]).await?;
    let employer = employments
        .first()
        .map(|(_, employment)| EmployerId(employment.employer_id));
    let employer = employer.ok_or_else(|| ApiError::of(problem::FORBIDDEN))?;
    Ok((person, employer))
}

/// Sends a message.
pub(super) async fn send(
    tx: &mut Tx,
    id: ConversationId,
    typed: &str,
) -> Result<Created, ApiError> {
    let text = text(typed)?;
    let (row, reader) = find_as(tx, id, Act::Change).await?;
    let row = row.into_inner();
    let facts = row.facts();
    if !may_write(&facts) {
        let by = side(tx);
        return Err(
            ApiError::of(CONVERSATION_CLOSED).with("may_reopen", facts.may_reopen(by, tx.now))
        );
    }
    let message = write(tx, &row, &reader, &text).await?;
    let key = key(tx, &row).await?;
    // Nobody can have received it yet.
    let mut shown = described(tx, &reader, &key, std::slice::from_ref(&message), &[])?;
    let shown: Message = shown.pop().ok_or_else(ApiError::not_found)?;
    let address = format!("/api/v1/{}/conversations/{id}", tx.actor.hat.as_str());
    Created::at(address, 1, &shown)
}

async fn write(
    tx: &mut Tx,
    row: &ConversationRow,
    writer: &Reader,
    text: &Text,
) -> Result<MessageRow, ApiError> {
    let (id, now) = (Uuid::now_v7(), tx.now);
    let (kind, wrapped) = try_join(
        find_message_type(tx.shared(), row.message_type_id.into()),
        tx.wrapped_key(row.chart()),
    )
    .await?;
    let key = key_from(tx, row, wrapped).await?;
    let message = MessageRow {
        id,
        provider_org_id: tx.actor.provider_org.0,
        employer_id: row.employer_id,
        person_id: row.person_id,
        conversation_id: row.id,
        seq: row.last_seq + 1,
        side: writer.side.as_str().to_owned(),
        author_account_id: writer.account.0,
        author_name: writer.name.clone(),
        body_sealed: key.seal(&at(BODY, id), text.as_str().as_bytes())?,
        sent_at: now,
        retracted_at: None,
        created_at: now,
    };
    let about = row.about().object(id);
    let kept = tx.allow(Act::Create, DataClass::Message, about, message.clone())?;
    let answer_by = kind.and_then(|kind| types::reply_due(&kind, now));
    let saved = Saved {
        facts: rules::sent(row.facts(), writer.side, answer_by),
        last_seq: message.seq,
        last_message_at: now,
        closed_by: None,
        close_reason: None,
    };
    let conversation = kept.clone().try_map(|_| Ok::<_, ApiError>(saved))?;
    let conn = tx.shared();
    try_join3(
        insert_message(conn, &kept),
        save_conversation(conn, row.id, &conversation),
        delete_draft(conn, writer.account, ConversationId(row.id)),
    )
    .await?;
    announce(tx, "message.sent", row, Some(message.seq));
    Ok(message)
}

/// Tells open pages: ids only, and of a supervisor's conversation not whom it is about.
pub(super) fn announce(tx: &mut Tx, kind: &str, row: &ConversationRow, seq: Option<i32>) {
    let person = row.chart().map(|person| person.0);
    let payload = json!({
        "conversation_id": row.id,
        "employer_id": row.employer_id,
        "person_id": person,
        "account_id": row.account_id,
        "scheduling": row.scheduling,
        "seq": seq,
    });
    tx.emit(kind, payload);
}

/// Takes an own message back.
pub(super) async fn take_back(tx: &mut Tx, id: MessageId) -> Result<Message, ApiError> {
    // The conversation is locked first, as sending does.
    let found = find_message(tx.conn(), id).await?;
    let Some(found) = found else {
        return Err(tx.missing(Act::Change, DataClass::Message, id));
    };
    let conversation = ConversationId(found.conversation_id);
    let row = find(tx, conversation, Act::Change).await?.into_inner();
    let reader = reader(tx).await?;
    let Some(message) = lock_message(tx.conn(), id).await? else {
        return Err(tx.missing(Act::Change, DataClass::Message, id));
    };
    if message.author_account_id != reader.account.0 || message.side != reader.side.as_str() {
        return Err(ApiError::of(problem::FORBIDDEN));
    }
    let receipts = first_receipts(tx.conn(), &[message.id]).await?;
    let sent = Sent {
        at: message.sent_at,
        seen: receipts.iter().any(|receipt| receipt.seen_at.is_some()),
        retracted: message.retracted_at.is_some(),
    };
    rules::retract(sent, tx.now).map_err(|_| ApiError::of(RETRACT_TOO_LATE))?;
    let about = row.about().object(message.id);
    let taken = tx.allow(Act::Change, DataClass::Message, about, id)?;
    let now = tx.now;
    retract_message(tx.conn(), &taken, now).await?;
    let last_side = last_speaker(tx.conn(), conversation).await?;
    let last_side = last_side.as_deref().and_then(Side::parse);
    let mut facts = row.facts();
    facts.last_side = last_side;
    if !facts.needs_reply() {
        facts.reply_due_at = None;
    }
    let saved = taken.try_map(|_| Ok::<_, ApiError>(unchanged(&row, facts)))?;
    save_conversation(tx.conn(), row.id, &saved).await?;
    announce(tx, "message.retracted", &row, Some(message.seq));
    let gone = MessageRow {
        retracted_at: Some(now),
        ..message
    };
    let mut shown = shown_messages(tx, &row, &reader, std::slice::from_ref(&gone)).await?;
    shown.pop().ok_or_else(ApiError::not_found)
}

fn unchanged(row: &ConversationRow, facts: rules::Conversation) -> Saved {
    Saved {
        facts,
        last_seq: row.last_seq,
        last_message_at: row.last_message_at,
        closed_by: row.closed_by_side.as_deref().and_then(Side::parse),
        close_reason: None,
    }
}

/// Closes a conversation.
pub(super) async fn close(
    tx: &mut Tx,
    id: ConversationId,
    version: IfMatch,
    command: &CloseConversation,
) -> Result<(Conversation, i32), ApiError> {
    let row = find(tx, id, Act::Change).await?;
    version.check(row.get().version)?;
    let reason = command
        .reason
        .as_deref()
        .map(str::trim)
        .filter(|reason| !reason.is_empty());
    if reason.is_some_and(|reason| reason.chars().count() > 500) {
        return Err(ApiError::invalid(vec![
            Field::new("/reason", "too_long").with("limit", 500),
        ]));
    }
    let (by, now) = (side(tx), tx.now);
    let facts = rules::close(row.get().facts(), by, reason.is_some(), now).map_err(|error| {
        ApiError::of(match error {
            CloseError::Closed => CONVERSATION_CLOSED,
            CloseError::NeedsReply => NEEDS_REPLY,
        })
    })?;
    let sealed = match reason {
        Some(reason) => {
            let key = key(tx, row.get()).await?;
            Some(key.seal(&at(CLOSE_REASON, id.0), reason.as_bytes())?)
        }
        None => None,
    };
    let saved = Saved {
        closed_by: Some(by),
        close_reason: sealed,
        ..unchanged(row.get(), facts)
    };
    finish(tx, row, saved, "conversation.closed").await
}

/// Opens a conversation again.
pub(super) async fn reopen(
    tx: &mut Tx,
    id: ConversationId,
    version: IfMatch,
) -> Result<(Conversation, i32), ApiError> {
    let row = find(tx, id, Act::Change).await?;
    version.check(row.get().version)?;
    let (by, now) = (side(tx), tx.now);
    let facts = rules::reopen(row.get().facts(), by, now).map_err(|error| {
        ApiError::of(match error {
            ReopenError::Open => problem::WRONG_STATE,
            ReopenError::TooLate => REOPEN_TOO_LATE,
        })
    })?;
    let saved = Saved {
        closed_by: None,
        ..unchanged(row.get(), facts)
    };
    finish(tx, row, saved, "conversation.reopened").await
}

async fn finish(
    tx: &mut Tx,
    row: Allowed<ConversationRow>,
    saved: Saved,
    event: &str,
) -> Result<(Conversation, i32), ApiError> {
    let before = row.get().clone();
    let saved = row.try_map(|_| Ok::<_, ApiError>(saved))?;
    save_conversation(tx.conn(), before.id, &saved).await?;
    announce(tx, event, &before, None);
    let row = lock_conversation(tx.conn(), ConversationId(before.id))
        .await?
        .ok_or_else(ApiError::not_found)?;
    Ok((shown_one(tx, &row).await?, row.version))
}

/// Keeps what was typed.
pub(super) async fn keep_draft(
    tx: &mut Tx,
    id: ConversationId,
    typed: &str,
) -> Result<Option<Draft>, ApiError> {
    let row = find(tx, id, Act::Read).await?.into_inner();
    let account = tx.actor.account()?;
    if typed.trim().is_empty() {
        delete_draft(tx.conn(), account, id).await?;
        return Ok(None);
    }
    if typed.chars().count() > rules::MAX_TEXT {
        return Err(wrong_text(
            TextError::TooLong {
                limit: rules::MAX_TEXT,
            },
            "/text",
        ));
    }
    let key = key(tx, &row).await?;
    let draft = Uuid::now_v7();
    let kept = DraftRow {
        id: draft,
        provider_org_id: tx.actor.provider_org.0,
        account_id: account.0,
        conversation_id: id.0,
        body_sealed: key.seal(&at(DRAFT, draft), typed.as_bytes())?,
        saved_at: tx.now,
    };
    save_draft(tx.conn(), &kept).await?;
    Ok(Some(Draft {
        text: typed.to_owned(),
        saved_at: tx.now,
    }))
}

fn text(typed: &str) -> Result<Text, ApiError> {
    Text::parse(typed).map_err(|error| wrong_text(error, "/text"))
}

fn wrong_text(error: TextError, pointer: &str) -> ApiError {
    match error {
        TextError::Empty => {
            ApiError::of(MESSAGE_EMPTY).fields(vec![Field::new(pointer, "required")])
        }
        TextError::TooLong { limit } => {
            ApiError::invalid(vec![Field::new(pointer, "too_long").with("limit", limit)])
        }
    }
}
