//! One HR import.

use super::NotFound;
use salus_types::ids::FeedRunId;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct FeedRunProps {
    /// Which run.
    pub(crate) id: FeedRunId,
}

/// One HR import.
#[component]
pub(crate) fn FeedRun(_props: &FeedRunProps) -> Html {
    html! { <NotFound /> }
}
