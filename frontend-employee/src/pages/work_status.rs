//! What the person may do at work.

use super::NotFound;
use yew::prelude::*;

/// Whether the navigation may lead here.
pub(crate) const BUILT: bool = false;

/// What the person may do at work.
#[component]
pub(crate) fn WorkStatus() -> Html {
    html! { <NotFound /> }
}
