//! What a portal decides in the apps: which one is worn, which languages are offered, and which modules.
#![cfg(test)]

use salus_types::portals::Portal;
use salus_ui::{
    App, LanguageMenu, LookContext, ModulePage, Place, PortalPage, TextProvider, Tiles,
    module_places,
};
use serde_json::{Value, json};
use std::rc::Rc;
use yew::prelude::*;
use yew_router::history::{AnyHistory, MemoryHistory};
use yew_router::prelude::*;

fn portal(languages: &[&str]) -> Portal {
    serde_json::from_value(json!({
        "slug": "northwind", "audience": "employee", "name": "Northwind Health",
        "brand_color": "#0F5E7A", "languages": languages, "default_language": languages[0],
        "terms": {}, "support_contacts": [], "modules": [], "columns": 3, "version": 1, "chosen": false,
        "choices": [
            { "slug": "northwind", "name": "Northwind Health", "employer": "Northwind" },
            { "slug": "lakeside", "name": "Lakeside Wellbeing", "employer": "Lakeside" },
        ],
    }))
    .unwrap()
}

#[derive(Properties, PartialEq)]
struct StageProps {
    languages: Vec<&'static str>,
    page: bool,
}

#[component]
fn Stage(props: &StageProps) -> Html {
    let context = LookContext {
        app: App::Employee,
        look: Some(Rc::new(portal(&props.languages).into())),
        organization: None,
        choose: Callback::noop(),
    };
    html! {
        <TextProvider>
            <ContextProvider<LookContext> {context}>
                if props.page { <PortalPage /> } else { <LanguageMenu /> }
            </ContextProvider<LookContext>>
        </TextProvider>
    }
}

async fn drawn(languages: &[&'static str], page: bool) -> String {
    let languages = languages.to_vec();
    yew::ServerRenderer::<Stage>::with_props(move || StageProps { languages, page })
        .hydratable(false)
        .render()
        .await
}

#[tokio::test]
async fn the_page_that_asks_for_a_portal_shows_each_with_its_employer() {
    let page = drawn(&["en", "es"], true).await;
    for text in [
        "Northwind Health",
        "Lakeside Wellbeing",
        "Northwind",
        "Lakeside",
    ] {
        assert!(page.contains(&format!(">{text}<")), "{text}: {page}");
    }
    assert_eq!(page.matches("<button").count(), 2);
}

#[tokio::test]
async fn a_portal_offers_only_its_languages() {
    let both = drawn(&["en", "es"], false).await;
    assert!(both.contains("lang=\"en\"") && both.contains("lang=\"es\""));
    let one = drawn(&["es"], false).await;
    assert!(!one.contains("<button"), "{one}");
}

#[derive(Clone, Debug, PartialEq, Routable)]
enum Route {
    #[at("/visits")]
    Visits,
    #[at("/work-status")]
    WorkStatus,
    #[at("/messages/new")]
    Write,
}

/// The pages of an app, in its own order.
fn pages() -> Vec<ModulePage<Route>> {
    let page = |key, to, name: &'static str| {
        ModulePage::new(key, Place::new(to, "calendar-days", AttrValue::from(name)))
    };
    vec![
        page("appointments", Route::Visits, "Appointments"),
        page("work_status", Route::WorkStatus, "Status"),
        page("send_message", Route::Write, "Write"),
    ]
}

fn look(modules: Option<&Value>, columns: u8) -> LookContext {
    let look = modules.map(|modules| {
        let mut portal = portal(&["en"]);
        portal.modules = serde_json::from_value(modules.clone()).unwrap();
        portal.columns = columns;
        Rc::new(portal.into())
    });
    LookContext {
        app: App::Employee,
        look,
        organization: None,
        choose: Callback::noop(),
    }
}

fn modules() -> Value {
    json!([
        { "key": "send_message", "settings": {} },
        { "key": "medical_information", "settings": {} },
        { "key": "page_link_2", "name": "Safety", "settings": { "address": "https://intranet.example" } },
        { "key": "appointments", "name": "Visits to the clinic", "settings": {} },
    ])
}

#[test]
fn the_navigation_has_the_modules_of_the_portal_in_its_order_and_under_its_names() {
    let names = |modules: Option<&Value>| -> Vec<String> {
        let places = module_places(&look(modules, 3), pages());
        places.iter().map(|place| place.text.to_string()).collect()
    };
    assert_eq!(names(Some(&modules())), ["Write", "Visits to the clinic"]);
    assert_eq!(names(Some(&json!([]))), [""; 0]);
    assert_eq!(names(None), ["Appointments", "Status", "Write"]);
}

#[derive(Properties, PartialEq)]
struct StartPageProps {
    columns: u8,
}

#[component]
fn StartPage(props: &StartPageProps) -> Html {
    let history = AnyHistory::from(MemoryHistory::new());
    html! {
        <TextProvider>
            <ContextProvider<LookContext> context={look(Some(&modules()), props.columns)}>
                <Router {history}><Tiles<Route> pages={pages()} /></Router>
            </ContextProvider<LookContext>>
        </TextProvider>
    }
}

async fn start_page(columns: u8) -> String {
    yew::ServerRenderer::<StartPage>::with_props(move || StartPageProps { columns })
        .hydratable(false)
        .render()
        .await
}

#[tokio::test]
async fn the_start_page_has_the_modules_side_by_side_as_the_portal_says() {
    let page = start_page(4).await;
    assert!(page.contains("tiles-4"), "{page}");
    assert_eq!(page.matches("<li").count(), 3, "{page}");
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text}: {page}"));
    assert!(at("Send a message") < at("Safety") && at("Safety") < at("Visits to the clinic"));
    assert!(page.contains("href=\"https://intranet.example\""), "{page}");
    assert!(page.contains("target=\"_blank\""), "{page}");
    assert!(!start_page(1).await.contains("tiles-"));
}
