//! Conversations.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use salus_domain::access::{About, Allowed, Bounds, Scope};
use salus_domain::ids::{AccountId, ConversationId, EmployerId, PersonId};
use salus_domain::messaging::{Conversation, Side, State};
use uuid::Uuid;

use crate::database::{Connection, planned};
use crate::schema::{conversations, persons};

/// A conversation without its messages.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = conversations)]
#[expect(missing_docs, reason = "columns are described in the database")]
pub struct ConversationRow {
    pub id: Uuid,
    pub employer_id: Uuid,
    pub person_id: Option<Uuid>,
    pub portal_side: String,
    pub account_id: Option<Uuid>,
    pub message_type_id: Uuid,
    pub scheduling: bool,
    pub state: String,
    pub subject_sealed: Option<Vec<u8>>,
    pub last_seq: i32,
    pub last_message_at: DateTime<Utc>,
    pub last_side: Option<String>,
    pub reply_due_at: Option<DateTime<Utc>>,
    pub closed_at: Option<DateTime<Utc>>,
    pub closed_by_side: Option<String>,
    pub version: i32,
}

impl ConversationRow {
    /// What the rules need to know of it.
    #[must_use]
    pub fn facts(&self) -> Conversation {
        Conversation {
            // A state the database does not know takes no messages.
            state: State::parse(&self.state).unwrap_or(State::Closed),
            closed_at: self.closed_at,
            last_side: self.last_side.as_deref().and_then(Side::parse),
            reply_due_at: self.reply_due_at,
        }
    }

    /// What the policy needs to know of it.
    #[must_use]
    pub fn about(&self) -> About {
        let about = About {
            person: self.person_id.map(PersonId),
            ..About::default()
        };
        let about = about
            .object(self.id)
            .employer(EmployerId(self.employer_id))
            .scheduling(self.scheduling);
        match self.account_id {
            Some(account) => about.of_account(AccountId(account)),
            None => about,
        }
    }

    /// The person whose chart's key seals it; a supervisor's conversation has none.
    #[must_use]
    pub fn chart(&self) -> Option<PersonId> {
        if self.account_id.is_some() {
            return None;
        }
        self.person_id.map(PersonId)
    }
}

/// Which conversations a list shows.
#[derive(Clone, Debug, Default)]
pub struct Listed {
    /// In this state only.
    pub state: Option<State>,
    /// Those the clinic has to answer, the longest waiting first; else open before closed, the
    /// newest first.
    pub needs_reply: bool,
    /// About this person only.
    pub person: Option<PersonId>,
    /// After this place: state, last message, id.
    pub after: Option<(String, DateTime<Utc>, Uuid)>,
}

/// Conversations the actor may see.
///
/// # Errors
/// What the database says.
pub async fn list_conversations(
    conn: &mut Connection,
    scope: &Scope,
    listed: &Listed,
    limit: i64,
) -> QueryResult<Vec<ConversationRow>> {
    let mut query = conversations::table
        .select(ConversationRow::as_select())
        .limit(limit)
        .into_boxed();
    match scope.bounds() {
        Bounds::Organization(employers) | Bounds::SchedulingThreads(employers) => {
            if let Some(employers) = employers {
                let ids: Vec<Uuid> = employers.iter().map(|employer| employer.0).collect();
                query = query.filter(conversations::employer_id.eq_any(ids));
            }
            if matches!(scope.bounds(), Bounds::SchedulingThreads(_)) {
                query = query.filter(conversations::scheduling);
            }
        }
        // Row-level security leaves the own side's threads only; nothing wider is asked for.
        Bounds::Person(_) | Bounds::Reports | Bounds::Account(_) => {}
    }
    if let Some(person) = listed.person {
        query = query.filter(conversations::person_id.eq(person.0));
    }
    if let Some(state) = listed.state {
        query = query.filter(conversations::state.eq(state.as_str()));
    }
    if listed.needs_reply {
        query = query.filter(conversations::needs_reply);
        if let Some((_, at, id)) = listed.after.clone() {
            query = query.filter(
                conversations::last_message_at
                    .gt(at)
                    .or(conversations::last_message_at
                        .eq(at)
                        .and(conversations::id.gt(id))),
            );
        }
        query = query.order((conversations::last_message_at, conversations::id));
    } else {
        if let Some((state, at, id)) = listed.after.clone() {
            query = query.filter(
                conversations::state
                    .lt(state.clone())
                    .or(conversations::state.eq(state).and(
                        conversations::last_message_at
                            .lt(at)
                            .or(conversations::last_message_at
                                .eq(at)
                                .and(conversations::id.lt(id))),
                    )),
            );
        }
        query = query.order((
            conversations::state.desc(),
            conversations::last_message_at.desc(),
            conversations::id.desc(),
        ));
    }
    query.load(conn).await
}

