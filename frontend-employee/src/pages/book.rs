//! Booking an appointment.

use super::NotFound;
use yew::prelude::*;

/// Booking an appointment.
#[component]
pub(crate) fn Book() -> Html {
    html! { <NotFound /> }
}
