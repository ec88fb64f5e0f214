//! Conversations with the clinic, the same in the three apps: each asks with its own hat.

mod ask;
mod conversation;
mod live;
mod row;
mod start;
mod thread;
mod write;

pub use conversation::{ConversationView, ConversationViewProps};
pub use live::{Live, LiveProvider, LiveProviderProps, use_live, use_live_refetch};
pub use row::conversation_row;
pub use start::{StartView, StartViewProps};
pub use thread::{Thread, ThreadProps};
pub use write::{NoticeView, NoticeViewProps, WriteBox, WriteBoxProps};

use crate::frame::use_look;
use crate::query::{Query, use_background_query};
use salus_types::messaging::{Conversation, UnreadCounts};
use yew::prelude::*;

/// How much waits to be read: the server's counts, asked again whenever something happens.
#[hook]
pub fn use_unread() -> Query<UnreadCounts> {
    let app = use_look().app;
    let counts = use_background_query(app, |client, app| ask::unread(&client, app));
    use_live_refetch(&counts.refetch);
    counts
}

/// How many messages wait; none until the server has said so.
#[must_use]
pub fn waiting_messages(unread: &Query<UnreadCounts>) -> u32 {
    unread.data.as_ref().map_or(0, |counts| counts.messages)
}

/// What a conversation is called: its subject, else the name of its type.
#[must_use]
pub fn title_of(conversation: &Conversation) -> AttrValue {
    let title = conversation.subject.as_ref();
    AttrValue::from(title.unwrap_or(&conversation.type_name).clone())
}
