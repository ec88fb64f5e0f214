//! The form that enters a due item by hand.

use chrono::NaiveDate;
use salus_types::ids::{OrderItemId, PersonId};
use salus_types::surveillance::{ClinicDueItem, EnterDueItem, preset_visible_on};
use salus_ui::hooks::{State, use_state};
use salus_ui::{
    Button, Card, Choice, DateField, DateStyle, Failure, Look, Select, TextArea, Waiting, args,
    use_action, use_query, use_request_key, use_text,
};
use std::str::FromStr;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct EnterFormProps {
    /// For whom.
    pub(super) person: PersonId,
    /// After it was saved.
    pub(super) on_saved: Callback<()>,
    /// Left without saving.
    pub(super) on_leave: Callback<()>,
}

/// A new due item.
#[component]
pub(super) fn EnterForm(props: &EnterFormProps) -> Html {
    let t = use_text();
    let item = use_state(String::new);
    let due_on = use_state(|| None::<NaiveDate>);
    let visible_on = use_state(|| None::<NaiveDate>);
    let comment = use_state(String::new);
    let key = use_request_key();
    let offered = use_query((), |client, ()| client.list_order_items());
    let save = {
        let to_send = key.get();
        let done = props.on_saved.clone();
        use_action(
            move |client, command: EnterDueItem| {
                let key = to_send.clone();
                client.enter_due_item(&key, &command)
            },
            move |_| {
                key.renew();
                done.emit(());
            },
        )
    };
    let failure = save.failure.clone();
    let existing = failure.as_ref().and_then(existing);
    let tried = use_state(|| false);
    let submit = {
        let (item, due_on, visible_on) = (item.clone(), due_on.clone(), visible_on.clone());
        let (comment, run, person_id) = (comment.clone(), save.run.clone(), props.person);
        let tried = tried.clone();
        // Once the one there is was shown, saving again means it; another item is asked about anew.
        let shown = existing.as_ref().map(|one| one.order_item_id);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            tried.set(true);
            let chosen = OrderItemId::from_str(&item).ok().zip(*due_on);
            if let Some((order_item_id, due_on)) = chosen {
                run.emit(EnterDueItem {
                    person_id,
                    order_item_id,
                    due_on,
                    visible_on: *visible_on,
                    comment: Some((*comment).clone()).filter(|text| !text.trim().is_empty()),
                    confirm_duplicate: shown == Some(order_item_id),
                });
            }
        })
    };
    let missing = |is: bool, id: &str| (*tried && is).then(|| t.text(id));
    let item_error = missing(item.is_empty(), "due-items-choose-missing")
        .or_else(|| save.wrong("/order_item_id"));
    let due_error =
        missing(due_on.is_none(), "due-items-due-missing").or_else(|| save.wrong("/due_on"));
    let label = match &existing {
        Some(one) if one.order_item_id.to_string() == *item => "due-items-save-twice",
        _ => "due-items-save",
    };
    let set_text = |state: &State<String>| {
        let state = state.clone();
        Callback::from(move |text: String| state.set(text))
    };
    let set_date = |state: &State<Option<NaiveDate>>| {
        let state = state.clone();
        Callback::from(move |date: Option<NaiveDate>| state.set(date))
    };
    let leave = props.on_leave.reform(|_: MouseEvent| ());
    html! {
        <Card title={t.text("due-items-form-title")}>
            { offered.show(Waiting::Text, |offered| {
                let first = Choice::new("", t.text("due-items-choose"));
                let rest = offered.items.iter().map(|one| Choice::new(one.id.to_string(), one.name.clone()));
                let choices: Vec<_> = std::iter::once(first).chain(rest).collect();
                html! {
                    <form class="form" onsubmit={submit} novalidate={true}>
                        <Select name="item" label={t.text("due-items-item")} error={item_error}
                            {choices} value={(*item).clone()} on_change={set_text(&item)} />
                        <DateField name="due_on" label={t.text("due-items-due-on")} error={due_error}
                            value={*due_on} on_change={set_date(&due_on)} />
                        <DateField name="visible_on" label={t.text("due-items-visible-on")} optional={true}
                            hint={t.text("due-items-visible-hint")} error={save.wrong("/visible_on")}
                            value={(*visible_on).or_else(|| (*due_on).map(preset_visible_on))}
                            on_change={set_date(&visible_on)} />
                        <TextArea name="comment" label={t.text("due-items-comment")} optional={true} rows={3}
                            max_length={500} error={save.wrong("/comment")} value={(*comment).clone()}
                            on_change={set_text(&comment)} />
                        { save.problem() }
                        if let Some(one) = existing {
                            <p>{ t.msg("due-items-existing", args!(
                                name = one.name,
                                due = t.date(one.due_on, DateStyle::Short).to_string()
                            )) }</p>
                        }
                        <div class="button-row">
                            <Button look={Look::Primary} submit={true} busy={save.pending}>{ t.text(label) }</Button>
                            <Button look={Look::Quiet} on_press={leave}>{ t.text("cancel") }</Button>
                        </div>
                    </form>
                }
            }) }
        </Card>
    }
}

/// The same item that is open already.
fn existing(failure: &Failure) -> Option<ClinicDueItem> {
    salus_client::read_value(failure.more("existing")?)
}
