//! Conversations of the supervisor.

use super::NotFound;
use yew::prelude::*;

/// Whether the navigation may lead here.
pub(crate) const BUILT: bool = false;

/// Conversations of the supervisor.
#[component]
pub(crate) fn Messages() -> Html {
    html! { <NotFound /> }
}
