//! One conversation.

use crate::routes::Route;
use salus_types::ids::ConversationId;
use salus_ui::messaging::ConversationView;
use salus_ui::use_look;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct ConversationProps {
    /// Which one.
    pub(crate) id: ConversationId,
}

/// One conversation.
#[component]
pub(crate) fn Conversation(props: &ConversationProps) -> Html {
    let anew = use_look()
        .offers_module("send_message")
        .then_some(Route::NewMessage);
    html! { <ConversationView<Route> id={props.id} back={Route::Messages} {anew} /> }
}
