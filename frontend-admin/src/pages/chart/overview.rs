//! A person's chart at a glance.

use crate::pages::NotFound;
use salus_types::ids::PersonId;
use yew::prelude::*;

/// Whether the chart's tabs may lead here.
pub(crate) const BUILT: bool = false;

#[derive(Properties, PartialEq)]
pub(crate) struct OverviewProps {
    /// Whose chart.
    pub(crate) person: PersonId,
}

/// A person's chart at a glance.
#[component]
pub(crate) fn Overview(_props: &OverviewProps) -> Html {
    html! { <NotFound /> }
}
