//! The sites people enter by.

use crate::routes::Route;
use salus_types::portals::PortalSummary;
use salus_ui::{Badge, Column, DataTable, Empty, Page, Text, Tone, Waiting, use_query, use_text};
use yew::prelude::*;
use yew_router::prelude::*;

/// Every site of the organization, to read.
#[component]
pub(crate) fn Portals() -> Html {
    let t = use_text();
    let sites = use_query((), |client, ()| client.list_portals());
    html! {
        <Page title={t.text("nav-portals")} lead={t.text("sites-lead")} full={true}>
            { sites.show(Waiting::Rows(4), |sites| if sites.is_empty() {
                html! { <Empty icon="layout-grid" title={t.text("sites-none")} text={t.text("sites-none-text")} /> }
            } else {
                let rows: Vec<_> = sites.iter().map(|site| row(&t, site)).collect();
                html! { <DataTable caption={t.text("nav-portals")} columns={columns(&t)} {rows} /> }
            }) }
        </Page>
    }
}

fn columns(t: &Text) -> Vec<Column> {
    vec![
        Column::new(t.text("site-name")),
        Column::new(t.text("site-audience")),
        Column::new(t.text("site-address")),
        Column::new(t.text("site-color")),
        Column::new(t.text("site-modules")),
        Column::new(t.text("site-state")),
        Column::new(t.text("setup-acts")).quiet(),
    ]
}

fn row(t: &Text, site: &PortalSummary) -> (AttrValue, Vec<Html>) {
    let (audience, door) = match site.audience.as_str() {
        "supervisor" => (t.text("site-for-supervisors"), "/s/"),
        "applicant" => (t.text("site-for-applicants"), "/apply/"),
        _ => (t.text("site-for-persons"), "/p/"),
    };
    let address = format!("{door}{}", site.slug);
    let name = |key: &String| {
        let id = format!("module-{}", key.replace('_', "-"));
        t.find(&id)
            .unwrap_or_else(|| AttrValue::from(key.replace('_', " ")))
            .to_string()
    };
    let modules: Vec<String> = site.modules.iter().map(name).collect();
    let (tone, state) = if site.enabled && site.published_version.is_some() {
        (Tone::Good, "site-open")
    } else {
        (Tone::Neutral, "site-closed")
    };
    let cells = vec![
        html! { <Link<Route> to={Route::BookingOptions { id: site.id }} classes="link">{ &site.name }</Link<Route>> },
        html! { { audience } },
        html! { <a class="link" href={address.clone()}>{ address }</a> },
        html! { <span class="numbers">{ &site.brand_color }</span> },
        html! { { modules.join(", ") } },
        html! { <Badge {tone} text={t.text(state)} /> },
        html! {
            if site.audience == "employee" {
                <Link<Route> to={Route::Reminders { id: site.id }} classes="link">
                    { t.text("reminders") }<span class="sr-only">{ ": " }{ &site.name }</span>
                </Link<Route>>
            }
        },
    ];
    (AttrValue::from(site.id.to_string()), cells)
}
