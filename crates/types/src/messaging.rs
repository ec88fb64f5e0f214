//! Conversations with the clinic.

use crate::ids::{ConversationId, MessageId, MessageTypeId, PersonId};
use crate::problem::Kind;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use salus_domain::access::Role;
pub use salus_domain::messaging::{MAX_SUBJECT, MAX_TEXT, Side, State};

/// The conversation is closed.
pub const CONVERSATION_CLOSED: Kind = Kind::new("conversation-closed", 409);
/// It was closed too long ago to be opened again.
pub const REOPEN_TOO_LATE: Kind = Kind::new("reopen-too-late", 409);
/// Somebody waits for an answer: say why it is closed all the same.
pub const NEEDS_REPLY: Kind = Kind::new("needs-reply", 422);
/// This kind of message cannot be begun here.
pub const TYPE_NOT_SENDABLE: Kind = Kind::new("type-not-sendable", 422);
/// There is no text.
pub const MESSAGE_EMPTY: Kind = Kind::new("message-empty", 422);
/// It was seen, or five minutes are over.
pub const RETRACT_TOO_LATE: Kind = Kind::new("retract-too-late", 409);

/// The kinds of problem of this feature.
pub const PROBLEMS: &[Kind] = &[
    CONVERSATION_CLOSED,
    REOPEN_TOO_LATE,
    NEEDS_REPLY,
    TYPE_NOT_SENDABLE,
    MESSAGE_EMPTY,
    RETRACT_TOO_LATE,
];

/// What one can write about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MessageType {
    /// Which type.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: MessageTypeId,
    /// Its key.
    pub key: String,
    /// Its name in the reader's language.
    pub name: String,
    /// What it is for.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub description: Option<String>,
    /// About health.
    pub clinical: bool,
    /// Before what sending means, and who will read it.
    pub notice: Notice,
}

/// What stands above the box in which one writes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Notice {
    /// The staff roles that may read it.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>, example = json!(["clinician"])))]
    pub readers: Vec<Role>,
    /// When an answer to something sent now may be expected.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reply_expected_at: Option<DateTime<Utc>>,
    /// The zone the clinic answers in.
    pub time_zone: String,
    /// What to do in an emergency.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub emergency_text: Option<String>,
}

/// What a portal offers to write about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MessageTypes {
    /// In the portal's order.
    pub items: Vec<MessageType>,
}

/// What may be done with a conversation now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ConversationAct {
    /// Write.
    Send,
    /// Close it.
    Close,
    /// Open it again.
    Reopen,
}

/// A conversation, as one of its sides has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Conversation {
    /// Which conversation.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: ConversationId,
    /// The name of its type.
    pub type_name: String,
    /// What it is about; the type's name stands for it when there is none.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub subject: Option<String>,
    /// The person it is about: the clinic's banner, a supervisor's report.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    pub person_id: Option<PersonId>,
    /// The name of that person.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub person_name: Option<String>,
    /// Whether it takes messages.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "open"))]
    pub state: State,
    /// How many messages of the other side this account has not read.
    pub unread: u32,
    /// The number of the last message.
    pub last_seq: i32,
    /// When it was written.
    pub last_message_at: DateTime<Utc>,
    /// The last message, if it was not taken back.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub last_words: Option<String>,
    /// Who wrote last.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub last_side: Option<Side>,
    /// The clinic is to answer.
    pub needs_reply: bool,
    /// Until when it said it would.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reply_due_at: Option<DateTime<Utc>>,
    /// That time is over.
    pub overdue: bool,
    /// When it was closed.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub closed_at: Option<DateTime<Utc>>,
    /// By which side.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub closed_by: Option<Side>,
    /// What this account typed and did not send; with one conversation only.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub draft: Option<Draft>,
    /// Who will read what is written here, and when it is answered.
    pub notice: Notice,
    /// What may be done now.
    pub allowed: Vec<ConversationAct>,
    /// Counts the changes.
    pub version: i32,
}

