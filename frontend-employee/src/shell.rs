//! The frame around the pages, and which page belongs to which address.

use crate::pages::questionnaire::unsent::Unsent;
use crate::pages::{self, NotFound};
use crate::routes::Route;
use salus_ui::messaging::{LiveProvider, use_unread};
use salus_ui::{App, AppRoot, Frame, Gate, Place, Settings, Text, use_text};
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

/// A code is traded before there is an account; every other page asks for one.
#[component]
fn Pages() -> Html {
    match use_route::<Route>() {
        Some(Route::Code) if pages::code::BUILT => html! { <pages::code::Code /> },
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
    html! {
        <Frame<Route> home={Route::Home} settings={Route::Settings} places={places(&t, unread)} current={route.clone()}>
            <Unsent />
            <PageAt key={route.to_path()} route={route.clone()} />
        </Frame<Route>>
    }
}

#[component]
fn PageAt(props: &FramedProps) -> Html {
    match &props.route {
        Route::Home | Route::SignIn => html! { <pages::home::Home /> },
        Route::Appointments => html! { <pages::appointments::Appointments /> },
        Route::Appointment { id } => html! { <pages::appointment::Appointment id={*id} /> },
        Route::Book => html! { <pages::book::Book /> },
        Route::Questionnaires => html! { <pages::questionnaires::Questionnaires /> },
        Route::Questionnaire { id } => html! { <pages::questionnaire::Questionnaire id={*id} /> },
        Route::Messages => html! { <pages::messages::Messages /> },
        Route::NewMessage => html! { <pages::new_message::NewMessage /> },
        Route::Conversation { id } => html! { <pages::conversation::Conversation id={*id} /> },
        Route::WorkStatus => html! { <pages::work_status::WorkStatus /> },
        Route::RecordAccess => html! { <pages::record_access::RecordAccess /> },
        Route::Settings => html! { <Settings /> },
        Route::Code | Route::NotFound => html! { <NotFound /> },
    }
}

/// Where one can go from everywhere; only to pages that exist.
fn places(t: &Text, unread: u32) -> Vec<Place<Route>> {
    let place = |to, icon, id| Place::new(to, icon, t.text(id));
    let all = [
        (true, place(Route::Home, "house", "nav-home").docked()),
        (
            pages::appointments::BUILT,
            place(Route::Appointments, "calendar-days", "nav-appointments")
                .also(Route::Book)
                .docked(),
        ),
        (
            pages::questionnaires::BUILT,
            place(
                Route::Questionnaires,
                "clipboard-list",
                "nav-questionnaires",
            ),
        ),
        (
            pages::messages::BUILT,
            place(Route::Messages, "message-square", "nav-messages")
                .docked()
                .waiting(unread),
        ),
        (
            pages::work_status::BUILT,
            place(Route::WorkStatus, "briefcase", "nav-work-status").docked(),
        ),
        (
            pages::record_access::BUILT,
            place(Route::RecordAccess, "eye", "nav-record-access"),
        ),
        (
            true,
            place(Route::Settings, "settings", "settings").docked(),
        ),
    ];
    all.into_iter()
        .filter_map(|(built, place)| built.then_some(place))
        .collect()
}

/// Where a module of the portal leads, if its pages exist.
pub(crate) fn module_route(key: &str) -> Option<Route> {
    let (built, route) = match key {
        "appointments" => (pages::appointments::BUILT, Route::Appointments),
        "work_status" => (pages::work_status::BUILT, Route::WorkStatus),
        "send_message" => (pages::new_message::BUILT, Route::NewMessage),
        _ => return None,
    };
    built.then_some(route)
}
