//! The sections of the app that are fetched when one of their pages is first opened. Pages of one
//! section come together.

use crate::pages;
use crate::routes::Route;
use salus_types::ids::PortalId;
use salus_ui::Failure;
use wasm_split_helpers::wasm_split;
use yew::prelude::*;

#[wasm_split(setup, fallible, preload(fetch_setup))]
pub(crate) fn setup(route: Route) -> Result<Html, Failure> {
    Ok(html! { <pages::setup::Setup {route} /> })
}

#[wasm_split(administration, fallible, preload(fetch_administration))]
pub(crate) fn portals() -> Result<Html, Failure> {
    Ok(html! { <pages::portals::Portals /> })
}

#[wasm_split(administration, fallible)]
pub(crate) fn modules(id: PortalId) -> Result<Html, Failure> {
    Ok(html! { <pages::modules::Modules {id} /> })
}

#[wasm_split(administration, fallible)]
pub(crate) fn booking_options(id: PortalId) -> Result<Html, Failure> {
    Ok(html! { <pages::booking_options::BookingOptions {id} /> })
}

#[wasm_split(administration, fallible)]
pub(crate) fn reminders(id: PortalId) -> Result<Html, Failure> {
    Ok(html! { <pages::reminders::Reminders {id} /> })
}

#[wasm_split(administration, fallible)]
pub(crate) fn audit() -> Result<Html, Failure> {
    Ok(html! { <pages::audit::Audit /> })
}

/// Fetches all sections, so that a page opens at once, and also when the connection is lost by
/// then. What fails is fetched when it is opened.
pub(crate) async fn fetch_all() {
    let _ = fetch_setup().await;
    let _ = fetch_administration().await;
}
