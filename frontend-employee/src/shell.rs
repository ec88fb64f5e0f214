//! The frame around the pages, and which page belongs to which address.

use crate::pages::questionnaire::unsent::Unsent;
use crate::pages::{self, NotFound};
use crate::routes::Route;
use crate::sections;
use salus_types::messaging::UnreadCounts;
use salus_ui::messaging::{LiveProvider, use_unread, waiting_messages};
use salus_ui::{
    App, AppRoot, Frame, Gate, LookContext, ModulePage, Place, Query, Settings, Text, Tiles,
    fetched, module_places, use_fetching_later, use_look, use_text,
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
    let places = places(&t, &use_look(), waiting_messages(&unread));
    use_fetching_later(sections::fetch_all);
    html! {
        <Frame<Route> home={Route::Home} settings={Route::Settings} {places} current={route.clone()}>
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
    let t = use_text();
    match &props.route {
        Route::Home | Route::SignIn => {
            let unread = props.unread.clone();
            html! { <><pages::home::Home {unread} /><Tiles<Route> pages={modules(&t)} /></> }
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

/// Where one can go from everywhere: the portal's modules in its order, and what every portal has.
fn places(t: &Text, look: &LookContext, unread: u32) -> Vec<Place<Route>> {
    let place = |to, icon, id| Place::new(to, icon, t.text(id));
    let mut places = vec![place(Route::Home, "house", "nav-home").docked()];
    let mut docked = 0;
    for module in module_places(look, modules(t)) {
        // The dock has room for two; who writes finds the messages there.
        let fits = docked < 2 && module.to != Route::NewMessage;
        docked += usize::from(fits);
        places.push(if fits { module.docked() } else { module });
    }
    places.extend([
        place(
            Route::Questionnaires,
            "clipboard-list",
            "nav-questionnaires",
        ),
        place(Route::Messages, "message-square", "nav-messages")
            .docked()
            .waiting(unread),
        place(Route::RecordAccess, "eye", "nav-record-access"),
        place(Route::Settings, "settings", "settings").docked(),
    ]);
    places
}

/// The modules that this app has a page for.
fn modules(t: &Text) -> Vec<ModulePage<Route>> {
    let place = |to, icon, id| Place::new(to, icon, t.text(id));
    let appointments = place(Route::Appointments, "calendar-days", "nav-appointments")
        .also(Route::Book)
        .also(Route::Request)
        .also(Route::VisitPlans);
    vec![
        ModulePage::new("appointments", appointments),
        ModulePage::new(
            "work_status",
            place(Route::WorkStatus, "briefcase", "nav-work-status"),
        ),
        ModulePage::new(
            "send_message",
            place(Route::NewMessage, "pencil", "module-send-message"),
        ),
    ]
}
