//! A new conversation.

use crate::routes::Route;
use salus_types::ids::PersonId;
use salus_ui::messaging::{About, StartView};
use serde::Deserialize;
use yew::prelude::*;
use yew_router::prelude::*;

/// What the address says besides: whom it is about, and what is asked.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct Asked {
    about: Option<PersonId>,
    name: Option<String>,
    kind: Option<String>,
}

/// A new conversation, perhaps about one of the people led.
#[component]
pub(crate) fn NewMessage() -> Html {
    let asked = use_location()
        .and_then(|location| location.query::<Asked>().ok())
        .unwrap_or_default();
    let about = asked.about.zip(asked.name).map(|(id, name)| About {
        id,
        name: AttrValue::from(name),
    });
    html! { <StartView<Route> back={Route::Messages} {about} kind={asked.kind.map(AttrValue::from)} /> }
}
