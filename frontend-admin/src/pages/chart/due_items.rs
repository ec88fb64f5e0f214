//! What is due for a person.

use crate::pages::NotFound;
use salus_types::ids::PersonId;
use yew::prelude::*;

/// Whether the chart's tabs may lead here.
pub(crate) const BUILT: bool = false;

#[derive(Properties, PartialEq)]
pub(crate) struct DueItemsProps {
    /// Whose chart.
    pub(crate) person: PersonId,
}

/// What is due for a person.
#[component]
pub(crate) fn DueItems(_props: &DueItemsProps) -> Html {
    html! { <NotFound /> }
}
