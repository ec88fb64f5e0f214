//! The sites people enter by.

use super::NotFound;
use yew::prelude::*;

/// Whether the navigation may lead here.
pub(crate) const BUILT: bool = false;

/// The sites people enter by.
#[component]
pub(crate) fn Portals() -> Html {
    html! { <NotFound /> }
}
