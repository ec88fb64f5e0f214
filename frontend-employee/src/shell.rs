//! The frame around the pages, and which page belongs to which address.

use crate::pages::questionnaire::unsent::Unsent;
use crate::pages::{self, NotFound};
use crate::routes::Route;
use crate::sections;
use salus_types::messaging::UnreadCounts;
use salus_ui::messaging::{LiveProvider, use_unread, waiting_messages};
use salus_ui::{
    App, AppRoot, Frame, Gate, Place, Query, Settings, Text, fetched, use_fetching_later,
    use_module_name, use_text,
};
use yew::prelude::*;
use yew_router::prelude::*;

/// The app.
#[component]
pub(crate) fn EmployeeApp() -> Html {
    html! {
        <AppRoot app={App::Employee}>
            <BrowserRouter basename={App::Employee.base()}><Pages /></BrowserRouter>
        </AppRoot>
    }
}

/// A code is traded before there is an account, and a link in a mail and the screen at a clinic's door
/// need none; every other page asks for one.
#[component]
fn Pages() -> Html {
    match use_route::<Route>() {
        Some(Route::Code) => html! { <pages::code::Code /> },
        Some(Route::VisitLink) => fetched(sections::visit_link),
        Some(Route::Kiosk { location }) => fetched(move || sections::kiosk(location)),
        route => {
            html! { <Gate><LiveProvider><Framed route={route.unwrap_or(Route::NotFound)} /></LiveProvider></Gate> }
        }
    }
}

#[derive(Properties, PartialEq)]
struct FramedProps {
    route: Route,
}

#[component]
fn Framed(props: &FramedProps) -> Html {
    let t = use_text();
    let route = &props.route;
    let unread = use_unread();
    let appointments = use_module_name("appointments", "nav-appointments");
    use_fetching_later(sections::fetch_all);
    html! {
        <Frame<Route> home={Route::Home} settings={Route::Settings} places={places(&t, appointments, waiting_messages(&unread))} current={route.clone()}>
            <Unsent />
            <PageAt key={route.to_path()} route={route.clone()} {unread} />
        </Frame<Route>>
    }
}

#[derive(Properties, PartialEq)]
struct PageAtProps {
    route: Route,
    unread: Query<UnreadCounts>,
}

#[component]
fn PageAt(props: &PageAtProps) -> Html {
    match &props.route {
        Route::Home | Route::SignIn => {
            let unread = props.unread.clone();
            html! { <pages::home::Home {unread} /> }
        }
        Route::Appointments => fetched(sections::appointments),
        &Route::Appointment { id } => fetched(move || sections::appointment(id)),
        &Route::MoveAppointment { id } => fetched(move || sections::move_appointment(id)),
        Route::Book => fetched(sections::book),
        Route::Request => fetched(sections::request),
        &Route::AppointmentRequest { id } => fetched(move || sections::appointment_request(id)),
        Route::VisitPlans => fetched(sections::visit_plans),
        Route::Questionnaires => html! { <pages::questionnaires::Questionnaires /> },
        &Route::Questionnaire { id } => fetched(move || sections::questionnaire(id)),
        Route::Messages => fetched(sections::messages),
        Route::NewMessage => fetched(sections::new_message),
        &Route::Conversation { id } => fetched(move || sections::conversation(id)),
        Route::WorkStatus => html! { <pages::work_status::WorkStatus /> },
        Route::RecordAccess => html! { <pages::record_access::RecordAccess /> },
        Route::Settings => html! { <Settings>{ fetched(sections::quiet_hours) }</Settings> },
        Route::Code | Route::VisitLink | Route::Kiosk { .. } | Route::NotFound => {
            html! { <NotFound /> }
        }
    }
}

/// Where one can go from everywhere.
fn places(t: &Text, appointments: AttrValue, unread: u32) -> Vec<Place<Route>> {
    let place = |to, icon, id| Place::new(to, icon, t.text(id));
    vec![
        place(Route::Home, "house", "nav-home").docked(),
        Place::new(Route::Appointments, "calendar-days", appointments)
            .also(Route::Book)
            .also(Route::Request)
            .also(Route::VisitPlans)
            .docked(),
        place(
            Route::Questionnaires,
            "clipboard-list",
            "nav-questionnaires",
        ),
        place(Route::Messages, "message-square", "nav-messages")
            .docked()
            .waiting(unread),
        place(Route::WorkStatus, "briefcase", "nav-work-status").docked(),
        place(Route::RecordAccess, "eye", "nav-record-access"),
        place(Route::Settings, "settings", "settings").docked(),
    ]
}

/// Where a module of the portal leads, if this app has it.
pub(crate) fn module_route(key: &str) -> Option<Route> {
    match key {
        "appointments" => Some(Route::Appointments),
        "work_status" => Some(Route::WorkStatus),
        "send_message" => Some(Route::NewMessage),
        _ => None,
    }
}
