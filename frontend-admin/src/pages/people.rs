//! Finding a person.

use super::NotFound;
use yew::prelude::*;

/// Whether the navigation may lead here.
pub(crate) const BUILT: bool = false;

/// Finding a person.
#[component]
pub(crate) fn People() -> Html {
    html! { <NotFound /> }
}
