//! The frame around the pages, and which page belongs to which address.

use crate::pages::{self, NotFound};
use crate::routes::Route;
use salus_ui::messaging::{LiveProvider, use_unread, waiting_messages};
use salus_ui::{
    App, AppRoot, DigestChoice, Frame, Gate, Place, Settings, Text, use_module_name, use_text,
};
use yew::prelude::*;
use yew_router::prelude::*;

/// The app.
#[component]
pub(crate) fn SupervisorApp() -> Html {
    html! {
        <AppRoot app={App::Supervisor}>
            <BrowserRouter basename={App::Supervisor.base()}><Pages /></BrowserRouter>
        </AppRoot>
    }
}

/// Every page asks for an account.
#[component]
fn Pages() -> Html {
    let route = use_route::<Route>().unwrap_or(Route::NotFound);
    html! { <Gate><LiveProvider><Framed {route} /></LiveProvider></Gate> }
}

#[derive(Properties, PartialEq)]
struct FramedProps {
    route: Route,
}

#[component]
fn Framed(props: &FramedProps) -> Html {
    let t = use_text();
    let route = &props.route;
    let unread = waiting_messages(&use_unread());
    let appointments = use_module_name("supervisor_scheduling", "nav-appointments");
    html! {
        <Frame<Route> home={Route::Team} settings={Route::Settings} places={places(&t, appointments, unread)} current={route.clone()}>
            <PageAt key={route.to_path()} route={route.clone()} />
        </Frame<Route>>
    }
}

/// Where one can go from everywhere.
fn places(t: &Text, appointments: AttrValue, unread: u32) -> Vec<Place<Route>> {
    let place = |to, icon, id| Place::new(to, icon, t.text(id)).docked();
    vec![
        place(Route::Team, "users", "nav-team"),
        Place::new(Route::Appointments, "calendar-days", appointments).docked(),
        place(Route::Messages, "message-square", "nav-messages").waiting(unread),
        place(Route::Settings, "settings", "settings"),
    ]
}

#[component]
fn PageAt(props: &FramedProps) -> Html {
    match &props.route {
        Route::Team | Route::SignIn => html! { <pages::team::Team /> },
        Route::Member { id } => html! { <pages::member::Member id={*id} /> },
        Route::Scheduling { id } => html! { <pages::scheduling::Scheduling id={*id} /> },
        Route::Book { id } => html! { <pages::book::Book id={*id} /> },
        Route::Ask { id } => html! { <pages::request::Ask id={*id} /> },
        Route::Move { id } => html! { <pages::book::Move id={*id} /> },
        Route::Appointments => html! { <pages::appointments::Appointments /> },
        Route::NewMessage => html! { <pages::new_message::NewMessage /> },
        Route::Messages => html! { <pages::messages::Messages /> },
        Route::Conversation { id } => html! { <pages::conversation::Conversation id={*id} /> },
        Route::Settings => html! { <Settings><DigestChoice /></Settings> },
        Route::NotFound => html! { <NotFound /> },
    }
}
