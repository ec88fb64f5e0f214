//! One conversation.

use super::NotFound;
use salus_types::ids::ConversationId;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct ConversationProps {
    /// Which one.
    pub(crate) id: ConversationId,
}

/// One conversation.
#[component]
pub(crate) fn Conversation(_props: &ConversationProps) -> Html {
    html! { <NotFound /> }
}
