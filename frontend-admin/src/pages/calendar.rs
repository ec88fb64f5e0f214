//! The day calendar.

use super::NotFound;
use yew::prelude::*;

/// Whether the navigation may lead here.
pub(crate) const BUILT: bool = false;

/// The day calendar.
#[component]
pub(crate) fn Calendar() -> Html {
    html! { <NotFound /> }
}
