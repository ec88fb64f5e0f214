//! One conversation.

use crate::routes::Route;
use salus_types::ids::ConversationId;
use salus_types::messaging::Conversation as Found;
use salus_ui::messaging::ConversationView;
use salus_ui::{Badge, ButtonLink, Text, Tone, args, use_text};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct ConversationProps {
    /// Which one.
    pub(crate) id: ConversationId,
}

/// One conversation, with whose it is above it.
#[component]
pub(crate) fn Conversation(props: &ConversationProps) -> Html {
    let t = use_text();
    let banner = Callback::from(move |one: Found| banner(&t, &one));
    html! { <ConversationView<Route> id={props.id} back={Route::Inbox} {banner} /> }
}

/// The person, and by when they expect an answer.
fn banner(t: &Text, one: &Found) -> Html {
    let name = one.person_name.clone().unwrap_or_default();
    html! {
        <div class="button-row">
            if let Some(id) = one.person_id {
                <ButtonLink<Route> to={Route::Chart { id }} icon="user">{ name }</ButtonLink<Route>>
            }
            { due(t, one) }
        </div>
    }
}

/// By when the clinic said it would answer.
pub(crate) fn due(t: &Text, one: &Found) -> Html {
    let Some(at) = one.reply_due_at.filter(|_| one.needs_reply) else {
        return Html::default();
    };
    let time = t.stamp(at).to_string();
    if one.overdue {
        html! { <Badge tone={Tone::Bad} text={t.msg("inbox-overdue", args!(time = time))} /> }
    } else {
        html! { <Badge tone={Tone::Warning} text={t.msg("inbox-due", args!(time = time))} /> }
    }
}
