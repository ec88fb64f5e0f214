//! The box in which one writes, and what stands above it.

use crate::args;
use crate::i18n::{Text, use_text};
use crate::online::use_online;
use crate::parts::{Button, Look, Note, TextArea, Tone, WhoSees};
use salus_types::messaging::{MAX_TEXT, Notice, Role};
use yew::prelude::*;

/// What a [`NoticeView`] takes.
#[derive(Properties, PartialEq)]
pub struct NoticeViewProps {
    /// Who reads, by when it is answered, what to do in an emergency.
    pub notice: Notice,
    /// The person who reads it too; for the clinic.
    #[prop_or_default]
    pub person: Option<AttrValue>,
}

/// Who will see this, by when it is answered, and what to do in an emergency: always above the box.
#[component]
pub fn NoticeView(props: &NoticeViewProps) -> Html {
    let t = use_text();
    let notice = &props.notice;
    let readers = match &props.person {
        Some(name) => t.msg("inbox-readers", args!(name = name.to_string())),
        None => {
            let roles = readers(&t, notice).to_string();
            t.msg("message-readers", args!(roles = roles))
        }
    };
    let answer = notice
        .reply_expected_at
        .filter(|_| props.person.is_none())
        .map(|at| {
            let place = t.text("conversation-with-clinic");
            let time = t.moment(at, &notice.time_zone, &place).to_string();
            t.msg("message-reply-by", args!(time = time))
        });
    html! {
        <div class="notice-before">
            <WhoSees text={readers} />
            { for answer.map(|answer| html! { <p class="small muted">{ answer }</p> }) }
            if props.person.is_none() {
                if let Some(text) = &notice.emergency_text {
                    <Note tone={Tone::Warning}>{ text.clone() }</Note>
                }
            }
        </div>
    }
}

fn readers(t: &Text, notice: &Notice) -> AttrValue {
    t.text(if notice.readers.contains(&Role::Scheduler) {
        "message-readers-scheduler"
    } else {
        "message-readers-clinician"
    })
}

/// What a [`WriteBox`] takes.
#[derive(Properties, PartialEq)]
pub struct WriteBoxProps {
    /// What stands above it.
    pub label: AttrValue,
    /// What is typed.
    pub value: AttrValue,
    /// What is wrong with it.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// Whether it is being sent.
    #[prop_or_default]
    pub busy: bool,
    /// What is said under it, such as that the draft is saved.
    #[prop_or_default]
    pub said: Option<AttrValue>,
    /// Something was typed.
    pub on_change: Callback<String>,
    /// Send it.
    pub on_send: Callback<()>,
}

/// The box with its counter; Enter begins a new line, Ctrl and Enter send.
#[component]
pub fn WriteBox(props: &WriteBoxProps) -> Html {
    let t = use_text();
    let online = use_online();
    let send = {
        let on_send = props.on_send.clone();
        Callback::from(move |_: MouseEvent| {
            if online {
                on_send.emit(());
            }
        })
    };
    let onkeydown = {
        let on_send = props.on_send.clone();
        Callback::from(move |event: KeyboardEvent| {
            let sends = event.key() == "Enter" && (event.ctrl_key() || event.meta_key());
            if sends && online {
                event.prevent_default();
                on_send.emit(());
            }
        })
    };
    let limit = u32::try_from(MAX_TEXT).unwrap_or(u32::MAX);
    html! {
        <div class="write-box" {onkeydown}>
            <TextArea name="message" label={props.label.clone()} hint={t.text("message-send-hint")} rows={4}
                value={props.value.clone()} error={props.error.clone()} max_length={limit}
                on_change={props.on_change.clone()} />
            if !online {
                <Note tone={Tone::Warning}>{ t.text("message-offline") }</Note>
            }
            <div class="button-row">
                <Button look={Look::Primary} icon="send" busy={props.busy} on_press={send}>{ t.text("message-send") }</Button>
                <span class="small muted" role="status">{ for props.said.clone() }</span>
            </div>
        </div>
    }
}
