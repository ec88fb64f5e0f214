//! The audit trail.

use super::NotFound;
use yew::prelude::*;

/// Whether the navigation may lead here.
pub(crate) const BUILT: bool = false;

/// The audit trail.
#[component]
pub(crate) fn Audit() -> Html {
    html! { <NotFound /> }
}
