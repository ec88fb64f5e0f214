//! Conversations of one portal side with the clinic: who may write when, what counts as unread,
//! what waits for an answer and until when.

mod conversation;
mod reply_time;
mod text;
mod unread;

pub use conversation::{
    CloseError, Conversation, REOPEN_DAYS, RETRACT_MINUTES, ReopenError, RetractError, Sent, Side,
    State, close, may_write, reopen, retract, sent,
};
pub use reply_time::BusinessHours;
pub use text::{MAX_SUBJECT, MAX_TEXT, Subject, Text, TextError};
pub use unread::{Counted, read_up_to, unread, unread_from};

use crate::access::{Act, Audience, DataClass, RULES, Reach, Role};

/// The staff roles that may read a conversation: what stands above the box as "who will see this",
/// taken from the policy itself.
#[must_use]
pub fn readers(scheduling: bool) -> Vec<Role> {
    let reads = |audience: Audience| {
        RULES.iter().any(|rule| {
            rule.audience == audience
                && rule.class == DataClass::Message
                && rule.acts.contains(&Act::Read)
                && match rule.reach {
                    Reach::Organization => true,
                    Reach::SchedulingThreads => scheduling,
                    _ => false,
                }
        })
    };
    [
        (Audience::Clinician, Role::Clinician),
        (Audience::Scheduler, Role::Scheduler),
        (Audience::PortalAdmin, Role::PortalAdmin),
        (Audience::PrivacyOfficer, Role::PrivacyOfficer),
        (Audience::SafetyRecorder, Role::SafetyRecorder),
        (Audience::Auditor, Role::Auditor),
    ]
    .into_iter()
    .filter(|(audience, _)| reads(*audience))
    .map(|(_, role)| role)
    .collect()
}

#[cfg(test)]
mod tests;
