//! Conversations of the supervisor.

use crate::routes::Route;
use salus_types::messaging::{ConversationsQuery, State};
use salus_ui::messaging::{conversation_row, use_live_refetch};
use salus_ui::{
    ButtonLink, Card, Empty, Look, Page, Rows, Waiting, use_background_query, use_look, use_text,
};
use yew::prelude::*;

/// Conversations of the supervisor. Open ones first.
#[component]
pub(crate) fn Messages() -> Html {
    let t = use_text();
    let list = use_background_query((), |client, ()| {
        client.list_team_conversations(&ConversationsQuery {
            limit: Some(200),
            ..ConversationsQuery::default()
        })
    });
    use_live_refetch(&list.refetch);
    let writes = use_look().offers_module("send_message");
    let anew = html! {
        if writes {
            <ButtonLink<Route> to={Route::NewMessage} look={Look::Primary} icon="plus">{ t.text("messages-new") }</ButtonLink<Route>>
        }
    };
    let shown = list.show(Waiting::Rows(4), |found| {
        if found.items.is_empty() {
            return html! { <Empty icon="message-square" title={t.text("messages-none")} text={t.text("messages-none-text")} /> };
        }
        let of = |state| {
            let rows: Vec<Html> = found
                .items
                .iter()
                .filter(|one| one.state == state)
                .map(|one| conversation_row(&t, one, Route::Conversation { id: one.id }))
                .collect();
            rows
        };
        let (open, closed) = (of(State::Open), of(State::Closed));
        html! {
            <div class="stack">
                if !open.is_empty() {
                    <Card title={t.text("messages-open")}><Rows>{ open }</Rows></Card>
                }
                if !closed.is_empty() {
                    <Card title={t.text("messages-closed")}><Rows>{ closed }</Rows></Card>
                }
            </div>
        }
    });
    html! {
        <Page title={t.text("messages")} action={anew}>{ shown }</Page>
    }
}
