//! `/team`: a supervisor's own conversations with the clinic, about one report or about none.

use actix_web::web::{Data, Json};
use actix_web::{get, post, put};
use salus_domain::access::Act;
use salus_domain::ids::{ConversationId, MessageId};
use salus_types::messaging::{
    CloseConversation, Conversation, ConversationsQuery, Draft, Marker, Message, MessageTypes,
    SaveDraft, SendMessage, StartConversation, UnreadCounts,
};
use salus_types::page::{Page, PageQuery};
use salus_types::problem::Problem;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{reading, threads, types, writing};
use crate::access::{Caller, Team};
use crate::error::ApiError;
use crate::extract::{Body, Created, Id, Idempotency, IfMatch, Query, Versioned};
use crate::state::AppState;

/// Registers the operations of this audience.
pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list_team_message_types)
        .service(list_team_conversations)
        .service(start_team_conversation)
        .service(get_team_conversation)
        .service(list_team_messages)
        .service(send_team_message)
        .service(save_team_draft)
        .service(read_team_conversation)
        .service(mark_team_conversation_unread)
        .service(close_team_conversation)
        .service(reopen_team_conversation)
        .service(retract_team_message)
        .service(get_team_unread_counts);
}

/// What one can write about, in order, with who reads it and by when it is answered.
#[utoipa::path(
    tag = "messaging",
    responses((status = 200, body = MessageTypes), (status = 401, body = Problem), (status = 403, body = Problem))
)]
#[get("/team/message-types")]
pub async fn list_team_message_types(
    caller: Caller<Team>,
    state: Data<AppState>,
) -> Result<Json<MessageTypes>, ApiError> {
    let types = state.run(&caller, async |tx| types::offered(tx, "supervisor").await);
    Ok(Json(types.await?))
}

/// Conversations: open before closed, the last written first; those that need a reply, the longest waiting first.
#[utoipa::path(
    tag = "messaging",
    params(ConversationsQuery),
    responses((status = 200, body = Page<Conversation>), (status = 401, body = Problem), (status = 403, body = Problem))
)]
#[get("/team/conversations")]
pub async fn list_team_conversations(
    caller: Caller<Team>,
    state: Data<AppState>,
    query: Query<ConversationsQuery>,
) -> Result<Json<Page<Conversation>>, ApiError> {
    let page = state.run(&caller, async |tx| threads::list(tx, &query.0).await);
    Ok(Json(page.await?))
}

/// Begin a conversation with its first message.
#[utoipa::path(
    tag = "messaging",
    request_body = StartConversation,
    responses((status = 201, body = Conversation), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem, description = "`type-not-sendable`, `message-empty`"))
)]
#[post("/team/conversations")]
pub async fn start_team_conversation(
    caller: Caller<Team>,
    state: Data<AppState>,
    key: Idempotency,
    body: Body<StartConversation>,
) -> Result<Created, ApiError> {
    state
        .create(&caller, &key, &body, async |tx| {
            writing::start(tx, &body).await
        })
        .await
}

/// A conversation, with what this account typed and did not send.
#[utoipa::path(
    tag = "messaging",
    params(("id" = uuid::Uuid, Path, description = "The conversation")),
    responses((status = 200, body = Conversation), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem))
)]
#[get("/team/conversations/{id}")]
pub async fn get_team_conversation(
    caller: Caller<Team>,
    state: Data<AppState>,
    id: Id<ConversationId>,
) -> Result<Versioned<Conversation>, ApiError> {
    let shown = state
        .run(&caller, async |tx| {
            let row = threads::find(tx, id.0, Act::Read).await?;
            threads::shown_one(tx, row.get()).await
        })
        .await?;
    let version = shown.version;
    Ok(Versioned(shown, version))
}

/// Messages of a conversation, the newest first. Showing them marks them as delivered.
#[utoipa::path(
    tag = "messaging",
    params(("id" = uuid::Uuid, Path, description = "The conversation"), PageQuery),
    responses((status = 200, body = Page<Message>), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem))
)]
#[get("/team/conversations/{id}/messages")]
pub async fn list_team_messages(
    caller: Caller<Team>,
    state: Data<AppState>,
    id: Id<ConversationId>,
    page: Query<PageQuery>,
) -> Result<Json<Page<Message>>, ApiError> {
    let page = state.run(&caller, async |tx| {
        reading::messages(tx, id.0, &page.0).await
    });
    Ok(Json(page.await?))
}

/// Write a message.
#[utoipa::path(
    tag = "messaging",
    params(("id" = uuid::Uuid, Path, description = "The conversation")),
    responses((status = 201, body = Message), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem, description = "`conversation-closed`"), (status = 422, body = Problem, description = "`message-empty`"))
)]
#[post("/team/conversations/{id}/messages")]
pub async fn send_team_message(
    caller: Caller<Team>,
    state: Data<AppState>,
    id: Id<ConversationId>,
    key: Idempotency,
    body: Body<SendMessage>,
) -> Result<Created, ApiError> {
    state
        .create(&caller, &key, &body, async |tx| {
            writing::send(tx, id.0, &body.text).await
        })
        .await
}

