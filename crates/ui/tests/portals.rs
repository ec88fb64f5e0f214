//! What a portal decides in the apps: which one is worn, and which languages are offered.
#![cfg(test)]

use salus_types::portals::Portal;
use salus_ui::{App, LanguageMenu, LookContext, PortalPage, TextProvider};
use serde_json::json;
use std::rc::Rc;
use yew::prelude::*;

fn portal(languages: &[&str]) -> Portal {
    serde_json::from_value(json!({
        "slug": "northwind", "audience": "employee", "name": "Northwind Health",
        "brand_color": "#0F5E7A", "languages": languages, "default_language": languages[0],
        "terms": {}, "support_contacts": [], "modules": [], "version": 1, "chosen": false,
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
