//! A person's restrictions and work status.

use crate::pages::NotFound;
use salus_types::ids::PersonId;
use yew::prelude::*;

/// Whether the chart's tabs may lead here.
pub(crate) const BUILT: bool = false;

#[derive(Properties, PartialEq)]
pub(crate) struct RestrictionsProps {
    /// Whose chart.
    pub(crate) person: PersonId,
}

/// A person's restrictions and work status.
#[component]
pub(crate) fn Restrictions(_props: &RestrictionsProps) -> Html {
    html! { <NotFound /> }
}
