//! One appointment.

use super::NotFound;
use salus_types::ids::AppointmentId;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct AppointmentProps {
    /// Which one.
    pub(crate) id: AppointmentId,
}

/// One appointment.
#[component]
pub(crate) fn Appointment(_props: &AppointmentProps) -> Html {
    html! { <NotFound /> }
}
