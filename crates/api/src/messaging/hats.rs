//! The operations on conversations, the same for each hat.

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

use super::{reading, threads, types, writing};
use crate::access::{Caller, Clinic, Me, Team};
use crate::error::ApiError;
use crate::extract::{Body, Created, Id, Idempotency, IfMatch, Query, Versioned};
use crate::routes::Operations;
use crate::state::AppState;

/// The handlers of one hat with their addresses: only door, addresses and names differ.
macro_rules! conversations_of {
    (
        $hat:ident, $routes:ident,
        $types:ident $types_at:tt,
        $list:ident $list_at:tt,
        $start:ident $start_at:tt,
        $get:ident $get_at:tt,
        $messages:ident $messages_at:tt,
        $send:ident $send_at:tt,
        $draft:ident $draft_at:tt,
        $read:ident $read_at:tt,
        $unread:ident $unread_at:tt,
        $close:ident $close_at:tt,
        $reopen:ident $reopen_at:tt,
        $retract:ident $retract_at:tt,
        $counts:ident $counts_at:tt,
    ) => {
        /// Registers the operations of this hat.
        pub(super) fn $routes(config: &mut impl Operations) {
            config
                .service($types)
                .service($list)
                .service($start)
                .service($get)
                .service($messages)
                .service($send)
                .service($draft)
                .service($read)
                .service($unread)
                .service($close)
                .service($reopen)
                .service($retract)
                .service($counts);
        }

        /// What one can write about, in order, with who reads it and by when it is answered.
        #[utoipa::path(
            tag = "messaging",
            responses((status = 200, body = MessageTypes), (status = 401, body = Problem), (status = 403, body = Problem))
        )]
        #[get($types_at)]
        pub async fn $types(
            caller: Caller<$hat>,
            state: Data<AppState>,
        ) -> Result<Json<MessageTypes>, ApiError> {
            let types = state.run(&caller, async |tx| types::offered(tx).await);
            Ok(Json(types.await?))
        }

        /// Conversations: open before closed, the last written first; those that need a reply, the longest waiting first.
        #[utoipa::path(
            tag = "messaging",
            params(ConversationsQuery),
            responses((status = 200, body = Page<Conversation>), (status = 401, body = Problem), (status = 403, body = Problem))
        )]
        #[get($list_at)]
        pub async fn $list(
            caller: Caller<$hat>,
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
        #[post($start_at)]
        pub async fn $start(
            caller: Caller<$hat>,
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
        #[get($get_at)]
        pub async fn $get(
            caller: Caller<$hat>,
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
        #[get($messages_at)]
        pub async fn $messages(
            caller: Caller<$hat>,
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
            request_body = SendMessage,
            params(("id" = uuid::Uuid, Path, description = "The conversation")),
            responses((status = 201, body = Message), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem, description = "`conversation-closed`"), (status = 422, body = Problem, description = "`message-empty`"))
        )]
        #[post($send_at)]
        pub async fn $send(
            caller: Caller<$hat>,
            state: Data<AppState>,
            id: Id<ConversationId>,
            key: Idempotency,
            body: Body<SendMessage>,
        ) -> Result<Created, ApiError> {
            state
                .create(&caller.competing(), &key, &body, async |tx| {
                    writing::send(tx, id.0, &body.text).await
                })
                .await
        }

        /// Keep what was typed and not sent, for 30 days; an empty text forgets it.
        #[utoipa::path(
            tag = "messaging",
            request_body = SaveDraft,
            params(("id" = uuid::Uuid, Path, description = "The conversation")),
            responses((status = 200, body = Option<Draft>), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem))
        )]
        #[put($draft_at)]
        pub async fn $draft(
            caller: Caller<$hat>,
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
            request_body = Marker,
            params(("id" = uuid::Uuid, Path, description = "The conversation")),
            responses((status = 200, body = Conversation), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem))
        )]
        #[post($read_at)]
        pub async fn $read(
            caller: Caller<$hat>,
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
            request_body = Marker,
            params(("id" = uuid::Uuid, Path, description = "The conversation")),
            responses((status = 200, body = Conversation), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem))
        )]
        #[post($unread_at)]
        pub async fn $unread(
            caller: Caller<$hat>,
            state: Data<AppState>,
            id: Id<ConversationId>,
            body: Body<Marker>,
        ) -> Result<Json<Conversation>, ApiError> {
            let shown = state.run(&caller, async |tx| {
                reading::unread(tx, id.0, body.seq).await
            });
            Ok(Json(shown.await?))
        }

        /// Close a conversation. The clinic closes one that needs a reply only with a reason.
        #[utoipa::path(
            tag = "messaging",
            request_body = CloseConversation,
            params(("id" = uuid::Uuid, Path, description = "The conversation")),
            responses((status = 200, body = Conversation), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem, description = "`conversation-closed`"), (status = 412, body = Problem), (status = 428, body = Problem), (status = 422, body = Problem, description = "`needs-reply`"))
        )]
        #[post($close_at)]
        pub async fn $close(
            caller: Caller<$hat>,
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

        /// Open a closed conversation again: the clinic at any time, the other side within 90 days.
        #[utoipa::path(
            tag = "messaging",
            params(("id" = uuid::Uuid, Path, description = "The conversation")),
            responses((status = 200, body = Conversation), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem, description = "`reopen-too-late`, `wrong-state`"), (status = 412, body = Problem), (status = 428, body = Problem))
        )]
        #[post($reopen_at)]
        pub async fn $reopen(
            caller: Caller<$hat>,
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
        #[post($retract_at)]
        pub async fn $retract(
            caller: Caller<$hat>,
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
        #[get($counts_at)]
        pub async fn $counts(
            caller: Caller<$hat>,
            state: Data<AppState>,
        ) -> Result<Json<UnreadCounts>, ApiError> {
            let counts = state.run(&caller, async |tx| reading::counts(tx).await);
            Ok(Json(counts.await?))
        }
    };
}

