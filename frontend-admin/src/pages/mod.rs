//! A module for each page.

pub(crate) mod audit;
pub(crate) mod booking_options;
pub(crate) mod calendar;
pub(crate) mod chart;
pub(crate) mod conversation;
pub(crate) mod inbox;
pub(crate) mod lint;
pub(crate) mod modules;
pub(crate) mod new_message;
pub(crate) mod people;
pub(crate) mod portals;
pub(crate) mod reminders;
pub(crate) mod requests;
pub(crate) mod review;
pub(crate) mod reviews;
pub(crate) mod setup;
pub(crate) mod tasks;
pub(crate) mod wait_list;
pub(crate) mod work_list;

use crate::routes::Route;
use salus_ui::{ButtonLink, Look, Page, use_text};
use yew::prelude::*;

/// An address that leads nowhere.
#[component]
pub(crate) fn NotFound() -> Html {
    let t = use_text();
    html! {
        <Page title={t.text("not-found")} lead={t.text("not-found-lead")} narrow={true}>
            <ButtonLink<Route> to={Route::Start} look={Look::Primary}>{ t.text("not-found-home") }</ButtonLink<Route>>
        </Page>
    }
}
