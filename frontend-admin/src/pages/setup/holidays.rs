//! When places do not work: each place's holidays.

use super::known::Known;
use chrono::NaiveDate;
use salus_types::ids::{HolidayId, LocationId};
use salus_types::scheduling::{AddHoliday, Holiday};
use salus_ui::hooks::{State, edit, use_state};
use salus_ui::{
    Button, Card, Check, Column, DataTable, DateField, DateStyle, Empty, Look, Select, Text,
    TextField, Waiting, use_action, use_leave_guard, use_query, use_request_key, use_text,
    use_toast,
};
use std::rc::Rc;
use yew::prelude::*;

/// What [`Holidays`] takes.
#[derive(Properties, PartialEq)]
pub(super) struct HolidaysProps {
    /// What there is.
    pub(super) known: Rc<Known>,
    /// Whether one may change them.
    pub(super) may: bool,
}

/// The holidays of one of the places.
#[component]
pub(super) fn Holidays(props: &HolidaysProps) -> Html {
    let t = use_text();
    let place = use_state(|| props.known.places.first().map(|place| place.id));
    let form = use_state(Draft::default);
    use_leave_guard(*form != Draft::default());
    let Some(id) = *place else {
        return html! { <Empty icon="map-pin" title={t.text("setup-holidays-nowhere")} /> };
    };
    let on_change = {
        let place = place.clone();
        Callback::from(move |text: String| place.set(text.parse().ok()))
    };
    html! {
        <div class="stack">
            <p class="muted">{ t.text("setup-holidays-lead") }</p>
            if props.known.places.len() > 1 {
                <Select name="place" label={t.text("setup-holidays-place")} choices={props.known.place_choices()}
                    value={id.to_string()} {on_change} />
            }
            <At key={id.to_string()} {id} may={props.may} {form} />
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct AtProps {
    id: LocationId,
    may: bool,
    /// What is typed, which another place keeps.
    form: State<Draft>,
}

/// The holidays of a place, and a form for one more.
#[component]
fn At(props: &AtProps) -> Html {
    let t = use_text();
    let toast = use_toast();
    let place = props.id;
    let list = use_query(place, |client, place| client.list_holidays(place));
    let remove = {
        let (refetch, said) = (list.refetch.clone(), t.text("setup-deleted-done"));
        use_action(
            move |client, id: HolidayId| client.remove_holiday(place, id),
            move |()| {
                toast.say(said.clone());
                refetch.emit(());
            },
        )
    };
    let acts = |one: &Holiday| {
        let id = one.id;
        let on_press = remove.run.reform(move |_: MouseEvent| id);
        html! {
            if props.may {
                <Button look={Look::Quiet} busy={remove.pending} {on_press}
                    label={format!("{}: {}", t.text("delete"), one.name)}>{ t.text("delete") }</Button>
            }
        }
    };
    html! {
        <>
            { remove.problem() }
            { list.show(Waiting::Rows(3), |page| if page.items.is_empty() {
                html! {
                    <Empty icon="calendar-days" title={t.text("setup-holidays-none")}
                        text={t.text("setup-holidays-none-text")} />
                }
            } else {
                let rows: Vec<_> = page.items.iter().map(|one| row(&t, one, acts(one))).collect();
                html! { <DataTable caption={t.text("setup-holidays")} columns={columns(&t)} {rows} /> }
            }) }
            if props.may {
                <Add {place} form={props.form.clone()} on_saved={list.refetch.clone()} />
            }
        </>
    }
}

fn columns(t: &Text) -> Vec<Column> {
    vec![
        Column::new(t.text("setup-holiday-date")),
        Column::new(t.text("setup-holiday-name")),
        Column::new(t.text("setup-blackout-repeats")),
        Column::new(t.text("setup-acts")).quiet(),
    ]
}

fn row(t: &Text, one: &Holiday, acts: Html) -> (AttrValue, Vec<Html>) {
    let repeats = if one.yearly {
        "setup-blackout-yearly"
    } else {
        "setup-blackout-once"
    };
    let cells = vec![
        html! { <span class="numbers">{ t.date(one.date, DateStyle::Short) }</span> },
        html! { { &one.name } },
        html! { { t.text(repeats) } },
        acts,
    ];
    (AttrValue::from(one.id.to_string()), cells)
}

/// A holiday while it is typed.
#[derive(Clone, Default, PartialEq)]
struct Draft {
    name: String,
    date: Option<NaiveDate>,
    yearly: bool,
}

#[derive(Properties, PartialEq)]
struct AddProps {
    place: LocationId,
    form: State<Draft>,
    on_saved: Callback<()>,
}

/// One more holiday.
#[component]
fn Add(props: &AddProps) -> Html {
    let t = use_text();
    let toast = use_toast();
    let key = use_request_key();
    let form = &props.form;
    let tried = use_state(|| false);
    let add = {
        let (place, key_to_send) = (props.place, key.get());
        let (form, tried) = (form.clone(), tried.clone());
        let (done, said) = (props.on_saved.clone(), t.text("setup-saved"));
        use_action(
            move |client, command: AddHoliday| {
                let key = key_to_send.clone();
                async move { client.add_holiday(place, &key, &command).await }
            },
            move |_| {
                key.renew();
                form.set(Draft::default());
                tried.set(false);
                toast.say(said.clone());
                done.emit(());
            },
        )
    };
    let submit = {
        let (form, tried, run) = (form.clone(), tried.clone(), add.run.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            tried.set(true);
            if let Some(date) = form.date {
                run.emit(AddHoliday {
                    name: form.name.trim().to_owned(),
                    date,
                    yearly: form.yearly,
                });
            }
        })
    };
    let missing = (*tried && form.date.is_none()).then(|| t.text("setup-date-missing"));
    html! {
        <Card title={t.text("setup-holiday-new")}>
            <form class="form" onsubmit={submit} novalidate={true}>
                <DateField name="date" label={t.text("setup-holiday-date")} error={missing.or_else(|| add.wrong("/date"))}
                    value={form.date} on_change={edit(form, |draft, date: Option<NaiveDate>| draft.date = date)} />
                <TextField name="name" label={t.text("setup-holiday-name")} max_length={60} error={add.wrong("/name")}
                    value={form.name.clone()} on_change={edit(form, |draft, text: String| draft.name = text)} />
                <Check name="yearly" label={t.text("setup-holiday-yearly")} hint={t.text("setup-holiday-yearly-hint")}
                    checked={form.yearly} on_change={edit(form, |draft, on: bool| draft.yearly = on)} />
                { add.problem() }
                <div class="button-row">
                    <Button look={Look::Primary} submit={true} busy={add.pending}>{ t.text("setup-holiday-add") }</Button>
                </div>
            </form>
        </Card>
    }
}
