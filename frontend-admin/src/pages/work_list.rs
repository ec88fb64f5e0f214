//! What waits for the clinic.

use super::NotFound;
use yew::prelude::*;

/// Whether the navigation may lead here.
pub(crate) const BUILT: bool = false;

/// What waits for the clinic.
#[component]
pub(crate) fn WorkList() -> Html {
    html! { <NotFound /> }
}
