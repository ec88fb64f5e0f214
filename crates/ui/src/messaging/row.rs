//! A conversation in a list.

use super::title_of;
use crate::args;
use crate::i18n::Text;
use crate::parts::{Badge, Row, Tone};
use salus_types::messaging::{Conversation, Side, State};
use yew::prelude::*;
use yew_router::Routable;

/// A conversation in a list of its portal side: what it is about, the last words, what is new.
pub fn conversation_row<R>(t: &Text, one: &Conversation, to: R) -> Html
where
    R: Routable + 'static,
{
    let words = match (&one.last_words, one.last_side) {
        (Some(words), Some(Side::Portal)) => {
            let words = words.clone();
            t.msg("messages-you", args!(text = words))
        }
        (Some(words), _) => AttrValue::from(words.clone()),
        (None, _) => t.text("messages-retracted"),
    };
    let text = AttrValue::from(format!("{} · {words}", t.stamp(one.last_message_at)));
    let unread = one.unread > 0;
    let icon = if one.state == State::Closed {
        "lock"
    } else {
        "message-square"
    };
    html! {
        <Row<R> key={one.id.to_string()} {to} icon={icon} title={title_of(one)} {text} {unread}>
            if unread {
                <Badge tone={Tone::Info} text={t.msg("messages-unread", args!(count = one.unread))} />
            } else if one.state == State::Closed {
                <Badge tone={Tone::Neutral} icon={Some("lock")} text={t.text("messages-closed")} />
            } else if one.needs_reply {
                <Badge tone={Tone::Neutral} icon={Some("hourglass")} text={t.text("messages-waiting")} />
            }
        </Row<R>>
    }
}
