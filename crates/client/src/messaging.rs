//! Conversations with the clinic, what waits to be read, live updates.

use futures_util::{Stream, StreamExt, stream};
use reqwest::Method;
use salus_types::ids::{ConversationId, MessageId};
use salus_types::messaging::{
    CloseConversation, Conversation, ConversationsQuery, Draft, Marker, Message, MessageTypes,
    SaveDraft, SendMessage, StartConversation, UnreadCounts, WorkSummary,
};
use salus_types::page::{Page, PageQuery};
use serde::Deserialize;
use std::collections::VecDeque;

use crate::{Call, Client, Error, Versioned};

/// Something changed: its kind and ids. Ask for it again.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct LiveEvent {
    /// The event's id; send it as the last one when connecting again.
    #[serde(default)]
    pub id: String,
    /// What happened: `message.sent`, `appointment.booked`; `ready` when the stream begins,
    /// `resync` when something may have been missed.
    #[serde(default)]
    pub kind: String,
    /// To what.
    #[serde(default)]
    pub data: serde_json::Value,
}

/// The same operations for each hat; their names as the hat says them, in this order.
macro_rules! conversations_of {
    ($hat:literal
        pub fn $types:ident(); pub fn $list:ident(); pub fn $start:ident();
        pub fn $get:ident(); pub fn $messages:ident(); pub fn $send:ident();
        pub fn $draft:ident(); pub fn $read:ident(); pub fn $unread:ident();
        pub fn $close:ident(); pub fn $reopen:ident(); pub fn $retract:ident();
        pub fn $counts:ident(); pub fn $stream:ident();
    ) => {
        impl Client {
            /// What one can write about.
            ///
            /// # Errors
            /// `forbidden`.
            pub fn $types(&self) -> Call<MessageTypes> {
                self.get(concat!("/api/v1/", $hat, "/message-types"))
            }

            /// Conversations, open before closed, the last written first.
            ///
            /// # Errors
            /// `forbidden`.
            pub fn $list(&self, query: &ConversationsQuery) -> Call<Page<Conversation>> {
                self.get_with(concat!("/api/v1/", $hat, "/conversations"), query)
            }

            /// Begin a conversation with its first message.
            ///
            /// # Errors
            /// `type-not-sendable`, `message-empty`.
            pub fn $start(
                &self,
                key: &str,
                command: &StartConversation,
            ) -> Call<Versioned<Conversation>> {
                self.create(concat!("/api/v1/", $hat, "/conversations"), key, command)
            }

            /// A conversation.
            ///
            /// # Errors
            /// `not-found`.
            pub fn $get(&self, id: ConversationId) -> Call<Versioned<Conversation>> {
                self.get_versioned(&conversation($hat, id, ""))
            }

            /// Messages of a conversation, the newest first.
            ///
            /// # Errors
            /// `not-found`.
            pub fn $messages(&self, id: ConversationId, page: &PageQuery) -> Call<Page<Message>> {
                self.get_with(&conversation($hat, id, "/messages"), page)
            }

            /// Write a message.
            ///
            /// # Errors
            /// `conversation-closed`, `message-empty`, `not-found`.
            pub fn $send(
                &self,
                id: ConversationId,
                key: &str,
                command: &SendMessage,
            ) -> Call<Versioned<Message>> {
                self.create(&conversation($hat, id, "/messages"), key, command)
            }

            /// Keep what was typed and not sent.
            ///
            /// # Errors
            /// `not-found`.
            pub fn $draft(&self, id: ConversationId, command: &SaveDraft) -> Call<Option<Draft>> {
                self.put(&conversation($hat, id, "/draft"), command)
            }

            /// Say that everything up to a message was shown.
            ///
            /// # Errors
            /// `not-found`.
            pub fn $read(&self, id: ConversationId, marker: Marker) -> Call<Conversation> {
                self.post(&conversation($hat, id, "/read-marker"), &marker)
            }

            /// Count a message and those after it as unread again.
            ///
            /// # Errors
            /// `not-found`.
            pub fn $unread(&self, id: ConversationId, marker: Marker) -> Call<Conversation> {
                self.post(&conversation($hat, id, "/unread-marker"), &marker)
            }

            /// Close a conversation.
            ///
            /// # Errors
            /// `conversation-closed`, `needs-reply`, `version-conflict`.
            pub fn $close(
                &self,
                id: ConversationId,
                version: i32,
                command: &CloseConversation,
            ) -> Call<Versioned<Conversation>> {
                self.post_versioned(&conversation($hat, id, "/closing"), version, command)
            }

            /// Open a closed conversation again.
            ///
            /// # Errors
            /// `reopen-too-late`, `version-conflict`.
            pub fn $reopen(
                &self,
                id: ConversationId,
                version: i32,
            ) -> Call<Versioned<Conversation>> {
                let nothing = serde_json::json!({});
                self.post_versioned(&conversation($hat, id, "/reopening"), version, &nothing)
            }

            /// Take back an own message.
            ///
            /// # Errors
            /// `retract-too-late`.
            pub fn $retract(&self, id: MessageId) -> Call<Message> {
                let path = format!("/api/v1/{}/messages/{id}/retraction", $hat);
                self.post(&path, &serde_json::json!({}))
            }

            /// How much waits to be read.
            ///
            /// # Errors
            /// `forbidden`.
            pub fn $counts(&self) -> Call<UnreadCounts> {
                self.get(concat!("/api/v1/", $hat, "/unread-counts"))
            }

            /// What changes from now on, or from the event with the id `after` on, until the
            /// session ends or the connection does. An event `resync` says that something may be
            /// missing: ask again for all that is shown.
            ///
            /// # Errors
            /// `unauthenticated`, `forbidden`.
            pub async fn $stream(
                &self,
                after: Option<&str>,
            ) -> Result<impl Stream<Item = LiveEvent> + use<>, Error> {
                self.follow(concat!("/api/v1/", $hat, "/events"), after)
                    .await
            }
        }
    };
}

