//! Booked and past appointments.

use super::requests::{self, Offers};
use crate::pages::home::ToSchedule;
use crate::pages::visit_plans::Offer;
use crate::pages::wait_list::{freed_times, use_waiting, waiting_for};
use crate::routes::Route;
use salus_types::scheduling::{Appointment, AppointmentView, AppointmentsQuery, State};
use salus_ui::booking::{Alert, CallClinic, new_visit};
use salus_ui::messaging::use_live_refetch;
use salus_ui::{
    Back, Badge, ButtonLink, Card, Empty, Look, Page, Row, Rows, Text, Tone, Waiting, args,
    use_background_query, use_module_name, use_query, use_text,
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
    let requests = use_background_query((), |client, ()| client.list_my_appointment_requests());
    use_live_refetch(&requests.refetch);
    let waiting = use_waiting();
    let offered = use_query((), |client, ()| client.list_my_appointment_types());
    let rules = offered.data.as_deref().map(|found| found.rules.clone());
    let (books, asks) = rules
        .as_ref()
        .map_or((true, false), |rules| (rules.schedule, rules.request));
    let alert = rules.as_ref().and_then(|rules| rules.alert_text.clone());
    let own = rules.and_then(|rules| rules.new_button_text);
    let action = match (books, asks) {
        (true, _) => html! {
            <ButtonLink<Route> to={Route::Book} look={Look::Primary} icon="calendar-plus" wide={true}>
                { new_visit(&t, own.as_deref()) }
            </ButtonLink<Route>>
        },
        (false, true) => html! {
            <ButtonLink<Route> to={Route::Request} look={Look::Primary} icon="calendar-plus" wide={true}>
                { t.text("request") }
            </ButtonLink<Route>>
        },
        (false, false) => Html::default(),
    };
    let shown = requests.data.as_deref();
    let asked = shown.map_or(&[][..], |found| found.items.as_slice());
    let proposed = asked.iter().filter(|one| !one.offers.is_empty());
    let title = use_module_name("appointments", "appointments");
    html! {
        <Page {title} {action}>
            <Alert text={alert} />
            <ToSchedule />
            { for proposed.map(|one| html! {
                <Offers key={one.id.to_string()} request={one.clone()} refetch={requests.refetch.clone()} />
            }) }
            { freed_times(&waiting) }
            if !books && !asks {
                <CallClinic />
            }
            <Offer />
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
            { waiting_for(&waiting, &offered) }
            if asks || !asked.is_empty() {
                <Card title={t.text("requests")}>
                    { requests.show(Waiting::Rows(1), |found| if found.items.is_empty() {
                        html! {
                            <Empty icon="hourglass" title={t.text("requests-none")} text={t.text("requests-none-text")} />
                        }
                    } else {
                        requests::rows(&t, &found.items)
                    }) }
                    if asks && books {
                        <div class="button-row mt-4">
                            <ButtonLink<Route> to={Route::Request} icon="plus">{ t.text("request") }</ButtonLink<Route>>
                        </div>
                    }
                </Card>
            }
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

/// The way up to the appointments, by the name they have here.
#[component]
pub(crate) fn UpToAppointments() -> Html {
    let name = use_module_name("appointments", "appointments");
    html! { <Back<Route> to={Route::Appointments}>{ name }</Back<Route>> }
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
