//! A module for each page.

pub(crate) mod appointment;
pub(crate) mod appointments;
pub(crate) mod book;
pub(crate) mod code;
pub(crate) mod conversation;
pub(crate) mod home;
pub(crate) mod joining;
pub(crate) mod kiosk;
pub(crate) mod messages;
pub(crate) mod new_message;
mod qr;
pub(crate) mod questionnaire;
pub(crate) mod questionnaires;
pub(crate) mod quiet_hours;
pub(crate) mod record_access;
pub(crate) mod requests;
pub(crate) mod visit_link;
pub(crate) mod visit_plans;
pub(crate) mod wait_list;
pub(crate) mod work_status;

use crate::routes::Route;
use salus_ui::{ButtonLink, Look, Page, use_text};
use yew::prelude::*;

/// An address that leads nowhere.
#[component]
pub(crate) fn NotFound() -> Html {
    let t = use_text();
    html! {
        <Page title={t.text("not-found")} lead={t.text("not-found-lead")} narrow={true}>
            <ButtonLink<Route> to={Route::Home} look={Look::Primary}>{ t.text("not-found-home") }</ButtonLink<Route>>
        </Page>
    }
}