conversations_of! {
    "me"
    pub fn list_my_message_types();
    pub fn list_my_conversations();
    pub fn start_my_conversation();
    pub fn get_my_conversation();
    pub fn list_my_messages();
    pub fn send_my_message();
    pub fn save_my_draft();
    pub fn read_my_conversation();
    pub fn mark_my_conversation_unread();
    pub fn close_my_conversation();
    pub fn reopen_my_conversation();
    pub fn retract_my_message();
    pub fn get_my_unread_counts();
    pub fn stream_my_events();
}

conversations_of! {
    "team"
    pub fn list_team_message_types();
    pub fn list_team_conversations();
    pub fn start_team_conversation();
    pub fn get_team_conversation();
    pub fn list_team_messages();
    pub fn send_team_message();
    pub fn save_team_draft();
    pub fn read_team_conversation();
    pub fn mark_team_conversation_unread();
    pub fn close_team_conversation();
    pub fn reopen_team_conversation();
    pub fn retract_team_message();
    pub fn get_team_unread_counts();
    pub fn stream_team_events();
}

conversations_of! {
    "clinic"
    pub fn list_clinic_message_types();
    pub fn list_clinic_conversations();
    pub fn start_clinic_conversation();
    pub fn get_clinic_conversation();
    pub fn list_clinic_messages();
    pub fn send_clinic_message();
    pub fn save_clinic_draft();
    pub fn read_clinic_conversation();
    pub fn mark_clinic_conversation_unread();
    pub fn close_clinic_conversation();
    pub fn reopen_clinic_conversation();
    pub fn retract_clinic_message();
    pub fn get_clinic_unread_counts();
    pub fn stream_clinic_events();
}

impl Client {
    /// How much waits in each list this account works on.
    ///
    /// # Errors
    /// `forbidden`.
    pub fn get_work_summary(&self) -> Call<WorkSummary> {
        self.get("/api/v1/clinic/work-summary")
    }

    async fn follow(
        &self,
        path: &str,
        after: Option<&str>,
    ) -> Result<impl Stream<Item = LiveEvent> + use<>, Error> {
        let mut request = self.request(Method::GET, path)?;
        if let Some(after) = after {
            request = request.header("last-event-id", after);
        }
        let response = self.send(request).await?;
        let bytes = Box::pin(response.bytes_stream());
        let start = (bytes, Vec::<u8>::new(), VecDeque::<LiveEvent>::new());
        Ok(stream::unfold(
            start,
            |(mut bytes, mut rest, mut waiting)| async move {
                loop {
                    if let Some(event) = waiting.pop_front() {
                        return Some((event, (bytes, rest, waiting)));
                    }
                    let chunk = bytes.next().await?.ok()?;
                    rest.extend_from_slice(&chunk);
                    waiting.extend(complete_events(&mut rest));
                }
            },
        ))
    }
}

fn conversation(hat: &str, id: ConversationId, part: &str) -> String {
    format!("/api/v1/{hat}/conversations/{id}{part}")
}

/// Takes the complete events off the front of what has arrived; comments keep the connection alive
/// and say nothing.
fn complete_events(rest: &mut Vec<u8>) -> Vec<LiveEvent> {
    let mut events = Vec::new();
    while let Some(end) = rest.windows(2).position(|pair| pair == b"\n\n") {
        let block: Vec<u8> = rest.drain(..end + 2).collect();
        let text = String::from_utf8_lossy(&block);
        let mut event = LiveEvent {
            id: String::new(),
            kind: String::new(),
            data: serde_json::Value::Null,
        };
        for line in text.lines() {
            match line.split_once(": ") {
                Some(("id", id)) => event.id = id.to_owned(),
                Some(("event", kind)) => event.kind = kind.to_owned(),
                Some(("data", data)) => {
                    event.data = crate::read::parsed(data.as_bytes()).unwrap_or_default();
                }
                _ => {}
            }
        }
        if !event.kind.is_empty() {
            events.push(event);
        }
    }
    events
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_read_whole_even_when_they_arrive_in_pieces() {
        let mut rest = b": alive\n\nid: 1\nevent: message.sent\ndata: {\"seq\":2}\n".to_vec();
        assert!(complete_events(&mut rest).is_empty());
        rest.extend_from_slice(b"\nid: 2\n");
        let events = complete_events(&mut rest);
        assert_eq!(events.len(), 1);
        assert_eq!(
            (events[0].id.as_str(), events[0].kind.as_str()),
            ("1", "message.sent")
        );
        assert_eq!(rest, b"id: 2\n");
    }
}
