//! Writing to a person.

use crate::routes::Route;
use salus_types::ids::PersonId;
use salus_ui::messaging::StartView;
use salus_ui::{args, use_query, use_text};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct NewMessageProps {
    /// To whom.
    pub(crate) person: PersonId,
}

/// A new conversation with a person, who is named above it.
#[component]
pub(crate) fn NewMessage(props: &NewMessageProps) -> Html {
    let t = use_text();
    let id = props.person;
    let person = use_query(id, |client, id| client.get_person(id));
    let lead = person.data.as_ref().map(|found| {
        let name = found.value.name.clone();
        t.msg("inbox-to", args!(name = name))
    });
    html! { <StartView<Route> back={Route::ChartMessages { id }} person={Some(id)} {lead} /> }
}
