//! The portal's modules in its own order and under its own names, then what every portal has.

use crate::routes::Route;
use crate::shell::module_route;
use salus_ui::{Card, Row, Rows, use_look, use_text};
use yew::prelude::*;

/// The way to everything else.
#[component]
pub(super) fn More() -> Html {
    let t = use_text();
    let look = use_look();
    let modules = look.modules().iter().filter_map(|module| {
        let route = module_route(&module.key)?;
        let own = module.name.clone().map(AttrValue::from);
        let name = own.or_else(|| t.find(&format!("module-{}", module.key.replace('_', "-"))))?;
        Some((route, icon(&module.key), name))
    });
    let always = [
        (
            Route::Questionnaires,
            "clipboard-list",
            "nav-questionnaires",
        ),
        (Route::RecordAccess, "eye", "nav-record-access"),
    ];
    let always = always
        .into_iter()
        .map(|(route, icon, id)| (route, icon, t.text(id)));
    let rows = modules.chain(always).map(|(route, icon, title)| {
        html! { <Row<Route> to={route} {icon} {title} /> }
    });
    html! { <Card title={t.text("home-more")}><Rows>{ for rows }</Rows></Card> }
}

fn icon(key: &str) -> &'static str {
    match key {
        "appointments" => "calendar-days",
        "work_status" => "briefcase",
        "send_message" => "message-square",
        "medical_information" => "heart-pulse",
        _ => "file-text",
    }
}
