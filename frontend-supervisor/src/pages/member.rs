//! One of the people led.

use super::NotFound;
use salus_types::ids::PersonId;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct MemberProps {
    /// Who.
    pub(crate) id: PersonId,
}

/// One of the people led.
#[component]
pub(crate) fn Member(_props: &MemberProps) -> Html {
    html! { <NotFound /> }
}
