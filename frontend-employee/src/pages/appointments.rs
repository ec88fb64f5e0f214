//! Booked and past appointments.

use super::NotFound;
use yew::prelude::*;

/// Whether the navigation may lead here.
pub(crate) const BUILT: bool = false;

/// Booked and past appointments.
#[component]
pub(crate) fn Appointments() -> Html {
    html! { <NotFound /> }
}
