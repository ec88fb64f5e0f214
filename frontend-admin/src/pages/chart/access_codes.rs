//! A person's pick-up codes and account.

use crate::pages::NotFound;
use salus_types::ids::PersonId;
use yew::prelude::*;

/// Whether the chart's tabs may lead here.
pub(crate) const BUILT: bool = false;

#[derive(Properties, PartialEq)]
pub(crate) struct AccessCodesProps {
    /// Whose chart.
    pub(crate) person: PersonId,
}

/// A person's pick-up codes and account.
#[component]
pub(crate) fn AccessCodes(_props: &AccessCodesProps) -> Html {
    html! { <NotFound /> }
}
