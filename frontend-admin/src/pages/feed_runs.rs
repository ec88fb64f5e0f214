//! HR imports.

use super::NotFound;
use yew::prelude::*;

/// Whether the navigation may lead here.
pub(crate) const BUILT: bool = false;

/// HR imports.
#[component]
pub(crate) fn FeedRuns() -> Html {
    html! { <NotFound /> }
}
