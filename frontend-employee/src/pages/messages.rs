//! Conversations with the clinic.

use super::NotFound;
use yew::prelude::*;

/// Whether the navigation may lead here.
pub(crate) const BUILT: bool = false;

/// Conversations with the clinic.
#[component]
pub(crate) fn Messages() -> Html {
    html! { <NotFound /> }
}
