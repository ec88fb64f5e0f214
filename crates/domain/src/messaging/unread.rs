//! What counts as unread: one definition for the badge, the list and every answer.

use super::Side;

/// What the count needs to know of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// Its number in the conversation, from 1.
    pub seq: i32,
    /// Who wrote it.
    pub side: Side,
    /// Whether it was taken back.
    pub retracted: bool,
}

/// How many messages a reader has not read: the other side's, not taken back, after the pointer.
#[must_use]
pub fn unread(messages: &[Counted], reader: Side, read_seq: i32) -> usize {
    messages
        .iter()
        .filter(|message| {
            message.side == reader.other() && !message.retracted && message.seq > read_seq
        })
        .count()
}

/// Where the pointer stands after reading up to a message: it only moves forward, and never past
/// the last message.
#[must_use]
pub fn read_up_to(read_seq: i32, seq: i32, last_seq: i32) -> i32 {
    read_seq.max(seq.min(last_seq))
}

/// Where the pointer stands after a message was marked unread: before it. A message not read yet
/// changes nothing.
#[must_use]
pub fn unread_from(read_seq: i32, seq: i32) -> i32 {
    read_seq.min(seq.saturating_sub(1).max(0))
}