/// A conversation, if the actor may know of it.
///
/// # Errors
/// What the database says.
pub async fn find_conversation(
    mut conn: &Connection,
    id: ConversationId,
) -> QueryResult<Option<ConversationRow>> {
    conversations::table
        .filter(conversations::id.eq(id.0))
        .select(ConversationRow::as_select())
        .first(&mut conn)
        .await
        .optional()
}

/// A conversation, locked until the transaction ends: messages get their numbers one by one.
///
/// # Errors
/// What the database says.
pub async fn lock_conversation(
    mut conn: &Connection,
    id: ConversationId,
) -> QueryResult<Option<ConversationRow>> {
    conversations::table
        .filter(conversations::id.eq(id.0))
        .select(ConversationRow::as_select())
        .for_update()
        .first(&mut conn)
        .await
        .optional()
}

/// A conversation to begin.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = conversations)]
#[expect(missing_docs, reason = "columns are described in the database")]
pub struct NewConversation {
    pub id: Uuid,
    pub provider_org_id: Uuid,
    pub employer_id: Uuid,
    pub person_id: Option<Uuid>,
    pub portal_side: String,
    pub account_id: Option<Uuid>,
    pub message_type_id: Uuid,
    pub scheduling: bool,
    pub owner: String,
    pub governance: String,
    pub state: String,
    pub subject_sealed: Option<Vec<u8>>,
    pub last_message_at: DateTime<Utc>,
    pub created_at: DateTime<Utc>,
    pub created_by: Option<Uuid>,
}

/// Begins a conversation.
///
/// # Errors
/// What the database says.
pub async fn insert_conversation(
    conn: &mut Connection,
    new: &Allowed<NewConversation>,
) -> QueryResult<()> {
    diesel::insert_into(conversations::table)
        .values(new.get())
        .execute(conn)
        .await
        .map(drop)
}

/// What a step of a conversation changes.
#[derive(Clone, Debug)]
pub struct Saved {
    /// As the rules left it.
    pub facts: Conversation,
    /// The number of its last message.
    pub last_seq: i32,
    /// When that was written.
    pub last_message_at: DateTime<Utc>,
    /// Who closed it; none while it is open.
    pub closed_by: Option<Side>,
    /// Why, sealed.
    pub close_reason: Option<Vec<u8>>,
}

/// Saves a step; the version goes up.
///
/// # Errors
/// What the database says.
pub async fn save_conversation(
    mut conn: &Connection,
    id: Uuid,
    saved: &Allowed<Saved>,
) -> QueryResult<()> {
    let saved = saved.get();
    diesel::update(conversations::table.filter(conversations::id.eq(id)))
        .set((
            conversations::state.eq(saved.facts.state.as_str()),
            conversations::closed_at.eq(saved.facts.closed_at),
            conversations::closed_by_side.eq(saved.closed_by.map(Side::as_str)),
            conversations::close_reason_sealed.eq(saved.close_reason.as_deref()),
            conversations::last_side.eq(saved.facts.last_side.map(Side::as_str)),
            conversations::reply_due_at.eq(saved.facts.reply_due_at),
            conversations::last_seq.eq(saved.last_seq),
            conversations::last_message_at.eq(saved.last_message_at),
            conversations::version.eq(conversations::version + 1),
        ))
        .execute(&mut conn)
        .await
        .map(drop)
}

/// First, preferred and last names of persons, in no order.
///
/// # Errors
/// What the database says.
pub async fn person_names(
    mut conn: &Connection,
    ids: &[Uuid],
) -> QueryResult<Vec<(Uuid, String, String, String)>> {
    persons::table
        .filter(persons::id.eq_any(planned(ids.iter().copied())))
        .select((
            persons::id,
            persons::first_name,
            persons::preferred_name,
            persons::last_name,
        ))
        .load(&mut conn)
        .await
}
