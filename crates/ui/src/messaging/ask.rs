//! The same questions with the hat of each app.

use crate::frame::App;
use futures_util::stream::{LocalBoxStream, StreamExt};
use salus_client::{Call, Client, Error, LiveEvent, Versioned};
use salus_types::ids::{ConversationId, MessageId};
use salus_types::messaging::{
    CloseConversation, Conversation, Draft, Marker, Message, SaveDraft, SendMessage, UnreadCounts,
};
use salus_types::page::{Page, PageQuery};

/// How many messages are shown at once.
const SHOWN: u16 = 200;

pub(super) fn unread(client: &Client, app: App) -> Call<UnreadCounts> {
    match app {
        App::Employee => client.get_my_unread_counts(),
        App::Supervisor => client.get_team_unread_counts(),
        App::Admin => client.get_clinic_unread_counts(),
    }
}

pub(super) async fn events(
    client: &Client,
    app: App,
    after: Option<&str>,
) -> Result<LocalBoxStream<'static, LiveEvent>, Error> {
    Ok(match app {
        App::Employee => client.stream_my_events(after).await?.boxed_local(),
        App::Supervisor => client.stream_team_events(after).await?.boxed_local(),
        App::Admin => client.stream_clinic_events(after).await?.boxed_local(),
    })
}

pub(super) fn conversation(
    client: &Client,
    app: App,
    id: ConversationId,
) -> Call<Versioned<Conversation>> {
    match app {
        App::Employee => client.get_my_conversation(id),
        App::Supervisor => client.get_team_conversation(id),
        App::Admin => client.get_clinic_conversation(id),
    }
}

pub(super) fn messages(client: &Client, app: App, id: ConversationId) -> Call<Page<Message>> {
    let page = PageQuery {
        limit: Some(SHOWN),
        cursor: None,
    };
    match app {
        App::Employee => client.list_my_messages(id, &page),
        App::Supervisor => client.list_team_messages(id, &page),
        App::Admin => client.list_clinic_messages(id, &page),
    }
}

pub(super) fn send(
    client: &Client,
    app: App,
    id: ConversationId,
    key: &str,
    text: String,
) -> Call<Versioned<Message>> {
    let command = SendMessage { text };
    match app {
        App::Employee => client.send_my_message(id, key, &command),
        App::Supervisor => client.send_team_message(id, key, &command),
        App::Admin => client.send_clinic_message(id, key, &command),
    }
}

pub(super) fn save_draft(
    client: &Client,
    app: App,
    id: ConversationId,
    text: String,
) -> Call<Option<Draft>> {
    let command = SaveDraft { text };
    match app {
        App::Employee => client.save_my_draft(id, &command),
        App::Supervisor => client.save_team_draft(id, &command),
        App::Admin => client.save_clinic_draft(id, &command),
    }
}

pub(super) fn read(client: &Client, app: App, id: ConversationId, seq: i32) -> Call<Conversation> {
    let marker = Marker { seq };
    match app {
        App::Employee => client.read_my_conversation(id, marker),
        App::Supervisor => client.read_team_conversation(id, marker),
        App::Admin => client.read_clinic_conversation(id, marker),
    }
}

pub(super) fn mark_unread(
    client: &Client,
    app: App,
    id: ConversationId,
    seq: i32,
) -> Call<Conversation> {
    let marker = Marker { seq };
    match app {
        App::Employee => client.mark_my_conversation_unread(id, marker),
        App::Supervisor => client.mark_team_conversation_unread(id, marker),
        App::Admin => client.mark_clinic_conversation_unread(id, marker),
    }
}

pub(super) fn retract(client: &Client, app: App, id: MessageId) -> Call<Message> {
    match app {
        App::Employee => client.retract_my_message(id),
        App::Supervisor => client.retract_team_message(id),
        App::Admin => client.retract_clinic_message(id),
    }
}

pub(super) fn close(
    client: &Client,
    app: App,
    id: ConversationId,
    version: i32,
    reason: Option<String>,
) -> Call<Versioned<Conversation>> {
    let command = CloseConversation { reason };
    match app {
        App::Employee => client.close_my_conversation(id, version, &command),
        App::Supervisor => client.close_team_conversation(id, version, &command),
        App::Admin => client.close_clinic_conversation(id, version, &command),
    }
}

pub(super) fn reopen(
    client: &Client,
    app: App,
    id: ConversationId,
    version: i32,
) -> Call<Versioned<Conversation>> {
    match app {
        App::Employee => client.reopen_my_conversation(id, version),
        App::Supervisor => client.reopen_team_conversation(id, version),
        App::Admin => client.reopen_clinic_conversation(id, version),
    }
}
