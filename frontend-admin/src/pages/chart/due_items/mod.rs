//! What is due for a person: the list, and the form that enters an item by hand.

mod acts;
mod form;

use crate::routes::Route;
use acts::RowActs;
use form::EnterForm;
use salus_types::ids::PersonId;
use salus_types::surveillance::{ClinicDueItem, DueFilter, DueItemsQuery};
use salus_ui::hooks::use_state;
use salus_ui::messaging::use_live_refetch;
use salus_ui::{
    Badge, Button, Card, Check, DateStyle, Empty, Look, Row, Rows, Text, Tone, Waiting, args,
    use_query, use_text,
};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(crate) struct DueItemsProps {
    /// Whose chart.
    pub(crate) person: PersonId,
}

/// What is due for a person.
#[component]
pub(crate) fn DueItems(props: &DueItemsProps) -> Html {
    let t = use_text();
    let closed = use_state(|| false);
    let entering = use_state(|| false);
    let list = use_query((props.person, *closed), |client, (person, closed)| {
        let query = DueItemsQuery {
            person: Some(person),
            state: Some(if closed {
                DueFilter::Closed
            } else {
                DueFilter::Open
            }),
            limit: Some(200),
            cursor: None,
        };
        client.list_due_items(&query)
    });
    use_live_refetch(&list.refetch);
    let on_saved = {
        let (entering, refetch) = (entering.clone(), list.refetch.clone());
        Callback::from(move |()| {
            entering.set(false);
            refetch.emit(());
        })
    };
    let on_leave = {
        let entering = entering.clone();
        Callback::from(move |()| entering.set(false))
    };
    let enter = {
        let entering = entering.clone();
        Callback::from(move |_: MouseEvent| entering.set(true))
    };
    let on_closed = {
        let closed = closed.clone();
        Callback::from(move |on: bool| closed.set(on))
    };
    if *entering {
        return html! { <EnterForm person={props.person} {on_saved} {on_leave} /> };
    }
    html! {
        <>
            <div class="button-row">
                <Button look={Look::Primary} icon="plus" on_press={enter}>{ t.text("due-items-add") }</Button>
            </div>
            <Check name="closed" label={t.text("due-items-closed")} checked={*closed} on_change={on_closed} />
            { list.show(Waiting::Rows(3), |found| {
                if found.items.is_empty() {
                    return html! {
                        <Empty icon="calendar-days" title={t.text("due-items-none")} text={t.text("due-items-none-hint")} />
                    };
                }
                html! {
                    <Card>
                        <Rows label={t.text("due-items-title")}>
                            { for found.items.iter().map(|item| row(&t, item, &list.refetch)) }
                        </Rows>
                    </Card>
                }
            }) }
        </>
    }
}

fn row(t: &Text, item: &ClinicDueItem, done: &Callback<()>) -> Html {
    let due = t.date(item.due_on, DateStyle::Short).to_string();
    let parts = [
        Some(t.msg("due-by", args!(due = due)).to_string()),
        item.comment.clone(),
        item.waiver_note.clone(),
    ];
    let text: Vec<String> = parts.into_iter().flatten().collect();
    let word = format!("due-items-status-{}", item.status.replace('_', "-"));
    html! {
        <Row<Route> key={item.id.to_string()} icon="calendar-days" title={item.name.clone()}
            text={AttrValue::from(text.join(" · "))}>
            if item.past_due {
                <Badge tone={Tone::Bad} text={t.text("due-past-due")} />
            } else if item.appointment_id.is_some() {
                <Badge tone={Tone::Good} text={t.text("team-person-booked")} />
            } else {
                <Badge text={t.text(&word)} />
            }
            <RowActs key={item.version.to_string()} item={item.clone()} on_done={done.clone()} />
        </Row<Route>>
    }
}
