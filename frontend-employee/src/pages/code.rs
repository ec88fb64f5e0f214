//! A pick-up code is traded for an account.

use super::NotFound;
use yew::prelude::*;

/// Whether the navigation may lead here.
pub(crate) const BUILT: bool = false;

/// A pick-up code is traded for an account.
#[component]
pub(crate) fn Code() -> Html {
    html! { <NotFound /> }
}
