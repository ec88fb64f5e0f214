//! A person's appointments.

use crate::pages::NotFound;
use salus_types::ids::PersonId;
use yew::prelude::*;

/// Whether the chart's tabs may lead here.
pub(crate) const BUILT: bool = false;

#[derive(Properties, PartialEq)]
pub(crate) struct AppointmentsProps {
    /// Whose chart.
    pub(crate) person: PersonId,
}

/// A person's appointments.
#[component]
pub(crate) fn Appointments(_props: &AppointmentsProps) -> Html {
    html! { <NotFound /> }
}