/// A message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Message {
    /// Which message.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub id: MessageId,
    /// Its number in the conversation.
    pub seq: i32,
    /// Who wrote.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "clinic"))]
    pub side: Side,
    /// Whether the reader's side wrote it.
    pub own: bool,
    /// How the author signed.
    pub author: String,
    /// The text, unless it was taken back.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub text: Option<String>,
    /// Taken back.
    pub retracted: bool,
    /// When it was sent.
    pub sent_at: DateTime<Utc>,
    /// When it first reached the other side; of own messages.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub delivered_at: Option<DateTime<Utc>>,
    /// When the other side first saw it; of own messages.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub seen_at: Option<DateTime<Utc>>,
    /// Who saw it first.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub seen_by: Option<String>,
    /// Until when this account may take it back.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub retractable_until: Option<DateTime<Utc>>,
}

/// What was typed and not sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Draft {
    /// The text.
    pub text: String,
    /// When it was saved.
    pub saved_at: DateTime<Utc>,
}

/// Keeps what was typed; an empty text forgets it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SaveDraft {
    /// Up to 10,000 characters.
    pub text: String,
}

/// Which conversations are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct ConversationsQuery {
    /// Only those.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(feature = "openapi", param(inline))]
    pub state: Option<ConversationFilter>,
    /// About this person only; for the clinic.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(feature = "openapi", param(value_type = Option<uuid::Uuid>))]
    pub person: Option<PersonId>,
    /// How many, 1 to 200; 50 when absent.
    #[cfg_attr(feature = "openapi", param(minimum = 1, maximum = 200))]
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub limit: Option<u16>,
    /// The `next_cursor` of the page before.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cursor: Option<String>,
}

/// Which state of conversations is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ConversationFilter {
    /// Those that take messages.
    Open,
    /// Those that are closed.
    Closed,
    /// Those the clinic has to answer, the longest waiting first.
    NeedsReply,
}

/// Begins a conversation with the clinic.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StartConversation {
    /// What it is about.
    #[cfg_attr(feature = "openapi", schema(value_type = uuid::Uuid))]
    pub type_id: MessageTypeId,
    /// In a few words, up to 120 characters.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub subject: Option<String>,
    /// With whom; for the clinic, and for a supervisor the report it is about.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<uuid::Uuid>))]
    pub person_id: Option<PersonId>,
    /// The first message, 1 to 10,000 characters.
    pub text: String,
}

/// Writes a message.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SendMessage {
    /// 1 to 10,000 characters.
    pub text: String,
}

/// Names a message by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Marker {
    /// Its number in the conversation.
    pub seq: i32,
}

/// Closes a conversation.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CloseConversation {
    /// Why, when somebody waits for an answer; up to 500 characters.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reason: Option<String>,
}

/// How much waits to be read: the badge, always the server's number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnreadCounts {
    /// Messages.
    pub messages: u32,
    /// Conversations with unread messages.
    pub conversations: u32,
}

/// How much waits in each list an account works on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WorkSummary {
    /// In the order of urgency.
    pub items: Vec<WorkCount>,
}

/// How much waits in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WorkCount {
    /// Which list.
    pub list: WorkList,
    /// How much waits there.
    pub count: u32,
    /// How much of it is late.
    pub overdue: u32,
    /// Where the list is.
    #[cfg_attr(
        feature = "openapi",
        schema(example = "/api/v1/clinic/conversations?state=needs_reply")
    )]
    pub address: String,
}

/// A list staff work on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum WorkList {
    /// Conversations the clinic has to answer.
    Conversations,
    /// Submitted questionnaires to review.
    Responses,
    /// What is to be done about visits, such as moving those under a blackout.
    SchedulingTasks,
    /// Visits the clinic is asked for.
    AppointmentRequests,
    /// Visits of today.
    Appointments,
}
