//! One submitted questionnaire.

use super::NotFound;
use salus_types::ids::ResponseId;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct ReviewProps {
    /// Which response.
    pub(crate) id: ResponseId,
}

/// One submitted questionnaire.
#[component]
pub(crate) fn Review(_props: &ReviewProps) -> Html {
    html! { <NotFound /> }
}
