//! Submitted questionnaires to review.

use super::NotFound;
use yew::prelude::*;

/// Whether the navigation may lead here.
pub(crate) const BUILT: bool = false;

/// Submitted questionnaires to review.
#[component]
pub(crate) fn Reviews() -> Html {
    html! { <NotFound /> }
}
