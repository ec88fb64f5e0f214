//! The frame around the pages, and which page belongs to which address.

use crate::pages::{self, NotFound};
use crate::routes::Route;
use crate::sections;
use salus_ui::messaging::LiveProvider;
use salus_ui::{
    App, AppRoot, DigestChoice, Frame, Gate, Place, Settings, Signed, Text, fetched,
    use_fetching_later, use_session, use_text,
};
use yew::prelude::*;
use yew_router::prelude::*;

/// The app.
#[component]
pub(crate) fn AdminApp() -> Html {
    html! {
        <AppRoot app={App::Admin}>
            <BrowserRouter basename={App::Admin.base()}><Pages /></BrowserRouter>
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
    let session = use_session();
    let route = &props.route;
    use_fetching_later(sections::fetch_all);
    let signed = session.signed();
    let places = signed.map(|signed| places(&t, signed)).unwrap_or_default();
    let shown = match signed {
        Some(signed) if !is_open(route, signed) => Route::NotFound,
        _ => route.clone(),
    };
    html! {
        <Frame<Route> home={Route::Start} settings={Route::Settings} {places} current={route.clone()}>
            <PageAt key={page_key(&shown)} route={shown.clone()} />
        </Frame<Route>>
    }
}

/// Whether a page belongs to a section that is open to the account; a closed one asks nothing.
fn is_open(route: &Route, signed: &Signed) -> bool {
    let path = route.to_path();
    match path.split('/').nth(1) {
        Some("clinic") => signed.doors.clinic,
        Some("administration") => signed.doors.administration,
        _ => true,
    }
}

/// The tabs of one chart are one page: its heading stays while the tab changes.
fn page_key(route: &Route) -> String {
    match route {
        Route::Chart { id }
        | Route::ChartAppointments { id }
        | Route::ChartQuestionnaires { id }
        | Route::ChartRestrictions { id }
        | Route::ChartDueItems { id }
        | Route::ChartMessages { id }
        | Route::ChartAccessCodes { id } => format!("chart {id}"),
        Route::Schedules
        | Route::Blackouts
        | Route::Holidays
        | Route::Kinds
        | Route::TypeOverrides
        | Route::Resources
        | Route::Places
        | Route::CancelReasons
        | Route::Providers => "setup".to_owned(),
        other => other.to_path(),
    }
}

/// Where one can go from everywhere: the sections open to the account.
fn places(t: &Text, signed: &Signed) -> Vec<Place<Route>> {
    let place = |to, icon, id| Place::new(to, icon, t.text(id));
    let clinic = [
        place(Route::WorkList, "clipboard-check", "nav-work-list").docked(),
        place(Route::Calendar, "calendar-days", "nav-calendar").docked(),
        place(Route::Requests, "hourglass", "nav-requests"),
        place(Route::WaitList, "clock", "nav-wait-list"),
        place(Route::People, "users", "nav-people").docked(),
        place(Route::Reviews, "clipboard-list", "nav-reviews").docked(),
        place(Route::Inbox, "inbox", "nav-inbox").docked(),
        place(Route::Schedules, "settings", "nav-setup")
            .also(Route::Blackouts)
            .also(Route::Holidays)
            .also(Route::Kinds)
            .also(Route::TypeOverrides)
            .also(Route::Resources)
            .also(Route::Places)
            .also(Route::CancelReasons),
    ];
    let administration = [
        place(Route::Portals, "layout-grid", "nav-portals").docked(),
        place(Route::Audit, "shield-check", "nav-audit").docked(),
    ];
    let mut open = section(clinic, signed.doors.clinic, t.text("section-clinic"));
    open.extend(section(
        administration,
        signed.doors.administration,
        t.text("section-administration"),
    ));
    open
}

fn section(
    places: impl IntoIterator<Item = Place<Route>>,
    open: bool,
    name: AttrValue,
) -> Vec<Place<Route>> {
    let mut places: Vec<Place<Route>> = places.into_iter().filter(|_| open).collect();
    if let Some(first) = places.first_mut() {
        first.section = Some(name);
    }
    places
}

/// Leads on to the first page open to the account.
#[component]
fn Start() -> Html {
    let t = use_text();
    let session = use_session();
    let first = session
        .signed()
        .and_then(|signed| places(&t, signed).into_iter().next());
    let to = first.map_or(Route::Settings, |place| place.to);
    html! { <Redirect<Route> {to} /> }
}

#[component]
fn PageAt(props: &FramedProps) -> Html {
    match &props.route {
        Route::Start | Route::SignIn => html! { <Start /> },
        Route::WorkList => html! { <pages::work_list::WorkList /> },
        Route::Calendar => html! { <pages::calendar::Calendar /> },
        Route::Requests => html! { <pages::requests::Requests /> },
        Route::AppointmentRequest { id } => html! { <pages::requests::Request id={*id} /> },
        Route::WaitList => html! { <pages::wait_list::WaitList /> },
        Route::People => html! { <pages::people::People /> },
        route @ (Route::Chart { id }
        | Route::ChartAppointments { id }
        | Route::ChartQuestionnaires { id }
        | Route::ChartRestrictions { id }
        | Route::ChartDueItems { id }
        | Route::ChartMessages { id }
        | Route::ChartAccessCodes { id }) => {
            html! { <pages::chart::Chart person={*id} route={route.clone()} /> }
        }
        Route::Reviews => html! { <pages::reviews::Reviews /> },
        Route::Review { id } => html! { <pages::review::Review id={*id} /> },
        Route::Inbox => html! { <pages::inbox::Inbox /> },
        Route::NewConversation => html! { <pages::people::People writing={true} /> },
        Route::NewMessage { id } => html! { <pages::new_message::NewMessage person={*id} /> },
        Route::Conversation { id } => html! { <pages::conversation::Conversation id={*id} /> },
        Route::Tasks => html! { <pages::tasks::Tasks /> },
        route @ (Route::Schedules
        | Route::Blackouts
        | Route::Holidays
        | Route::Kinds
        | Route::TypeOverrides
        | Route::Resources
        | Route::Places
        | Route::CancelReasons
        | Route::Providers) => {
            let route = route.clone();
            fetched(move || sections::setup(route.clone()))
        }
        Route::Portals => fetched(sections::portals),
        &Route::Modules { id } => fetched(move || sections::modules(id)),
        &Route::BookingOptions { id } => fetched(move || sections::booking_options(id)),
        &Route::Reminders { id } => fetched(move || sections::reminders(id)),
        Route::Audit => fetched(sections::audit),
        Route::Settings => html! { <Settings><DigestChoice /></Settings> },
        Route::NotFound => html! { <NotFound /> },
    }
}
