//! Answering one questionnaire.

use super::NotFound;
use salus_types::ids::AssignmentId;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct QuestionnaireProps {
    /// Which assignment.
    pub(crate) id: AssignmentId,
}

/// Answering one questionnaire.
#[component]
pub(crate) fn Questionnaire(_props: &QuestionnaireProps) -> Html {
    html! { <NotFound /> }
}
