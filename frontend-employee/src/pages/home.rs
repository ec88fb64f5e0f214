//! The start page: what is to be done first, then what comes next, then the modules.

use crate::routes::Route;
use crate::shell::module_route;
use salus_ui::{Card, Page, Row, Rows, args, use_look, use_session, use_text};
use yew::prelude::*;

/// The start page.
#[component]
pub(crate) fn Home() -> Html {
    let t = use_text();
    let session = use_session();
    let name = session
        .signed()
        .map(|signed| signed.display_name.clone())
        .unwrap_or_default();
    html! {
        <Page title={t.msg("home-greeting", args!(name = name))}>
            <Modules />
        </Page>
    }
}

/// The portal's modules in its own order, under its own names.
#[component]
fn Modules() -> Html {
    let t = use_text();
    let look = use_look();
    let rows = look.modules().iter().filter_map(|module| {
        let route = module_route(&module.key)?;
        let name = module.name.clone().map(AttrValue::from);
        let name = name.or_else(|| t.find(&format!("module-{}", module.key.replace('_', "-"))))?;
        Some(html! { <Row<Route> to={route} icon={module_icon(&module.key)} title={name} /> })
    });
    let rows: Vec<Html> = rows.collect();
    if rows.is_empty() {
        return Html::default();
    }
    html! { <Card title={t.text("home-more")}><Rows>{ rows }</Rows></Card> }
}

fn module_icon(key: &str) -> &'static str {
    match key {
        "appointments" => "calendar-days",
        "work_status" => "briefcase",
        "send_message" => "message-square",
        "medical_information" => "heart-pulse",
        _ => "file-text",
    }
}