/// Keep what was typed and not sent, for 30 days; an empty text forgets it.
#[utoipa::path(
    tag = "messaging",
    params(("id" = uuid::Uuid, Path, description = "The conversation")),
    responses((status = 200, body = Option<Draft>), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem))
)]
#[put("/team/conversations/{id}/draft")]
pub async fn save_team_draft(
    caller: Caller<Team>,
    state: Data<AppState>,
    id: Id<ConversationId>,
    body: Body<SaveDraft>,
) -> Result<Json<Option<Draft>>, ApiError> {
    let kept = state.run(&caller, async |tx| {
        writing::keep_draft(tx, id.0, &body.text).await
    });
    Ok(Json(kept.await?))
}

/// Say that everything up to a message was shown: the pointer moves forward only, and the other side reads "seen".
#[utoipa::path(
    tag = "messaging",
    params(("id" = uuid::Uuid, Path, description = "The conversation")),
    responses((status = 200, body = Conversation), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem))
)]
#[post("/team/conversations/{id}/read-marker")]
pub async fn read_team_conversation(
    caller: Caller<Team>,
    state: Data<AppState>,
    id: Id<ConversationId>,
    body: Body<Marker>,
) -> Result<Json<Conversation>, ApiError> {
    let shown = state.run(&caller, async |tx| reading::read(tx, id.0, body.seq).await);
    Ok(Json(shown.await?))
}

/// Count a message and those after it as unread again; receipts stay.
#[utoipa::path(
    tag = "messaging",
    params(("id" = uuid::Uuid, Path, description = "The conversation")),
    responses((status = 200, body = Conversation), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem))
)]
#[post("/team/conversations/{id}/unread-marker")]
pub async fn mark_team_conversation_unread(
    caller: Caller<Team>,
    state: Data<AppState>,
    id: Id<ConversationId>,
    body: Body<Marker>,
) -> Result<Json<Conversation>, ApiError> {
    let shown = state.run(&caller, async |tx| {
        reading::unread(tx, id.0, body.seq).await
    });
    Ok(Json(shown.await?))
}

/// Close a conversation.
#[utoipa::path(
    tag = "messaging",
    params(("id" = uuid::Uuid, Path, description = "The conversation")),
    responses((status = 200, body = Conversation), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem, description = "`conversation-closed`"), (status = 412, body = Problem))
)]
#[post("/team/conversations/{id}/closing")]
pub async fn close_team_conversation(
    caller: Caller<Team>,
    state: Data<AppState>,
    id: Id<ConversationId>,
    version: IfMatch,
    body: Body<CloseConversation>,
) -> Result<Versioned<Conversation>, ApiError> {
    let (shown, version) = state
        .run(&caller, async |tx| {
            writing::close(tx, id.0, version, &body).await
        })
        .await?;
    Ok(Versioned(shown, version))
}

/// Open a closed conversation again, within 90 days.
#[utoipa::path(
    tag = "messaging",
    params(("id" = uuid::Uuid, Path, description = "The conversation")),
    responses((status = 200, body = Conversation), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem, description = "`reopen-too-late`, `wrong-state`"), (status = 412, body = Problem))
)]
#[post("/team/conversations/{id}/reopening")]
pub async fn reopen_team_conversation(
    caller: Caller<Team>,
    state: Data<AppState>,
    id: Id<ConversationId>,
    version: IfMatch,
) -> Result<Versioned<Conversation>, ApiError> {
    let (shown, version) = state
        .run(&caller, async |tx| writing::reopen(tx, id.0, version).await)
        .await?;
    Ok(Versioned(shown, version))
}

/// Take back an own message: within five minutes, and only while the other side has not seen it.
#[utoipa::path(
    tag = "messaging",
    params(("id" = uuid::Uuid, Path, description = "The message")),
    responses((status = 200, body = Message), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem, description = "`retract-too-late`"))
)]
#[post("/team/messages/{id}/retraction")]
pub async fn retract_team_message(
    caller: Caller<Team>,
    state: Data<AppState>,
    id: Id<MessageId>,
) -> Result<Json<Message>, ApiError> {
    let gone = state.run(&caller, async |tx| writing::take_back(tx, id.0).await);
    Ok(Json(gone.await?))
}

/// How much waits to be read: the badge.
#[utoipa::path(
    tag = "messaging",
    responses((status = 200, body = UnreadCounts), (status = 401, body = Problem), (status = 403, body = Problem))
)]
#[get("/team/unread-counts")]
pub async fn get_team_unread_counts(
    caller: Caller<Team>,
    state: Data<AppState>,
) -> Result<Json<UnreadCounts>, ApiError> {
    let counts = state.run(&caller, async |tx| reading::counts(tx).await);
    Ok(Json(counts.await?))
}
