//! The sections of the app that are fetched when one of their pages is first opened. Pages of one
//! section come together.

use crate::pages;
use salus_types::ids::{AppointmentId, ConversationId, PersonId};
use salus_ui::Failure;
use wasm_split_helpers::wasm_split;
use yew::prelude::*;

#[wasm_split(scheduling, fallible, preload(fetch_scheduling))]
pub(crate) fn scheduling(id: PersonId) -> Result<Html, Failure> {
    Ok(html! { <pages::scheduling::Scheduling {id} /> })
}

#[wasm_split(scheduling, fallible)]
pub(crate) fn book(id: PersonId) -> Result<Html, Failure> {
    Ok(html! { <pages::book::Book {id} /> })
}

#[wasm_split(scheduling, fallible)]
pub(crate) fn ask(id: PersonId) -> Result<Html, Failure> {
    Ok(html! { <pages::request::Ask {id} /> })
}

#[wasm_split(scheduling, fallible)]
pub(crate) fn move_appointment(id: AppointmentId) -> Result<Html, Failure> {
    Ok(html! { <pages::book::Move {id} /> })
}

#[wasm_split(scheduling, fallible)]
pub(crate) fn appointments() -> Result<Html, Failure> {
    Ok(html! { <pages::appointments::Appointments /> })
}

#[wasm_split(messages, fallible, preload(fetch_messages))]
pub(crate) fn messages() -> Result<Html, Failure> {
    Ok(html! { <pages::messages::Messages /> })
}

#[wasm_split(messages, fallible)]
pub(crate) fn new_message() -> Result<Html, Failure> {
    Ok(html! { <pages::new_message::NewMessage /> })
}

#[wasm_split(messages, fallible)]
pub(crate) fn conversation(id: ConversationId) -> Result<Html, Failure> {
    Ok(html! { <pages::conversation::Conversation {id} /> })
}

/// Fetches all sections, so that a page opens at once. What fails is fetched when it is opened.
pub(crate) async fn fetch_all() {
    let _ = fetch_scheduling().await;
    let _ = fetch_messages().await;
}
