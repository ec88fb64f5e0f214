//! What every portal has besides its modules.

use crate::routes::Route;
use salus_ui::{Card, Row, Rows, use_text};
use yew::prelude::*;

/// The way to everything else.
#[component]
pub(super) fn More() -> Html {
    let t = use_text();
    let always = [
        (
            Route::Questionnaires,
            "clipboard-list",
            "nav-questionnaires",
        ),
        (Route::RecordAccess, "eye", "nav-record-access"),
    ];
    let rows = always.into_iter().map(|(route, icon, id)| {
        html! { <Row<Route> to={route} {icon} title={t.text(id)} /> }
    });
    html! { <Card title={t.text("home-more")}><Rows>{ for rows }</Rows></Card> }
}