// `/me`: a person's conversations with the clinic.
conversations_of! {
    Me, routes_of_me,
    list_my_message_types "/me/message-types",
    list_my_conversations "/me/conversations",
    start_my_conversation "/me/conversations",
    get_my_conversation "/me/conversations/{id}",
    list_my_messages "/me/conversations/{id}/messages",
    send_my_message "/me/conversations/{id}/messages",
    save_my_draft "/me/conversations/{id}/draft",
    read_my_conversation "/me/conversations/{id}/read-marker",
    mark_my_conversation_unread "/me/conversations/{id}/unread-marker",
    close_my_conversation "/me/conversations/{id}/closing",
    reopen_my_conversation "/me/conversations/{id}/reopening",
    retract_my_message "/me/messages/{id}/retraction",
    get_my_unread_counts "/me/unread-counts",
}

// `/team`: a supervisor's own conversations with the clinic, about one report or about none.
conversations_of! {
    Team, routes_of_team,
    list_team_message_types "/team/message-types",
    list_team_conversations "/team/conversations",
    start_team_conversation "/team/conversations",
    get_team_conversation "/team/conversations/{id}",
    list_team_messages "/team/conversations/{id}/messages",
    send_team_message "/team/conversations/{id}/messages",
    save_team_draft "/team/conversations/{id}/draft",
    read_team_conversation "/team/conversations/{id}/read-marker",
    mark_team_conversation_unread "/team/conversations/{id}/unread-marker",
    close_team_conversation "/team/conversations/{id}/closing",
    reopen_team_conversation "/team/conversations/{id}/reopening",
    retract_team_message "/team/messages/{id}/retraction",
    get_team_unread_counts "/team/unread-counts",
}

// `/clinic`: the clinic's conversations; schedulers have those about appointments.
conversations_of! {
    Clinic, routes_of_clinic,
    list_clinic_message_types "/clinic/message-types",
    list_clinic_conversations "/clinic/conversations",
    start_clinic_conversation "/clinic/conversations",
    get_clinic_conversation "/clinic/conversations/{id}",
    list_clinic_messages "/clinic/conversations/{id}/messages",
    send_clinic_message "/clinic/conversations/{id}/messages",
    save_clinic_draft "/clinic/conversations/{id}/draft",
    read_clinic_conversation "/clinic/conversations/{id}/read-marker",
    mark_clinic_conversation_unread "/clinic/conversations/{id}/unread-marker",
    close_clinic_conversation "/clinic/conversations/{id}/closing",
    reopen_clinic_conversation "/clinic/conversations/{id}/reopening",
    retract_clinic_message "/clinic/messages/{id}/retraction",
    get_clinic_unread_counts "/clinic/unread-counts",
}
