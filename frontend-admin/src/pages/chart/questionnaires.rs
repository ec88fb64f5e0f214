//! A person's questionnaires.

use crate::pages::NotFound;
use salus_types::ids::PersonId;
use yew::prelude::*;

/// Whether the chart's tabs may lead here.
pub(crate) const BUILT: bool = false;

#[derive(Properties, PartialEq)]
pub(crate) struct QuestionnairesProps {
    /// Whose chart.
    pub(crate) person: PersonId,
}

/// A person's questionnaires.
#[component]
pub(crate) fn Questionnaires(_props: &QuestionnairesProps) -> Html {
    html! { <NotFound /> }
}
