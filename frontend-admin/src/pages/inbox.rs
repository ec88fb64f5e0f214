//! Conversations of the clinic's queues.

use super::conversation::due;
use crate::routes::Route;
use salus_types::messaging::{Conversation, ConversationFilter, ConversationsQuery};
use salus_ui::hooks::use_state;
use salus_ui::messaging::{title_of, use_live_refetch};
use salus_ui::{
    Badge, ButtonLink, Choice, Column, DataTable, Empty, Go, Page, Radio, Text, Tone, Waiting,
    args, use_pages, use_text,
};
use yew::prelude::*;

/// Conversations of the clinic's queues; those that need a reply first.
#[component]
pub(crate) fn Inbox() -> Html {
    let t = use_text();
    let filter = use_state(|| ConversationFilter::NeedsReply);
    let list = use_pages(*filter, |client, state, cursor| {
        let query = ConversationsQuery {
            state: Some(state),
            cursor,
            ..ConversationsQuery::default()
        };
        client.list_clinic_conversations(&query)
    });
    use_live_refetch(&list.refetch());
    let choices = vec![
        Choice::new("needs_reply", t.text("inbox-needs-reply")),
        Choice::new("open", t.text("inbox-open")),
        Choice::new("closed", t.text("inbox-closed")),
    ];
    let value = match *filter {
        ConversationFilter::NeedsReply => "needs_reply",
        ConversationFilter::Open => "open",
        ConversationFilter::Closed => "closed",
    };
    let on_change = {
        let filter = filter.clone();
        Callback::from(move |value: String| {
            filter.set(match value.as_str() {
                "open" => ConversationFilter::Open,
                "closed" => ConversationFilter::Closed,
                _ => ConversationFilter::NeedsReply,
            });
        })
    };
    let none = html! { <Empty icon="inbox" title={t.text("inbox-none")} text={t.text("inbox-none-text")} /> };
    html! {
        <Page title={t.text("inbox")} full={true}>
            <div class="button-row">
                <ButtonLink<Route> to={Route::NewConversation} icon="plus">{ t.text("inbox-new") }</ButtonLink<Route>>
            </div>
            <Radio name="state" label={t.text("inbox")} {choices} value={value} inline={true} {on_change} />
            { list.show(&t, Waiting::Rows(6), none, |found| {
                let rows: Vec<_> = found.iter().map(|one| row(&t, one)).collect();
                html! { <DataTable caption={t.text("inbox")} columns={columns(&t)} {rows} /> }
            }) }
        </Page>
    }
}

pub(super) fn columns(t: &Text) -> Vec<Column> {
    vec![
        Column::new(t.text("inbox-subject")),
        Column::new(t.text("inbox-person")),
        Column::new(t.text("inbox-last")),
        Column::new(t.text("inbox-reply")),
    ]
}

pub(super) fn row(t: &Text, one: &Conversation) -> (AttrValue, Vec<Html>) {
    let id = one.id;
    let last = format!(
        "{} · {}",
        t.stamp(one.last_message_at),
        one.last_words.clone().unwrap_or_default()
    );
    let cells = vec![
        html! {
            <>
                <Go<Route> to={Route::Conversation { id }}>{ title_of(one) }</Go<Route>>
                if one.unread > 0 {
                    { " " }<Badge tone={Tone::Info} text={t.msg("messages-unread", args!(count = one.unread))} />
                }
            </>
        },
        html! { { for one.person_name.clone() } },
        html! { { last } },
        due(t, one),
    ];
    (AttrValue::from(id.to_string()), cells)
}
