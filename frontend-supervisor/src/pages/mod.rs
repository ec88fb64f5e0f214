//! A module for each page.

pub(crate) mod appointments;
pub(crate) mod book;
pub(crate) mod conversation;
pub(crate) mod member;
pub(crate) mod messages;
pub(crate) mod new_message;
mod people;
pub(crate) mod request;
pub(crate) mod scheduling;
pub(crate) mod team;

use crate::routes::Route;
use salus_ui::{ButtonLink, Look, Page, use_text};
use yew::prelude::*;

/// An address that leads nowhere.
#[component]
pub(crate) fn NotFound() -> Html {
    let t = use_text();
    html! {
        <Page title={t.text("not-found")} lead={t.text("not-found-lead")} narrow={true}>
            <ButtonLink<Route> to={Route::Team} look={Look::Primary}>{ t.text("not-found-home") }</ButtonLink<Route>>
        </Page>
    }
}
