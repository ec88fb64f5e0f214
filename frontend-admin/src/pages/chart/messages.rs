//! A person's conversations with the clinic.

use crate::pages::inbox::{columns, row};
use crate::routes::Route;
use salus_types::ids::PersonId;
use salus_types::messaging::ConversationsQuery;
use salus_ui::messaging::use_live_refetch;
use salus_ui::{ButtonLink, DataTable, Empty, Look, Waiting, use_pages, use_text};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct MessagesProps {
    /// Whose.
    pub(crate) person: PersonId,
}

/// A person's conversations, the open ones first, and a way to begin one.
#[component]
pub(crate) fn Messages(props: &MessagesProps) -> Html {
    let t = use_text();
    let id = props.person;
    let list = use_pages(id, |client, person, cursor| {
        let query = ConversationsQuery {
            person: Some(person),
            cursor,
            ..ConversationsQuery::default()
        };
        client.list_clinic_conversations(&query)
    });
    use_live_refetch(&list.refetch());
    let none = html! { <Empty icon="inbox" title={t.text("inbox-person-none")} text={t.text("inbox-person-none-text")} /> };
    html! {
        <>
            <div class="button-row">
                <ButtonLink<Route> to={Route::NewMessage { id }} look={Look::Primary} icon="plus">
                    { t.text("inbox-new") }
                </ButtonLink<Route>>
            </div>
            { list.show(&t, Waiting::Rows(3), none, |found| {
                let rows: Vec<_> = found.iter().map(|one| row(&t, one)).collect();
                html! { <DataTable caption={t.text("chart-messages")} columns={columns(&t)} {rows} /> }
            }) }
        </>
    }
}
