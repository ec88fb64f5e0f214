//! A new conversation.

use crate::routes::Route;
use salus_ui::messaging::StartView;
use yew::prelude::*;

/// A new conversation.
#[component]
pub(crate) fn NewMessage() -> Html {
    html! { <StartView<Route> back={Route::Messages} /> }
}
