//! A new conversation.

use crate::routes::Route;
use salus_types::ids::PersonId;
use salus_ui::messaging::StartView;
use salus_ui::{args, use_query, use_text};
use serde::Deserialize;
use yew::prelude::*;
use yew_router::prelude::*;

/// What the address says besides: whom it is about.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct Asked {
    about: Option<PersonId>,
}

/// A new conversation, perhaps about one of the people led.
#[component]
pub(crate) fn NewMessage() -> Html {
    let asked = use_location()
        .and_then(|location| location.query::<Asked>().ok())
        .unwrap_or_default();
    match asked.about {
        Some(person) => html! { <AboutSomebody {person} /> },
        None => html! { <StartView<Route> back={Route::Messages} /> },
    }
}

#[derive(Properties, PartialEq)]
struct AboutSomebodyProps {
    person: PersonId,
}

/// A new conversation about a person, who is named above it.
#[component]
fn AboutSomebody(props: &AboutSomebodyProps) -> Html {
    let t = use_text();
    let person = props.person;
    let status = use_query(person, |client, id| client.get_team_work_status(id));
    let lead = status.data.as_ref().map(|found| {
        let name = found.person.name.clone();
        t.msg("message-about", args!(name = name))
    });
    html! { <StartView<Route> back={Route::Messages} {person} {lead} /> }
}
