//! A new conversation.

use super::NotFound;
use yew::prelude::*;

/// Whether the navigation may lead here.
pub(crate) const BUILT: bool = false;

/// A new conversation.
#[component]
pub(crate) fn NewMessage() -> Html {
    html! { <NotFound /> }
}
