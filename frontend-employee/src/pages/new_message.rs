//! A new conversation.

use crate::routes::Route;
use salus_ui::messaging::StartView;
use yew::prelude::*;

/// Whether the navigation may lead here.
pub(crate) const BUILT: bool = true;

/// A new conversation.
#[component]
pub(crate) fn NewMessage() -> Html {
    html! { <StartView<Route> back={Route::Messages} /> }
}
