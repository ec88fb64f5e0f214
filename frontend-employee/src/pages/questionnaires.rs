//! The questionnaires to answer and those answered.

use super::NotFound;
use yew::prelude::*;

/// Whether the navigation may lead here.
pub(crate) const BUILT: bool = false;

/// The questionnaires to answer and those answered.
#[component]
pub(crate) fn Questionnaires() -> Html {
    html! { <NotFound /> }
}
