//! The people led, with their work status.

use super::NotFound;
use yew::prelude::*;

/// Whether the navigation may lead here.
pub(crate) const BUILT: bool = false;

/// The people led, with their work status.
#[component]
pub(crate) fn Team() -> Html {
    html! { <NotFound /> }
}
