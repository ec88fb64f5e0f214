//! Booked and past appointments.

use crate::routes::Route;
use salus_types::scheduling::{Appointment, AppointmentView, AppointmentsQuery, State};
use salus_ui::{
    Badge, ButtonLink, Card, Empty, Look, Page, Row, Rows, Text, Tone, Waiting, args, use_query,
    use_text,
};
use yew::prelude::*;

/// Booked and past appointments.
#[component]
pub(crate) fn Appointments() -> Html {
    let t = use_text();
    let upcoming = use_query(AppointmentView::Upcoming, |client, view| {
        client.list_my_appointments(&AppointmentsQuery { view })
    });
    let past = use_query(AppointmentView::Past, |client, view| {
        client.list_my_appointments(&AppointmentsQuery { view })
    });
    let book = html! {
        <ButtonLink<Route> to={Route::Book} look={Look::Primary} icon="calendar-plus" wide={true}>
            { t.text("appointments-book") }
        </ButtonLink<Route>>
    };
    html! {
        <Page title={t.text("appointments")} action={book}>
            <Card title={t.text("appointments-upcoming")}>
                { upcoming.show(Waiting::Rows(2), |found| if found.items.is_empty() {
                    html! {
                        <Empty icon="calendar-days" title={t.text("appointments-none")}
                            text={t.text("appointments-none-text")} />
                    }
                } else {
                    rows(&t, &found.items)
                }) }
            </Card>
            <Card title={t.text("appointments-past")}>
                { past.show(Waiting::Rows(2), |found| if found.items.is_empty() {
                    html! {
                        <Empty icon="clock" title={t.text("appointments-past-none")}
                            text={t.text("appointments-past-none-text")} />
                    }
                } else {
                    rows(&t, &found.items)
                }) }
            </Card>
        </Page>
    }
}

fn rows(t: &Text, visits: &[Appointment]) -> Html {
    let row = |visit: &Appointment| {
        html! {
            <Row<Route> to={Route::Appointment { id: visit.id }} icon="calendar-days"
                title={visit.public_name.clone()}
                text={t.moment(visit.starts_at, &visit.zone, &visit.place.name)}>
                { badge(t, visit.state) }
            </Row<Route>>
        }
    };
    html! { <Rows>{ for visits.iter().map(row) }</Rows> }
}

/// How far a visit has come, in colour, icon and words.
pub(crate) fn badge(t: &Text, state: State) -> Html {
    let tone = match state {
        State::Booked | State::CheckedIn | State::InProgress | State::Fulfilled => Tone::Good,
        State::Pending => Tone::Info,
        State::NoShow => Tone::Warning,
        State::Cancelled | State::EnteredInError => Tone::Neutral,
    };
    let words = t.msg("appointment-state", args!(state = state.as_str()));
    html! { <Badge {tone} text={words} /> }
}
