//! The audit trail.

use crate::routes::Route;
use salus_types::audit::AuditEvent;
use salus_types::page::PageQuery;
use salus_ui::{
    Badge, Column, DataTable, Empty, Go, Page, Text, Tone, Waiting, use_pages, use_session,
    use_text,
};
use yew::prelude::*;

/// The audit trail, newest first.
#[component]
pub(crate) fn Audit() -> Html {
    let t = use_text();
    let session = use_session();
    let charts = session.signed().is_some_and(|signed| signed.doors.clinic);
    let events = use_pages((), |client, (), cursor| {
        let query = PageQuery {
            limit: None,
            cursor,
        };
        client.list_audit_events(&query)
    });
    let none = html! { <Empty icon="shield-check" title={t.text("audit-none")} text={t.text("audit-none-text")} /> };
    html! {
        <Page title={t.text("nav-audit")} lead={t.text("audit-lead")} full={true}>
            { events.show(&t, Waiting::Rows(8), none, |events| {
                let rows: Vec<_> = events.iter().map(|event| row(&t, event, charts)).collect();
                html! { <DataTable caption={t.text("nav-audit")} columns={columns(&t)} {rows} /> }
            }) }
        </Page>
    }
}

fn columns(t: &Text) -> Vec<Column> {
    vec![
        Column::new(t.text("audit-at")),
        Column::new(t.text("audit-by")),
        Column::new(t.text("audit-act")),
        Column::new(t.text("audit-purpose")),
        Column::new(t.text("audit-outcome")),
        Column::new(t.text("audit-person")),
    ]
}

fn row(t: &Text, event: &AuditEvent, charts: bool) -> (AttrValue, Vec<Html>) {
    let word = |kind: &str, key: &str| {
        let found = t.find(&format!("{kind}-{}", key.replace('_', "-")));
        found.unwrap_or_else(|| AttrValue::from(key.replace('_', " ")))
    };
    let by = event
        .by
        .clone()
        .map_or_else(|| t.text("record-access-system"), AttrValue::from);
    let denied = event.outcome != "allowed";
    // Charts open in the clinic only; elsewhere the end of the id tells persons apart.
    let person = event.person_id.map(|id| {
        if charts {
            return html! { <Go<Route> to={Route::Chart { id }}>{ t.text("chart") }</Go<Route>> };
        }
        let id = id.to_string();
        let end = id.rsplit('-').next().unwrap_or_default().to_owned();
        html! { <span class="small muted numbers">{ end }</span> }
    });
    let cells = vec![
        html! { <span class="numbers">{ t.stamp(event.at) }</span> },
        html! { { by } },
        html! { <>{ word("act", &event.act) }{ " · " }{ word("data", &event.data_class) }</> },
        html! { { word("purpose", &event.purpose) } },
        if denied {
            html! { <Badge tone={Tone::Bad} text={t.text("audit-denied")} /> }
        } else {
            html! { { t.text("audit-allowed") } }
        },
        person.unwrap_or_default(),
    ];
    (AttrValue::from(event.id.to_string()), cells)
}
