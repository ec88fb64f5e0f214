//! The sections of the app that are fetched when one of their pages is first opened. Pages of one
//! section come together.

use crate::pages;
use salus_types::ids::{
    AppointmentId, AppointmentRequestId, AssignmentId, ConversationId, LocationId,
};
use salus_ui::Failure;
use wasm_split_helpers::wasm_split;
use yew::prelude::*;

#[wasm_split(appointments, fallible, preload(fetch_appointments))]
pub(crate) fn appointments() -> Result<Html, Failure> {
    Ok(html! { <pages::appointments::Appointments /> })
}

#[wasm_split(appointments, fallible)]
pub(crate) fn appointment(id: AppointmentId) -> Result<Html, Failure> {
    Ok(html! { <pages::appointment::Appointment {id} /> })
}

#[wasm_split(appointments, fallible)]
pub(crate) fn move_appointment(id: AppointmentId) -> Result<Html, Failure> {
    Ok(html! { <pages::book::Move {id} /> })
}

#[wasm_split(appointments, fallible)]
pub(crate) fn book() -> Result<Html, Failure> {
    Ok(html! { <pages::book::Book /> })
}

#[wasm_split(appointments, fallible)]
pub(crate) fn request() -> Result<Html, Failure> {
    Ok(html! { <pages::requests::Ask /> })
}

#[wasm_split(appointments, fallible)]
pub(crate) fn appointment_request(id: AppointmentRequestId) -> Result<Html, Failure> {
    Ok(html! { <pages::requests::Request {id} /> })
}

#[wasm_split(appointments, fallible)]
pub(crate) fn visit_link() -> Result<Html, Failure> {
    Ok(html! { <pages::visit_link::VisitLink /> })
}

#[wasm_split(appointments, fallible)]
pub(crate) fn kiosk(location: LocationId) -> Result<Html, Failure> {
    Ok(html! { <pages::kiosk::Kiosk {location} /> })
}

#[wasm_split(appointments, fallible)]
pub(crate) fn quiet_hours() -> Result<Html, Failure> {
    Ok(html! { <pages::quiet_hours::QuietHoursChoice /> })
}

#[wasm_split(appointments, fallible)]
pub(crate) fn visit_plans() -> Result<Html, Failure> {
    Ok(html! { <pages::visit_plans::VisitPlans /> })
}

#[wasm_split(answering, fallible, preload(fetch_answering))]
pub(crate) fn questionnaire(id: AssignmentId) -> Result<Html, Failure> {
    Ok(html! { <pages::questionnaire::Questionnaire {id} /> })
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

/// Fetches all sections, so that a page opens at once, and also when the connection is lost by
/// then. What fails is fetched when it is opened.
pub(crate) async fn fetch_all() {
    let _ = fetch_answering().await;
    let _ = fetch_appointments().await;
    let _ = fetch_messages().await;
}
