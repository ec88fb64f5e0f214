//! Who opened the person's record.

use salus_types::audit::LedgerEntry;
use salus_types::page::PageQuery;
use salus_ui::hooks::use_state;
use salus_ui::{Card, Chip, Chips, Empty, Page, Text, Waiting, WhoSees, args, use_pages, use_text};
use yew::prelude::*;

/// Who opened the person's record, newest first; their own looks only on request.
#[component]
pub(crate) fn RecordAccess() -> Html {
    let t = use_text();
    let own_too = use_state(|| false);
    let lines = use_pages((), |client, (), cursor| {
        let query = PageQuery {
            limit: None,
            cursor,
        };
        client.list_my_access_ledger(&query)
    });
    let choose = |own: bool| {
        let own_too = own_too.clone();
        Callback::from(move |()| own_too.set(own))
    };
    let nobody = html! {
        <Empty icon="eye" title={t.text("record-access-none")} text={t.text("record-access-none-text")} />
    };
    html! {
        <Page title={t.text("nav-record-access")} lead={t.text("record-access-lead")}>
            <Chips label={t.text("record-access-show")}>
                <Chip text={t.text("record-access-others")} on={!*own_too} on_press={choose(false)} />
                <Chip text={t.text("record-access-all")} on={*own_too} on_press={choose(true)} />
            </Chips>
            { lines.show(&t, Waiting::Rows(4), nobody.clone(), |lines| {
                let shown = || lines.iter().filter(|line| *own_too || !line.own);
                if shown().next().is_none() {
                    return nobody;
                }
                html! { <Card><ul class="rows">{ for shown().map(|line| row(&t, line)) }</ul></Card> }
            }) }
            <WhoSees text={t.text("record-access-who-sees")} />
        </Page>
    }
}

fn row(t: &Text, line: &LedgerEntry) -> Html {
    let who = match (&line.by, line.own) {
        (_, true) => t.text("record-access-you"),
        (Some(name), false) => AttrValue::from(name.clone()),
        (None, false) => t.text("record-access-system"),
    };
    let role = line
        .role
        .as_ref()
        .and_then(|role| t.find(&format!("role-{}", dashed(role))));
    let capacity = line
        .by
        .as_ref()
        .and_then(|_| t.find(&format!("capacity-{}", dashed(&line.capacity))));
    let part = |kind: &str, key: &str| {
        let found = t.find(&format!("{kind}-{}", dashed(key)));
        found
            .unwrap_or_else(|| AttrValue::from(key.replace('_', " ")))
            .to_string()
    };
    let what = t.msg(
        "record-access-line",
        args!(
            act = part("act", &line.act),
            data = part("data", &line.data_class)
        ),
    );
    let purpose = t.msg(
        "record-access-purpose",
        args!(purpose = part("purpose", &line.purpose)),
    );
    html! {
        <li class="row" key={line.id.to_string()}>
            <div class="row-body">
                <p class="row-title">{ who }</p>
                <p class="row-text">
                    { for role.or(capacity).map(|role| html! { <>{ role }{ " · " }</> }) }
                    { what }{ " · " }{ purpose }
                </p>
            </div>
            <div class="row-aside muted small numbers">{ t.stamp(line.at) }</div>
        </li>
    }
}

fn dashed(key: &str) -> String {
    key.replace('_', "-")
}
