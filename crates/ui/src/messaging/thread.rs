//! The bubbles of a conversation.

use crate::args;
use crate::format::DateStyle;
use crate::i18n::{Text, use_text};
use crate::parts::{Button, Icon, Look};
use chrono::{Local, NaiveDate};
use salus_types::ids::MessageId;
use salus_types::messaging::Message;
use yew::prelude::*;

/// What a [`Thread`] takes.
#[derive(Properties, PartialEq)]
pub struct ThreadProps {
    /// The messages, the newest first.
    pub messages: Vec<Message>,
    /// Takes an own message back.
    #[prop_or_default]
    pub on_retract: Callback<MessageId>,
    /// Counts a message of the other side as unread again.
    #[prop_or_default]
    pub on_unread: Callback<i32>,
}

/// The messages with a heading for each day, the oldest first; of own ones what became of them.
#[component]
pub fn Thread(props: &ThreadProps) -> Html {
    let t = use_text();
    let mut days: Vec<(NaiveDate, Vec<&Message>)> = Vec::new();
    for message in props.messages.iter().rev() {
        let day = message.sent_at.with_timezone(&Local).date_naive();
        match days.last_mut() {
            Some((last, messages)) if *last == day => messages.push(message),
            _ => days.push((day, vec![message])),
        }
    }
    html! {
        <div class="thread">
            { for days.into_iter().map(|(day, messages)| html! {
                <section class="thread-day" aria-label={t.date(day, DateStyle::Medium)}>
                    <h2 class="thread-date">{ t.date(day, DateStyle::Medium) }</h2>
                    <ol class="thread-list">
                        { for messages.into_iter().map(|message| bubble(&t, props, message)) }
                    </ol>
                </section>
            }) }
        </div>
    }
}

fn bubble(t: &Text, props: &ThreadProps, message: &Message) -> Html {
    let (id, seq) = (message.id, message.seq);
    let retract = props.on_retract.reform(move |_: MouseEvent| id);
    let unread = props.on_unread.reform(move |_: MouseEvent| seq);
    let side = if message.own {
        "bubble bubble-own"
    } else {
        "bubble"
    };
    html! {
        <li key={seq} class={side}>
            <p class="bubble-head">
                <strong>{ message.author.clone() }</strong>
                <span class="muted small">{ " " }{ t.clock_time(message.sent_at) }</span>
            </p>
            if let Some(text) = &message.text {
                <p class="bubble-text">{ for text.split_inclusive('\n').map(piece) }</p>
            } else {
                <p class="bubble-text muted">{ t.text("messages-retracted") }</p>
            }
            <div class="bubble-foot small muted">
                if message.own && !message.retracted {
                    <span>{ receipt(t, message) }</span>
                }
                if message.own && message.retractable_until.is_some() {
                    <Button look={Look::Quiet} on_press={retract}>{ t.text("conversation-retract") }</Button>
                }
                if !message.own && !message.retracted {
                    <Button look={Look::Quiet} on_press={unread}>{ t.text("conversation-mark-unread") }</Button>
                }
            </div>
        </li>
    }
}

/// What became of an own message.
fn receipt(t: &Text, message: &Message) -> Html {
    let (icon, text) = match (message.seen_at, &message.seen_by, message.delivered_at) {
        (Some(at), Some(name), _) => {
            let time = t.stamp(at).to_string();
            let name = name.clone();
            (
                "eye",
                t.msg("receipt-seen-by", args!(time = time, name = name)),
            )
        }
        (Some(at), None, _) => {
            let time = t.stamp(at).to_string();
            ("eye", t.msg("receipt-seen", args!(time = time)))
        }
        (None, _, Some(_)) => ("check", t.text("receipt-delivered")),
        (None, _, None) => ("send", t.text("receipt-sent")),
    };
    html! { <span class="receipt"><Icon name={icon} />{ text }</span> }
}

/// A piece of plain text: addresses of pages become links, nothing else does.
fn piece(line: &str) -> Html {
    let words = line.split_inclusive(char::is_whitespace).map(|word| {
        let bare = word.trim_end();
        if bare.starts_with("https://") && bare.len() > 8 {
            let rest = word.strip_prefix(bare).unwrap_or_default().to_owned();
            html! {
                <><a class="link" href={bare.to_owned()} target="_blank" rel="noopener noreferrer">{ bare.to_owned() }</a>{ rest }</>
            }
        } else {
            html! { { word.to_owned() } }
        }
    });
    words.collect()
}
