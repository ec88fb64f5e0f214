//! The frame around the pages, and which page belongs to which address.

use crate::pages::{self, NotFound};
use crate::routes::Route;
use crate::sections;
use salus_ui::messaging::{LiveProvider, use_unread, waiting_messages};
use salus_ui::{
    App, AppRoot, DigestChoice, Frame, Gate, LookContext, ModulePage, Place, Settings, Text, Tiles,
    fetched, module_places, use_fetching_later, use_look, use_text,
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
    let places = places(&t, &use_look(), waiting_messages(&use_unread()));
    use_fetching_later(sections::fetch_all);
    html! {
        <Frame<Route> home={Route::Team} settings={Route::Settings} {places} current={route.clone()}>
            <PageAt key={route.to_path()} route={route.clone()} />
        </Frame<Route>>
    }
}

/// Where one can go from everywhere: the people led, the portal's modules in its order, and what every
/// portal has.
fn places(t: &Text, look: &LookContext, unread: u32) -> Vec<Place<Route>> {
    let place = |to, icon, id| Place::new(to, icon, t.text(id)).docked();
    let mut places = vec![place(Route::Team, "users", "nav-team")];
    places.extend(module_places(look, modules(t)));
    places.extend([
        place(Route::Messages, "message-square", "nav-messages").waiting(unread),
        place(Route::Settings, "settings", "settings"),
    ]);
    places
}

/// The modules that this app has a page for. The people led are the start page.
fn modules(t: &Text) -> Vec<ModulePage<Route>> {
    let place = |to, icon, id| Place::new(to, icon, t.text(id));
    vec![
        ModulePage::new(
            "supervisor_scheduling",
            place(Route::Appointments, "calendar-days", "nav-appointments").docked(),
        ),
        // On a phone who writes finds the messages.
        ModulePage::new(
            "send_message",
            place(Route::NewMessage, "pencil", "module-send-message"),
        ),
    ]
}

#[component]
fn PageAt(props: &FramedProps) -> Html {
    let t = use_text();
    match &props.route {
        Route::Team | Route::SignIn => {
            html! { <><pages::team::Team /><Tiles<Route> pages={modules(&t)} /></> }
        }
        Route::Member { id } => html! { <pages::member::Member id={*id} /> },
        &Route::Scheduling { id } => fetched(move || sections::scheduling(id)),
        &Route::Book { id } => fetched(move || sections::book(id)),
        &Route::Ask { id } => fetched(move || sections::ask(id)),
        &Route::Move { id } => fetched(move || sections::move_appointment(id)),
        Route::Appointments => fetched(sections::appointments),
        Route::NewMessage => fetched(sections::new_message),
        Route::Messages => fetched(sections::messages),
        &Route::Conversation { id } => fetched(move || sections::conversation(id)),
        Route::Settings => html! { <Settings><DigestChoice /></Settings> },
        Route::NotFound => html! { <NotFound /> },
    }
}
