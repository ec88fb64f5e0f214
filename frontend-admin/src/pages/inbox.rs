//! Conversations of the clinic's queues.

use super::NotFound;
use yew::prelude::*;

/// Whether the navigation may lead here.
pub(crate) const BUILT: bool = false;

/// Conversations of the clinic's queues.
#[component]
pub(crate) fn Inbox() -> Html {
    html! { <NotFound /> }
}
