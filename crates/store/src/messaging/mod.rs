//! Message types and queues, conversations, messages with their sealed texts, receipts, read
//! pointers, drafts.

mod conversations;
mod drafts;
mod messages;
mod reading;
mod types;
mod waiting;

pub use conversations::{
    ConversationRow, Listed, NewConversation, Saved, find_conversation, insert_conversation,
    list_conversations, lock_conversation, person_names, save_conversation,
};
pub use drafts::{DraftRow, delete_draft, find_draft, save_draft};
pub use messages::{
    MessageRow, find_message, insert_message, last_messages, last_speaker, list_messages,
    lock_message, retract_message,
};
pub use reading::{
    Counted, Reader, ReceiptRow, account_name, first_receipts, first_unread, mark_delivered,
    mark_seen, read_seq, set_read_seq, total_unread, unread_counts,
};
pub use types::{
    MessageTypeRow, NewMessageType, NewWorkQueue, find_message_type, insert_message_types,
    insert_work_queue, list_message_types,
};
pub use waiting::{
    Waiting, appointments_between, conversations_needing_reply, requests_to_answer,
    responses_to_review,
};
