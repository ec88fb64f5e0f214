//! The same questions with the hat of each app.

use crate::frame::App;
use futures_util::stream::{LocalBoxStream, StreamExt};
use salus_client::{Client, Error, LiveEvent, Versioned};
use salus_types::ids::{ConversationId, MessageId};
use salus_types::messaging::{
    CloseConversation, Conversation, Draft, Marker, Message, SaveDraft, SendMessage, UnreadCounts,
};
use salus_types::page::{Page, PageQuery};

/// How many messages are shown at once.
const SHOWN: u16 = 200;

pub(super) async fn unread(client: &Client, app: App) -> Result<UnreadCounts, Error> {
    match app {
        App::Employee => client.get_my_unread_counts().await,
        App::Supervisor => client.get_team_unread_counts().await,
        App::Admin => client.get_clinic_unread_counts().await,
    }
}

pub(super) async fn events(
    client: &Client,
    app: App,
) -> Result<LocalBoxStream<'static, LiveEvent>, Error> {
    Ok(match app {
        App::Employee => client.stream_my_events().await?.boxed_local(),
        App::Supervisor => client.stream_team_events().await?.boxed_local(),
        App::Admin => client.stream_clinic_events().await?.boxed_local(),
    })
}

pub(super) async fn conversation(
    client: &Client,
    app: App,
    id: ConversationId,
) -> Result<Versioned<Conversation>, Error> {
    match app {
        App::Employee => client.get_my_conversation(id).await,
        App::Supervisor => client.get_team_conversation(id).await,
        App::Admin => client.get_clinic_conversation(id).await,
    }
}

pub(super) async fn messages(
    client: &Client,
    app: App,
    id: ConversationId,
) -> Result<Page<Message>, Error> {
    let page = PageQuery {
        limit: Some(SHOWN),
        cursor: None,
    };
    match app {
        App::Employee => client.list_my_messages(id, &page).await,
        App::Supervisor => client.list_team_messages(id, &page).await,
        App::Admin => client.list_clinic_messages(id, &page).await,
    }
}

pub(super) async fn send(
    client: &Client,
    app: App,
    id: ConversationId,
    key: &str,
    text: String,
) -> Result<Versioned<Message>, Error> {
    let command = SendMessage { text };
    match app {
        App::Employee => client.send_my_message(id, key, &command).await,
        App::Supervisor => client.send_team_message(id, key, &command).await,
        App::Admin => client.send_clinic_message(id, key, &command).await,
    }
}

pub(super) async fn save_draft(
    client: &Client,
    app: App,
    id: ConversationId,
    text: String,
) -> Result<Option<Draft>, Error> {
    let command = SaveDraft { text };
    match app {
        App::Employee => client.save_my_draft(id, &command).await,
        App::Supervisor => client.save_team_draft(id, &command).await,
        App::Admin => client.save_clinic_draft(id, &command).await,
    }
}

pub(super) async fn read(
    client: &Client,
    app: App,
    id: ConversationId,
    seq: i32,
) -> Result<Conversation, Error> {
    let marker = Marker { seq };
    match app {
        App::Employee => client.read_my_conversation(id, marker).await,
        App::Supervisor => client.read_team_conversation(id, marker).await,
        App::Admin => client.read_clinic_conversation(id, marker).await,
    }
}

pub(super) async fn mark_unread(
    client: &Client,
    app: App,
    id: ConversationId,
    seq: i32,
) -> Result<Conversation, Error> {
    let marker = Marker { seq };
    match app {
        App::Employee => client.mark_my_conversation_unread(id, marker).await,
        App::Supervisor => client.mark_team_conversation_unread(id, marker).await,
        App::Admin => client.mark_clinic_conversation_unread(id, marker).await,
    }
}

pub(super) async fn retract(client: &Client, app: App, id: MessageId) -> Result<Message, Error> {
    match app {
        App::Employee => client.retract_my_message(id).await,
        App::Supervisor => client.retract_team_message(id).await,
        App::Admin => client.retract_clinic_message(id).await,
    }
}

pub(super) async fn close(
    client: &Client,
    app: App,
    id: ConversationId,
    version: i32,
    reason: Option<String>,
) -> Result<Versioned<Conversation>, Error> {
    let command = CloseConversation { reason };
    match app {
        App::Employee => client.close_my_conversation(id, version, &command).await,
        App::Supervisor => client.close_team_conversation(id, version, &command).await,
        App::Admin => {
            client
                .close_clinic_conversation(id, version, &command)
                .await
        }
    }
}

pub(super) async fn reopen(
    client: &Client,
    app: App,
    id: ConversationId,
    version: i32,
) -> Result<Versioned<Conversation>, Error> {
    match app {
        App::Employee => client.reopen_my_conversation(id, version).await,
        App::Supervisor => client.reopen_team_conversation(id, version).await,
        App::Admin => client.reopen_clinic_conversation(id, version).await,
    }
}
